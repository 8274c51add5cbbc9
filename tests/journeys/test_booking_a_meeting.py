"""A mother books, moves and cancels a meeting on her phone; every page on the way is looked at."""

from datetime import date, timedelta

import pytest
from playwright.sync_api import Browser

from tests.journeys.manners import CROSSED, EVERY, SWAPPED, Manner, made_in
from tests.journeys.running_host import RunningHost
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def press_time(karin: Window, number: int) -> None:
    """Press one of the free times."""
    karin.push("button[name=start]", number)


def held(karin: Window) -> None:
    """From the front door to a time that is held."""
    karin.go("/boka")
    karin.follow("main a[href$='/radgivning']")
    karin.log_in("Karin Lindexempel")
    karin.press("Telefonsamtal")
    press_time(karin, 3)


@made_in(*EVERY)
def test_a_meeting_is_booked_moved_and_cancelled(browser: Browser, host: RunningHost, manner: Manner) -> None:
    with manner.phone(browser, host) as karin:
        held(karin)
        karin.press("Fortsätt")
        assert karin.says("Välj om du behöver tolk")
        karin.choose("interpreter", "yes")
        karin.write("language", "Somaliska")
        karin.press("Fortsätt")
        karin.write("phone", "031-390 06 30")
        karin.write("prepare", "Skolan.")
        karin.press("Fortsätt")
        assert "Somaliska" in karin.text
        karin.press("Boka tiden")
        assert karin.says("Din tid är bokad")
        before = karin.page.locator(".govuk-panel__body").inner_text()
        karin.press("Flytta mötet")
        press_time(karin, 0)
        assert karin.page.locator(".govuk-panel__body").inner_text() != before
        assert "Skolan." in karin.text
        karin.press("Avboka mötet")
        karin.write("reason", "Feber.")
        karin.press("Avboka mötet")
        assert karin.says("Mötet är avbokat")
        karin.press("Möten")
        assert karin.says("Du har inga möten bokade här.")


def booked_call(karin: Window) -> None:
    """A call about advice, everything answered."""
    held(karin)
    karin.choose("interpreter", "no")
    karin.press("Fortsätt")
    karin.write("phone", "031-390 06 30")
    karin.press("Fortsätt")
    karin.press("Boka tiden")
    assert karin.says("Din tid är bokad")


def block_the_month(maria: Window) -> None:
    """Look around, and block the time of whoever the meeting is with."""
    maria.go("/arbete/moten")
    maria.log_in("Maria Exempel")
    for tab in ("Hela enheten", "Dag", "Vecka"):
        maria.press(tab)
    last = date.today() + timedelta(days=30)  # noqa: DTZ011, TID251 - the host runs in real time
    for colleague in ("anna.exempel", "samir.exempel", "maria.exempel"):
        maria.go(f"/arbete/moten/upptagen?vem={colleague}")
        maria.write("begins", "9-")
        maria.press("Spärra tiden")
        assert maria.page.locator(".govuk-error-summary").count() == 1
        maria.write("begins", "")
        for part in ("day", "month", "year"):
            maria.write(f"last-{part}", str(getattr(last, part)))
        maria.press("Spärra tiden")
        if "Karin Lindexempel" in maria.text:
            return


@made_in(*CROSSED, SWAPPED)
def test_the_lead_sees_it_blocks_the_month_and_offers_a_new_time(
    browser: Browser, host: RunningHost, manner: Manner
) -> None:
    with manner.phone(browser, host) as karin, manner.desk(browser, host) as maria:
        booked_call(karin)
        mine = karin.page.url
        block_the_month(maria)
        maria.press("Avboka alla och erbjud nya tider")
        maria.press("Karin Lindexempel")
        assert maria.says("Vi avbokade det. Personen läser:")
        karin.go(mine.removeprefix(karin.origin))
        assert karin.says("Vi har ställt in mötet.")
        karin.press("Välj en ny tid")
        press_time(karin, 0)
        assert "031-390 06 30" in karin.text
        karin.press("Boka tiden")
        assert karin.says("Din tid är bokad")
        maria.go("/arbete/moten")
