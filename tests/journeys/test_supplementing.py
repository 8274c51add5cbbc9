"""Staff ask for a paper, the applicant sends a photograph of it, and both see what is missing and what has come."""

from collections.abc import Sequence

import pytest
from playwright.sync_api import Browser

from tests.journeys.applicant import KARIN, apply, read
from tests.journeys.manners import CROSSED, Manner, made_in
from tests.journeys.photographs import Photograph, attach, saved
from tests.journeys.running_host import RunningHost
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]


def ask(anna: Window, case: str) -> None:
    """From the application to a question that is sent, forgetting what it is about at first."""
    anna.go(f"{case}/ansokan")
    anna.log_in("Anna Exempel")
    anna.press("Begär komplettering")
    anna.press("Läs igenom")
    assert anna.page.locator(".govuk-error-summary").count() == 1
    anna.page.locator("[name=papers]").first.check()
    anna.choose("if_not", "decided")
    anna.press("Läs igenom")
    anna.press("Skicka")
    assert anna.path == f"{case}/komplettering"


def supply(karin: Window, photograph: Photograph, *, scripts: bool) -> None:
    """From the own matters to the receipt."""
    karin.go("/mina")
    karin.log_in(KARIN)
    assert karin.says("Vi väntar på dig")
    karin.push("main a[href^='/ansok/komplettering/']")
    karin.push("a.govuk-task-list__link")
    attach(karin, [photograph], scripts=scripts)
    karin.press("Spara och gå tillbaka")
    assert karin.says("Redo att skicka")
    karin.press("Skicka det som är klart")
    assert karin.says("Vi har fått det du skickade")
    karin.press("Till Mina ärenden")
    assert not karin.says("Vi väntar på dig")


def accept(anna: Window, case: str, photograph: Photograph) -> None:
    """See that something new has come, save it, and say that it is enough."""
    anna.go(case)
    assert anna.says("Den sökande har skickat något nytt.")
    anna.press("Läs kompletteringen")
    saved(anna, photograph)
    anna.press("Markera som läst")
    anna.push("main article form button")
    assert anna.says("Inget saknas längre.")


@made_in(*CROSSED)
def test_a_paper_is_asked_for_and_comes_as_a_photograph(
    browser: Browser, host: RunningHost, manner: Manner, photographs: Sequence[Photograph]
) -> None:
    apply(host.visitor())
    case = read(host.visitor())
    with manner.phone(browser, host) as karin, manner.desk(browser, host) as anna:
        ask(anna, case)
        supply(karin, photographs[1], scripts=manner.scripts)
        accept(anna, case, photographs[1])
