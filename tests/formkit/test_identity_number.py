"""Identity numbers are understood as people write them, and kept as twelve digits."""

from datetime import date

import pytest

from shared.formkit.check import check_step
from tests.formkit.examples import TODAY, answer_to, code_of, field, one_page

NUMBER = field("asked", "identity")
COORDINATION = "197701" + "77" + "2399"
"""Made of a test number by adding 60 to the day; it belongs to nobody."""


@pytest.mark.parametrize(
    "written",
    [
        "197701172392",
        "19770117-2392",
        "770117-2392",
        "7701172392",
        "19 77 01 17 2392",
        " 770117 – 2392 ",
        "١٩٧٧٠١١٧٢٣٩٢",
        "१९७७०११७-२३९२",
        "1977\u00a00117\u20102392",
    ],
)
def test_a_personnummer_is_kept_with_twelve_digits_however_it_is_written(written: str) -> None:
    assert answer_to(NUMBER, asked=written) == {"type": "personnummer", "value": "197701172392"}


def test_a_plus_means_a_hundred_years_or_more() -> None:
    assert answer_to(NUMBER, asked="900101+9802") == {"type": "personnummer", "value": "189001019802"}
    assert answer_to(NUMBER, asked="121212+1212") == {"type": "personnummer", "value": "191212121212"}


def test_ten_digits_are_a_birth_that_has_been() -> None:
    before = check_step(one_page(NUMBER), one_page(NUMBER).steps[0], {"asked": ["121212-1212"]}, {}, date(2012, 12, 11))
    after = check_step(one_page(NUMBER), one_page(NUMBER).steps[0], {"asked": ["121212-1212"]}, {}, date(2012, 12, 12))

    assert before.answers["asked"] == {"type": "personnummer", "value": "191212121212"}
    assert after.answers["asked"] == {"type": "personnummer", "value": "201212121212"}


def test_a_samordningsnummer_is_known_by_its_day() -> None:
    assert answer_to(NUMBER, asked=COORDINATION) == {"type": "samordningsnummer", "value": COORDINATION}
    assert answer_to(NUMBER, asked=COORDINATION[2:]) == {"type": "samordningsnummer", "value": COORDINATION}


@pytest.mark.parametrize("written", ["19880209T050", "880209-T050", "880209 t050"])
def test_a_reservnummer_is_kept_as_it_stands(written: str) -> None:
    assert answer_to(NUMBER, asked=written) == {"type": "reservnummer", "value": "19880209T050"}


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("19770117", "identity_length"),
        ("1977011723921", "identity_length"),
        ("vet inte", "identity_length"),
        ("CPR 010190-1234 ", "identity_length"),
        ("19770117²392", "identity_length"),
        ("1" * 5000, "identity_length"),
        ("197701172393", "identity_digits"),
        ("197702302392", "identity_digits"),
        ("000000000000", "identity_digits"),
        ("201212121212", "date_past"),
    ],
)
def test_a_number_that_can_not_be_right_is_asked_about(written: str, code: str) -> None:
    early = date(2012, 12, 11) if code == "date_past" else TODAY
    page = one_page(NUMBER)

    (problem,) = check_step(page, page.steps[0], {"asked": [written]}, {}, early).problems

    assert problem.code == code


def test_not_knowing_the_number_is_an_answer() -> None:
    assert answer_to(NUMBER, asked="", asked__unknown="unknown") == {"type": "unknown"}


def test_an_empty_number_is_no_answer() -> None:
    assert answer_to(NUMBER, asked="  ") is None


def test_a_written_number_counts_although_unknown_is_ticked() -> None:
    assert code_of(NUMBER, asked="1977", asked__unknown="unknown") == "identity_length"
    assert answer_to(NUMBER, asked="7701172392", asked__unknown="unknown") == {
        "type": "personnummer",
        "value": "197701172392",
    }
