"""One draft open in two windows at once: whoever answers in both is asked, and nothing that was written is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.journeys.applicant import begin
from tests.journeys.manners import HERE, Manner, made_in
from tests.journeys.running_host import RunningHost
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
FIRST: Final = "031-390 06 05"
SECOND: Final = "031-390 06 06"
WORDS: Final = "Sparpengar."
"""A single word: the window looks for Swedish on English pages."""
NOEL: Final = "barnen/a0000001"


@contextmanager
def another(window: Window) -> Iterator[Window]:
    """A second window of the same person, in the same browser."""
    page = window.page.context.new_page()
    yield replace(window, page=page)
    page.close()


def answered(window: Window, page: str, **answers: str) -> None:
    """Open the page and answer it."""
    window.go(page)
    for name, value in answers.items():
        window.answer(name, value)
    window.press("Fortsätt")


def same_question(one: Window, two: Window, page: str) -> None:
    """Both are open at the same question; the second is shown both answers, and keeps its own."""
    one.go(page)
    two.go(page)
    one.write("applicant_phone", FIRST)
    one.press("Fortsätt")
    two.write("applicant_phone", SECOND)
    two.press("Fortsätt")
    assert two.says("Svaret har ändrats på ett annat ställe")
    assert "06 05" in two.text
    assert "06 06" in two.text
    two.press("Spara det nya svaret")
    one.go(page)
    assert one.page.locator("[name=applicant_phone]").input_value().endswith("06 06")


def needless_question(one: Window, two: Window, draft: str) -> None:
    """The first says what makes the second's question needless; the second reads its words, and has it asked again."""
    two.go(f"{draft}/hittills")
    answered(one, f"{draft}/ansokan", application_type="renewal")
    two.write("livelihood_description", WORDS)
    two.press("Fortsätt")
    assert two.says("Frågan ställs inte längre")
    assert WORDS in two.text
    two.push(f"main a[href='{draft}/ansokan']")
    two.choose("application_type", "new")
    two.press("Fortsätt")
    two.go(f"{draft}/hittills")
    assert two.page.locator("[name=livelihood_description]").input_value() == WORDS


def old_removal(one: Window, two: Window, draft: str) -> None:
    """The second is about to take a child away whom the first has renamed: it is shown him as he is now, and asked."""
    answered(one, f"{draft}/barn", has_children="yes")
    answered(one, f"{draft}/{NOEL}", child_name="Noel", child_residence="full_time")
    two.go(f"{draft}/{NOEL}/ta-bort")
    answered(one, f"{draft}/{NOEL}", child_name="Milo")
    two.press("Ja, ta bort")
    assert two.says("Det har ändrats sedan du öppnade sidan.")
    assert "Milo" in two.text
    two.press("Ja, ta bort")
    assert "Milo" not in two.text


@made_in(*HERE)
def test_two_windows_on_one_draft_lose_nothing(browser: Browser, host: RunningHost, manner: Manner) -> None:
    with manner.phone(browser, host) as karin:
        draft = begin(karin)
        with another(karin) as second:
            same_question(karin, second, f"{draft}/du")
            needless_question(karin, second, draft)
            old_removal(karin, second, draft)
