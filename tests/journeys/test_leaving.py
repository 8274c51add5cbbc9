"""Somebody comes into the room: one press, and neither the page nor the way back shows where one has been."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.running_host import RunningHost
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def visit(visitor: Window) -> None:
    """Look around, and begin to write."""
    visitor.go("/")
    visitor.go("/hjalp")
    visitor.go("/anmal")
    visitor.press("Logga in och börja")
    visitor.log_in("Elsa Exempel")
    visitor.press("Börja en ny anmälan")
    visitor.press("Fortsätt")


def shows_nothing_of_ours(visitor: Window) -> bool:
    return visitor.page.url == visitor.elsewhere and visitor.text == "Soligt."


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_after_the_quick_exit_no_way_back_shows_anything_of_ours(
    browser: Browser, host: RunningHost, scripts: bool
) -> None:
    with window(browser, host, width=360, scripts=scripts) as visitor:
        visit(visitor)
        visitor.press("Lämna sidan snabbt")
        assert shows_nothing_of_ours(visitor)
        for _ in range(8):
            visitor.page.go_back()
            assert shows_nothing_of_ours(visitor)
        visitor.page.goto(f"{host.origin}/?valkommen")
        visitor.go("/anmal/mina")
        assert visitor.path == "/logga-in"


def test_three_presses_of_shift_leave_as_well(browser: Browser, host: RunningHost) -> None:
    with window(browser, host, width=1280, scripts=True) as visitor:
        visit(visitor)
        with visitor.page.expect_navigation(url=visitor.elsewhere):
            for _ in range(3):
                visitor.page.keyboard.press("Shift")
        assert shows_nothing_of_ours(visitor)
        visitor.page.go_back()
        assert shows_nothing_of_ours(visitor)
