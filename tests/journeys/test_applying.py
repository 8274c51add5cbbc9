"""Somebody without money for food applies on a phone, with scripts and without; every page on the way is looked at."""

import re
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.journeys.acting import sample
from tests.journeys.running_host import RunningHost, on_both_keepers
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow]
_MOST_PAGES: Final = 40
_SPACES: Final = re.compile(r"[\s\u2060]")
SHORT: Final[dict[str, dict[str, str]]] = {
    "ansokan": {"application_type": "new"},
    "hushall": {"marital_status": "single"},
    "nu": {"urgent": "food"},
    "du": {"applicant_phone": "031-390 06 05", "interpreter": "no"},
    "vad": {"period_choice": "month"},
    "medborgarskap": {"citizenship": "swedish"},
    "vistelse": {"stays_in_municipality": "yes"},
    "barn": {"has_children": "no"},
    "umgange": {"has_visits": "no"},
    "hittills": {"livelihood_description": "Sparpengar."},
    "skal": {"reason_for_application": "De tog slut."},
    "boende": {"housing_form": "no_housing", "housing_now": "Hos en vän."},
    "inkomster": {"has_incomes": "no"},
    "utomlands": {"foreign_income": "no"},
    "besked": {"has_pending_benefits": "no"},
    "tillgangar": {"has_assets": "no"},
    "lan": {"loans_debts": "no"},
    "kostnader": {"cost_groups": "none"},
    "planering": {"planning": "work", "work_extent": "part"},
    "arbetsmarknad": {"af_registered": "yes", "available_for_work": "yes"},
    "arbetat": {"had_work_last12": "yes", "had_work_description": "Exempellagret."},
    "aktiviteter": {"more": "no"},
    "sokta-jobb": {"more": "no"},
    "konto": {"payment_method": "other"},
    "aviseringar": {"notices": "none"},
    "papper": {"papers_when": "later"},
}
"""What is answered on each page by whoever has little to tell."""


def begin(karin: Window) -> str:
    """From the front door to the list of parts; where the draft lies."""
    karin.go("/ansok")
    karin.press("Ansökan om ekonomiskt bistånd")
    karin.press("Logga in och börja")
    karin.log_in("Karin Lindexempel")
    karin.press("Börja en ny ansökan")
    return karin.path.rpartition("/")[0]


def answer(karin: Window, slug: str) -> None:
    """Answer the page, also the questions that an answer calls for."""
    for name, value in SHORT.get(slug, {}).items():
        field = karin.page.locator(f'[name="{name}"]')
        if field.count() == 0:
            karin.press("Fortsätt")
        if karin.page.locator(f'[name="{name}"][value="{value}"]').count():
            karin.choose(name, value)
        else:
            karin.write(name, value)
    if slug == "manad":
        karin.page.locator("[name=period]").first.check()
    karin.press("Fortsätt")


def write(karin: Window, draft: str) -> None:
    """Page by page, as the pages lead on, until everything is to be read through."""
    for _ in range(_MOST_PAGES):
        slug = karin.path.removeprefix(f"{draft}/")
        if slug == "kontrollera":
            return
        if slug == "delar":
            with karin.page.expect_navigation():
                karin.page.locator("main a[role=button]").first.click()
            karin.look()
        else:
            answer(karin, slug)
    raise AssertionError(karin.path)


def decide(anna: Window) -> None:
    """Grant a part of it, without the own name."""
    anna.press("Besluta om ansökan")
    for name, said in sample("application_decision")["beslut"].items():
        value = str(said)
        if anna.page.locator(f'[name="{name}"][value="{value}"]').count():
            anna.choose(name, value)
        else:
            anna.write(name, value)
    anna.press("Läs igenom")
    anna.press("Skriv under")


@on_both_keepers
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_somebody_applies_and_reads_what_the_unit_decides(browser: Browser, host: RunningHost, scripts: bool) -> None:
    with (
        window(browser, host, width=360, scripts=scripts) as karin,
        window(browser, host, width=1280, scripts=scripts) as anna,
    ):
        draft = begin(karin)
        write(karin, draft)
        karin.press("Intyga och skicka")
        assert "Intyga att uppgifterna stämmer för att kunna skicka" in karin.text
        karin.page.locator("[name=attestation]").check()
        karin.press("Intyga och skicka")
        assert "Vi har fått din ansökan" in karin.text
        karin.press("Läs det du skickade")
        assert "Hos en vän." in karin.text
        karin.press("Ärenden")
        assert "Vi har fått din ansökan" in karin.text
        anna.go("/arbete")
        anna.log_in("Anna Exempel")
        with anna.page.expect_navigation():
            anna.page.locator(".tf-queue__case a").first.click()
        anna.look()
        anna.press("Ta ärendet")
        anna.press("Läs ansökan")
        assert "Har inte pengar till mat" in anna.text
        anna.press("Ansökan är läst")
        decide(anna)
        karin.go("/mina")
        karin.follow("a[href^='/meddelanden/']")
        karin.press("Öppna brevet")
        assert "Belopp:8450kronor" in _SPACES.sub("", karin.text)
        assert "Så överklagar du" in karin.text


def test_who_lives_with_a_partner_is_told_whom_to_call(browser: Browser, host: RunningHost) -> None:
    with window(browser, host, width=360, scripts=True) as karin:
        draft = begin(karin)
        karin.go(f"{draft}/hushall")
        karin.choose("marital_status", "cohabiting")
        karin.press("Fortsätt")
        assert "Ni söker tillsammans, och vi hjälper er" in karin.text
