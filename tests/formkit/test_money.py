"""Amounts are understood as people write them, kept in öre, and asked for again when they could mean two things."""

import pytest

from shared.formkit.page import page
from shared.formkit.summary import summary
from tests.formkit.examples import answer_to, code_of, field, one_page

AMOUNT = field("asked", "money")
RENT = field("asked", "money", "least = 1\nmost = 50000")


@pytest.mark.parametrize(
    "written",
    [
        "8450", "8 450", "8\u00a0450", "8\u202f450", "8.450", "8,450", "8'450", "8450:-", "8 450:-", "8.450:-",
        "8450,-", "8450 kr", "8450kr", "8450 kr.", "8450 kronor", "kr 8450", "SEK 8450", "8450 SEK", "8450,00",
        "8450.00", "8.450,00", "8,450.00", "8 450,0", "8450:00", "٨٤٥٠", "٨٬٤٥٠", "८४५०", " 8450 ", "８４５０",
    ],
)  # fmt: skip
def test_eight_thousand_four_hundred_and_fifty_kronor_however_it_is_written(written: str) -> None:
    assert answer_to(AMOUNT, asked=written) == 845_000


@pytest.mark.parametrize(
    ("written", "ore"),
    [
        ("8.450,50", 845_050), ("8 450,5", 845_050), ("8450.50", 845_050), ("8,450.50", 845_050), ("8450:50", 845_050),
        ("٨٤٥٠٫٥٠", 845_050), ("0", 0), ("0,5", 50), ("0:50", 50), ("12", 1200), ("1.234.567", 123_456_700),
        ("1 234 567,89", 123_456_789), ("100.000", 10_000_000), ("007", 700),
    ],
)  # fmt: skip
def test_ore_and_great_sums_are_kept_to_the_ore(written: str, ore: int) -> None:
    assert answer_to(AMOUNT, asked=written) == ore


@pytest.mark.parametrize(
    "written",
    [
        "8 45", "84 50", "8.450.50", "8,450,50", "0.450", "0,450", "8450 500", "8450.500", "8450,505", "1.23.456",
        "8.450 kr/mån", "-8450", "\u22128450", "8450-9000", "ca 8450", "åtta tusen", "8450 EUR", "€8450", "1e4", "½",
        "8.4.5", "..", ",50", "kr", "8450 8450", "8 450 45", "9" * 13,
    ],
)  # fmt: skip
def test_what_could_mean_two_things_or_nothing_is_asked_for_again(written: str) -> None:
    assert code_of(AMOUNT, asked=written) == "money"


def test_an_empty_answer_is_no_answer() -> None:
    assert answer_to(AMOUNT, asked=" ") is None


def test_a_sum_keeps_to_its_bounds_in_kronor() -> None:
    assert answer_to(RENT, asked="1") == 100
    assert answer_to(RENT, asked="50 000") == 5_000_000
    assert code_of(RENT, asked="0,99") == "money_between"
    assert code_of(RENT, asked="50 000,01") == "money_between"
    assert code_of(AMOUNT, asked="100 000 001") == "money_between"


def test_a_sum_is_shown_as_the_language_writes_it() -> None:
    form = one_page(AMOUNT)

    def shown(ore: int, language: str) -> str:
        return summary(form, {"asked": ore}, language)[0].rows[0].lines[0]

    assert shown(845_000, "sv") == "8\u202f450\u00a0kronor"
    assert shown(845_050, "sv") == "8\u202f450,50\u00a0kronor"
    assert shown(845_005, "en") == "8,450.05\u00a0kronor"


@pytest.mark.parametrize("ore", [0, 5, 50, 845_000, 845_050, 123_456_789])
def test_what_stands_in_the_input_is_understood_as_the_same_sum(ore: int) -> None:
    form = one_page(AMOUNT)
    written = page(form, form.steps[0], {"asked": ore}, "sv").questions[0].values[""]

    assert answer_to(AMOUNT, asked=written) == ore


def test_a_sum_of_another_form_of_answer_does_not_count() -> None:
    for wrong in ("8450", True, -1, None, [1]):
        assert not summary(one_page(AMOUNT), {"asked": wrong}, "sv")[0].rows[0].answered  # type: ignore[dict-item]
