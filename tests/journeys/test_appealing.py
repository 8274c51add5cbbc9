"""A decision is appealed from its letter; the time it came in stands on the receipt, at the desk and to the court."""

import re
from collections.abc import Sequence
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.journeys.applicant import KARIN, apply, decide, read
from tests.journeys.manners import CROSSED, Manner, made_in
from tests.journeys.photographs import Photograph, attach, saved
from tests.journeys.running_host import RunningHost
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
CHANGE: Final = "Hela hyran i december."
MORE: Final = "Hyresavin kom i dag."
_TIME: Final = re.compile(r"\b\d{2}[.:]\d{2}\b")


def appeal(karin: Window, photograph: Photograph, *, scripts: bool) -> str:
    """From the letter to the receipt; the time that stands on it."""
    karin.go("/mina")
    karin.log_in(KARIN)
    karin.push("main a[href^='/meddelanden/']")
    karin.press("Öppna brevet")
    karin.press("Överklaga beslutet")
    karin.press("Börja skriva")
    karin.press("Fortsätt")
    assert karin.page.locator(".govuk-error-summary").count() == 1
    karin.write("change", CHANGE)
    karin.press("Fortsätt")
    karin.press("Fortsätt")
    attach(karin, [photograph], scripts=scripts)
    karin.press("Fortsätt")
    karin.press("Fortsätt")
    karin.press("Skicka överklagandet")
    assert karin.says("Vi har fått ditt överklagande")
    (time,) = _TIME.findall(karin.page.locator(".govuk-panel").inner_text())
    karin.press("Läs det du skickade")
    assert CHANGE in karin.text
    return str(time)


def add(karin: Window) -> None:
    """From the own matters: something more is added to the appeal."""
    karin.go("/mina")
    karin.push("main a[href^='/overklaga/']:not([href*='/kvitto/'])")
    karin.press("Lägg till något")
    karin.write("text", MORE)
    for _ in range(3):
        karin.press("Fortsätt")
    karin.press("Skicka tillägget")
    assert karin.says("Vi har fått det du lade till")


def hand_over(anna: Window, case: str) -> None:
    """It came in time, the decision stands, and it has gone to the court."""
    anna.press("Se om det kom i rätt tid")
    anna.choose("outcome", "in_time")
    sign(anna)
    anna.go(f"{case}/overklagande")
    anna.press("Beslutet ändras inte")
    anna.write("reasons", "Inget nytt.")
    sign(anna)
    anna.go(f"{case}/overklagande")
    anna.press("Markera som lämnat till domstolen")
    anna.write_today("day")
    anna.choose("how", "post")
    sign(anna)


def sign(anna: Window) -> None:
    """Read it through and sign it."""
    anna.press("Läs igenom")
    anna.press("Skriv under")


@made_in(*CROSSED)
def test_a_decision_is_appealed_and_goes_to_the_court(
    browser: Browser, host: RunningHost, manner: Manner, photographs: Sequence[Photograph]
) -> None:
    apply(host.visitor())
    desk = host.visitor()
    case = read(desk)
    decide(desk, case)
    with manner.phone(browser, host) as karin, manner.desk(browser, host) as anna:
        time = appeal(karin, photographs[2], scripts=manner.scripts)
        add(karin)
        karin.go("/mina")
        assert karin.says("Vi har fått ditt överklagande")
        anna.go(f"{case}/overklagande")
        anna.log_in("Anna Exempel")
        assert CHANGE in anna.text
        assert MORE in anna.text
        assert time in anna.text
        saved(anna, photographs[2])
        hand_over(anna, case)
        karin.go("/mina")
        assert karin.says("Hos domstolen")
