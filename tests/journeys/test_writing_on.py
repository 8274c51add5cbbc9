"""What somebody has written survives another language and a login that ends, and is shown to nobody else."""

from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from shared.adapters.clock import AdjustableClock
from tests.journeys.running_host import RunningHost, on_both_keepers
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SAVED = "Kim vill inte gå hem på kvällarna."
UNFINISHED = "I dag sa Kim att"


def begin(elsa: Window) -> str:
    """A draft, open at the question what has happened; its path."""
    elsa.go("/anmal")
    elsa.press("Logga in och börja")
    elsa.log_in("Elsa Exempel")
    elsa.press("Börja en ny anmälan")
    draft = elsa.path.rpartition("/")[0]
    elsa.go(f"{draft}/beskriv")
    return draft


def written(elsa: Window, name: str = "concern_description") -> str:
    """What stands in the field."""
    return elsa.page.locator(f"[name='{name}']").input_value()


def an_hour_later(host: RunningHost) -> None:
    """The clock of the practice room is put forward."""
    visitor = host.visitor()
    visitor.submit(visitor.get("/lokal"), "/lokal/klocka", fram="1h")


def twenty_minutes_later(host: RunningHost) -> None:
    """The server has been away for a while."""
    host.stop()
    AdjustableClock(host.data / "clock").advance(timedelta(minutes=20))
    host.start()


def test_another_language_in_the_middle_of_a_form_keeps_what_is_saved(browser: Browser, host: RunningHost) -> None:
    with window(browser, host, width=360, scripts=False) as elsa:
        draft = begin(elsa)
        elsa.write("concern_description", SAVED)
        elsa.press("Fortsätt")
        elsa.go(f"{draft}/beskriv")
        elsa.press("English")
        assert elsa.page.locator("html").get_attribute("lang") == "en"
        assert (elsa.path, written(elsa)) == (f"{draft}/beskriv", SAVED)
        elsa.press("Continue")
        elsa.press("Svenska")
        elsa.go(f"{draft}/beskriv")
        assert written(elsa) == SAVED


@on_both_keepers
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_sentence_under_way_survives_the_end_of_the_login(browser: Browser, host: RunningHost, scripts: bool) -> None:
    with window(browser, host, width=360, scripts=scripts) as elsa:
        draft = begin(elsa)
        elsa.write("concern_description", UNFINISHED)
        twenty_minutes_later(host)
        elsa.press("Fortsätt")
        elsa.log_in("Elsa Exempel")
        assert "Vi sparade det du skrev" in elsa.text
        assert UNFINISHED in elsa.text
        elsa.press("Fortsätt")
        elsa.go(f"{draft}/beskriv")
        assert written(elsa) == UNFINISHED


def test_a_sentence_under_way_is_never_shown_to_whoever_logs_in_next(browser: Browser, host: RunningHost) -> None:
    with window(browser, host, width=360, scripts=True) as shared:
        draft = begin(shared)
        shared.write("concern_description", UNFINISHED)
        twenty_minutes_later(host)
        shared.press("Fortsätt")
        shared.log_in("Farida Exempel")
        for path in (f"{draft}/beskriv", draft, "/anmal/mina", "/anmal"):
            shared.go(path)
            assert UNFINISHED not in shared.page.content()


def test_a_sentence_under_way_for_an_hour_is_shown_back_to_be_copied(browser: Browser, host: RunningHost) -> None:
    with window(browser, host, width=360, scripts=True) as elsa:
        begin(elsa)
        elsa.write("concern_description", UNFINISHED)
        an_hour_later(host)
        elsa.press("Fortsätt")
        assert "Du har loggats ut" in elsa.text
        assert UNFINISHED in elsa.text
        elsa.press("Logga in igen")
        assert elsa.path == "/logga-in"
