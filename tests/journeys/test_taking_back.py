"""Somebody phones and takes an application back: staff write down who it was, and a letter confirms it at once."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.applicant import KARIN, apply, read
from tests.journeys.manners import CROSSED, Manner, made_in
from tests.journeys.running_host import RunningHost
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]


def write_down(anna: Window, case: str) -> None:
    """From the application to what is signed; who has not been told what it means has not taken anything back."""
    anna.go(f"{case}/ansokan")
    anna.log_in("Anna Exempel")
    anna.press("Den sökande tar tillbaka ansökan")
    anna.write_today("said_on")
    for name, said in {"how": "phone", "caller": "applicant", "known_by": "called_back", "told": "no"}.items():
        anna.choose(name, said)
    anna.press("Läs igenom")
    assert anna.page.locator(".govuk-error-summary").count() == 1
    anna.choose("told", "yes")
    anna.press("Läs igenom")
    anna.press("Skriv under")
    assert anna.path == case


def read_confirmation(karin: Window) -> None:
    """From the own matters to the letter, which says first what to do if it was not oneself."""
    karin.go("/mina")
    karin.log_in(KARIN)
    assert karin.says("Återkallad")
    karin.follow("main a[href^='/meddelanden/']")
    karin.press("Öppna brevet")
    assert "Stämmer det inte?" in karin.text
    karin.go("/mina")
    assert not karin.says("Överklaga beslutet")


@made_in(*CROSSED)
def test_an_application_is_taken_back_and_confirmed(browser: Browser, host: RunningHost, manner: Manner) -> None:
    apply(host.visitor())
    case = read(host.visitor())
    with manner.phone(browser, host) as karin, manner.desk(browser, host) as anna:
        write_down(anna, case)
        read_confirmation(karin)
