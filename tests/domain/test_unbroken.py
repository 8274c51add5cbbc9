"""What is read as one stays on one line, in letters and on pages."""

import re
import time

import pytest

from shared.domain.unbroken import unbroken

JOINER = "\N{WORD JOINER}"


@pytest.mark.parametrize(
    "one",
    [
        "031-390 06 01", "08-123 45 67", "+46 31 390 06 01", "020-50 50 50", "0771-567 567", "114 14",
        "OA-4T7-X9K", "BR-0A12F3", "K7TM-2XQA-9R4W", "20150101-2395", "2026-11-28",
        "20 kap. 1 § SoL", "35 kap. 1 §", "35 kap. 1 och 5 §§", "16–18 §§", "6 a kap. 2 §", "23 kap.",
        "14 dagar", "1 200 kronor", "45 minuter",
    ],
)  # fmt: skip
def test_what_is_read_as_one_cannot_part_at_the_end_of_a_line(one: str) -> None:
    shown = unbroken(f"Ring eller läs ({one}), sedan.")
    held = shown.removeprefix("Ring eller läs (").removesuffix("), sedan.")

    assert not re.search(rf"[ ]|[-–](?!{JOINER})", held)
    assert held.replace(JOINER, "").replace("\N{NO-BREAK SPACE}", " ") == one


@pytest.mark.parametrize(
    "words",
    [
        "Ett e-postbrev från oss",
        "Storgatan 1, 2 trappor",
        "SMS-koden",
        "pojk- och flicknamn",
        "Två, tre 5 och 6",
        "a 1 b",
    ],
)
def test_other_words_are_left_as_they_are(words: str) -> None:
    assert unbroken(words) == words


def test_held_once_is_held() -> None:
    once = unbroken("Ring 031-390 06 01 om 20 kap. 1 § SoL, 16–18 §§ och OA-4T7-X9K")

    assert unbroken(once) == once


@pytest.mark.parametrize("piece", ["1, ", "1 och ", "0-", "11 kap. ", "AA-", "031-390 ", "1 ", "999 999 "])
def test_an_endless_row_of_numbers_takes_no_time(piece: str) -> None:
    began = time.monotonic()
    unbroken(piece * 20_000)

    assert time.monotonic() - began < 2
