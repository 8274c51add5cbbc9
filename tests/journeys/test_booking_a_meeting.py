"""A mother books, moves and cancels a meeting on her phone; every page on the way is looked at."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from tests.journeys.running_host import RunningHost, on_both_keepers
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def press_time(karin: Window, number: int) -> None:
    """Press one of the free times."""
    with karin.page.expect_navigation():
        karin.page.locator("button[name=start]").nth(number).click()
    karin.look()


def held(karin: Window) -> None:
    """From the front door to a time that is held."""
    karin.go("/boka")
    karin.press("Samtal och råd")
    karin.log_in("Karin Lindexempel")
    karin.press("Telefonsamtal")
    press_time(karin, 3)


@on_both_keepers
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_meeting_is_booked_moved_and_cancelled(browser: Browser, host: RunningHost, scripts: bool) -> None:
    with window(browser, host, width=360, scripts=scripts) as karin:
        held(karin)
        karin.press("Fortsätt")
        assert "Välj om du behöver tolk" in karin.text
        karin.choose("interpreter", "yes")
        karin.write("language", "Somaliska")
        karin.press("Fortsätt")
        karin.write("phone", "031-390 06 30")
        karin.write("prepare", "Jag vill prata om skolan.")
        karin.press("Fortsätt")
        assert "Somaliska" in karin.text
        karin.press("Boka tiden")
        assert "Din tid är bokad" in karin.text
        before = karin.page.locator(".govuk-panel__body").inner_text()
        karin.press("Flytta mötet")
        press_time(karin, 0)
        assert karin.page.locator(".govuk-panel__body").inner_text() != before
        assert "Jag vill prata om skolan." in karin.text
        karin.press("Avboka")
        karin.write("reason", "Barnet är sjukt.")
        karin.press("Avboka mötet")
        assert "Mötet är avbokat" in karin.text
        karin.press("Möten")
        assert "Du har inga möten bokade här." in karin.text


def test_a_meeting_is_booked_in_english_at_a_desk(browser: Browser, host: RunningHost) -> None:
    with window(browser, host, width=1280, scripts=True) as karin:
        held(karin)
        karin.press("English")
        karin.choose("interpreter", "no")
        karin.press("Continue")
        karin.write("phone", "031-390 06 30")
        karin.press("Continue")
        karin.press("Book the time")
        assert "Your time is booked" in karin.text


def booked_call(karin: Window) -> None:
    """A call about advice, everything answered."""
    held(karin)
    karin.choose("interpreter", "no")
    karin.press("Fortsätt")
    karin.write("phone", "031-390 06 30")
    karin.press("Fortsätt")
    karin.press("Boka tiden")
    assert "Din tid är bokad" in karin.text


@pytest.mark.parametrize("width", [360, 1280])
def test_the_lead_sees_it_blocks_the_week_and_offers_a_new_time(
    browser: Browser, host: RunningHost, width: int
) -> None:
    with (
        window(browser, host, width=width, scripts=True) as karin,
        window(browser, host, width=width, scripts=True) as maria,
    ):
        booked_call(karin)
        mine = karin.page.url
        maria.go("/arbete/moten")
        maria.log_in("Maria Exempel")
        for tab in ("Hela enheten", "Dag", "Vecka"):
            maria.press(tab)
        for colleague in ("anna.exempel", "samir.exempel", "maria.exempel"):
            maria.go(f"/arbete/moten/upptagen?vem={colleague}")
            maria.write("begins", "nio")
            maria.press("Spärra tiden")
            assert "Skriv klockslaget så här" in maria.text
            maria.write("begins", "")
            last = date.today() + timedelta(days=30)  # noqa: DTZ011, TID251 - the host runs in real time
            for part in ("day", "month", "year"):
                maria.write(f"last-{part}", str(getattr(last, part)))
            maria.press("Spärra tiden")
            if "Karin Lindexempel" in maria.text:
                break
        maria.press("Avboka alla och erbjud nya tider")
        assert "Får inget meddelande" in maria.text
        maria.press("Karin Lindexempel")
        assert "Vi avbokade det. Personen läser:" in maria.text
        karin.go(mine.removeprefix(karin.origin))
        assert "Vi har ställt in mötet." in karin.text
        karin.press("Välj en ny tid")
        press_time(karin, 0)
        assert "031-390 06 30" in karin.text
        karin.press("Boka tiden")
        assert "Din tid är bokad" in karin.text
        maria.press("English")
        maria.go("/arbete/moten")
