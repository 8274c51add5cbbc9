"""Somebody without money for food applies on a phone with three photographs, and reads what the unit decides."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.journeys.applicant import DECISION, SHORT, begin, send, write
from tests.journeys.manners import EVERY, Manner, made_in
from tests.journeys.photographs import Photograph, saved
from tests.journeys.running_host import RunningHost
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
_SPACES: Final = re.compile(r"[\s\u2060]")
WITH_PAPERS: Final = {**SHORT, "papper": {"papers_when": "now"}}


def read(anna: Window, photographs: Sequence[Photograph]) -> None:
    """Take the case, read the application, and save what came with it."""
    anna.go("/arbete")
    anna.log_in("Anna Exempel")
    anna.push(".tf-queue__case a")
    anna.press("Ta ärendet")
    anna.press("Läs ansökan")
    assert "Hos en vän." in anna.text
    for one in photographs:
        saved(anna, one)
    anna.press("Ansökan är läst")


def decide(anna: Window) -> None:
    """Grant a part of it, without the own name."""
    anna.press("Besluta om ansökan")
    for name, said in DECISION.items():
        anna.answer(name, str(said))
    anna.press("Läs igenom")
    anna.press("Skriv under")


def read_decision(karin: Window, folder: Path) -> None:
    """From the own matters to the letter and the sealed original, which the municipality knows again."""
    karin.go("/mina")
    karin.push("main a[href^='/meddelanden/']")
    karin.press("Öppna brevet")
    assert "Belopp:8450kronor" in _SPACES.sub("", karin.text)
    assert "Så överklagar du" in karin.text
    with karin.page.expect_download() as coming:
        karin.page.get_by_role("button", name=karin.words("Ladda ner beslutet (PDF)")).click()
    coming.value.save_as(folder / "beslut.pdf")
    karin.go("/verifiera")
    karin.page.set_input_files("[name=dokument]", folder / "beslut.pdf")
    karin.press("Kontrollera filen")
    assert karin.says("Beslutet kommer från oss")


@made_in(*EVERY)
def test_somebody_applies_with_three_photographs_and_reads_the_decision(
    browser: Browser, host: RunningHost, manner: Manner, photographs: Sequence[Photograph], tmp_path: Path
) -> None:
    with manner.phone(browser, host) as karin, manner.desk(browser, host) as anna:
        write(karin, begin(karin), WITH_PAPERS, photographs, scripts=manner.scripts)
        karin.press("Intyga och skicka")
        assert karin.page.locator(".govuk-error-summary").count() == 1
        send(karin)
        karin.press("Läs det du skickade")
        assert all(one.kept in karin.text for one in photographs)
        karin.press("Ärenden")
        assert karin.says("Vi har fått din ansökan")
        read(anna, photographs)
        decide(anna)
        read_decision(karin, tmp_path)


def test_who_lives_with_a_partner_is_told_whom_to_call(browser: Browser, host: RunningHost) -> None:
    with window(browser, host, width=360, scripts=True) as karin:
        draft = begin(karin)
        karin.go(f"{draft}/hushall")
        karin.choose("marital_status", "cohabiting")
        karin.press("Fortsätt")
        assert "Ni söker tillsammans, och vi hjälper er" in karin.text
