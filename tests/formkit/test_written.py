"""Written answers are kept as they were meant, safe to store and to show, and never lost for being long."""

import time

import pytest

from shared.formkit.lacking import remaining
from shared.formkit.page import page
from shared.formkit.plain_text import cleaned, has_bidi_controls
from tests.formkit.examples import answer_to, code_of, field, one_page, post

LINE = field("asked", "text", "max_length = 20")
LINES = field("asked", "textarea", "max_length = 100")


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Nova  Exempel ", "Nova Exempel"),
        ("Nova\r\nExempel", "Nova Exempel"),
        ("A\u030asa", "Åsa"),
        ("No\x00va\x1b\x7f", "Nova"),
        ("Nova\ud800", "Nova"),
        ("031-\u2060390\u00a006\u00a001", "031-390 06 01"),
        ("👩‍👧 Nova", "👩‍👧 Nova"),
        ("\u200b\u200e \u2060", None),
        ("", None),
    ],
)
def test_a_line_is_kept_without_what_no_page_can_hold(written: str, kept: str | None) -> None:
    assert answer_to(LINE, asked=written) == kept


def test_line_breaks_are_kept_where_several_lines_are_asked_for() -> None:
    assert answer_to(LINES, asked=" Först.\r\n\r\nSedan.\x0b\tSlut. ") == "Först.\n\nSedan.\n\tSlut."


def test_direction_controls_are_kept_and_told_of() -> None:
    assert answer_to(LINE, asked="Ali\u202ekram") == "Ali\u202ekram"
    assert has_bidi_controls("Ali\u202ekram")
    assert not has_bidi_controls("علي Åsa 👩‍👧")


def test_a_text_of_just_the_length_is_fine_and_one_more_is_asked_about() -> None:
    assert answer_to(LINE, asked="å" * 20) == "å" * 20
    assert code_of(LINE, asked="å" * 21) == "too_long"


def test_a_too_long_text_is_told_how_much_to_remove() -> None:
    (problem,) = post(one_page(LINES), asked="x" * 215).problems

    assert problem.text["sv"] == "Texten är lite för lång. Ta bort ungefär 120 tecken."
    assert problem.text["en"] == "The text is a little too long. Remove about 120 characters."


def test_the_thousands_to_remove_stand_apart() -> None:
    (problem,) = post(one_page(LINES), asked="x" * 4300).problems

    assert "ungefär 4\N{NARROW NO-BREAK SPACE}200 tecken" in problem.text["sv"]
    assert "about 4,200 characters" in problem.text["en"]


def test_a_too_long_text_is_saved_and_stops_the_sending_until_it_is_shorter() -> None:
    form = one_page(LINES)
    long = post(form, asked="x" * 150)
    short = post(form, long.answers, asked="x" * 100)

    assert long.answers == {"asked": "x" * 150}
    assert [one.code for one in remaining(form, long.answers)] == ["too_long"]
    assert remaining(form, short.answers) == ()


def test_a_text_far_too_long_to_save_stays_on_the_page_and_the_saved_one_stays_saved() -> None:
    form = one_page(LINES)
    huge = "x" * 1000

    checked = post(form, {"asked": "Det jag skrev."}, asked=huge)
    (question,) = page(form, form.steps[0], checked.answers, "sv", posted={"asked": [huge]}).questions

    assert checked.answers == {"asked": "Det jag skrev."}
    assert [one.code for one in checked.problems] == ["too_long"]
    assert question.values == {"": huge}


@pytest.mark.parametrize("unit", ["x", "å", "\u0315\u0300", "👩‍👧", "\x00", "\u202e", "1-", "@.", " "])
@pytest.mark.parametrize("kind", ["text", "textarea", "phone", "email", "identity", "date", "datetime"])
def test_ten_megabytes_of_anything_are_answered_at_once(kind: str, unit: str) -> None:
    form = one_page(field("asked", kind))
    text = unit * (10_000_000 // len(unit))
    name = "asked-month" if "date" in kind else "asked"
    started = time.perf_counter()

    post(form, **{name: text})

    assert time.perf_counter() - started < 0.5


def test_a_long_row_of_combining_marks_takes_no_more_time_than_plain_text() -> None:
    started = time.perf_counter()

    text = cleaned("a" + "\u0315\u0300" * 20_000, lines=True)

    assert time.perf_counter() - started < 0.5
    assert len(text) < 50


@pytest.mark.parametrize(
    "written", ["070-174 06 05", "0701740605", "+46 70 174 06 05", "(031) 390 06 00", "031-390 06 00 ankn 12"]
)
def test_a_phone_number_is_kept_as_it_is_written(written: str) -> None:
    assert answer_to(field("asked", "phone"), asked=written) == written


def test_foreign_digits_and_dashes_in_a_phone_number_become_plain() -> None:
    assert answer_to(field("asked", "phone"), asked="٠٧٠\u2013١٧٤٠٦٠٥") == "070-1740605"


@pytest.mark.parametrize("written", ["ring mig", "070", "070-174 06 05 070-174 06 05 070-174 06 05", "0@example.se"])
def test_what_is_no_phone_number_is_asked_about(written: str) -> None:
    assert code_of(field("asked", "phone"), asked=written) == "phone"


@pytest.mark.parametrize("written", ["elsa@example.se", "elsa.e+skola@skola.example.se", "åsa@exämple.se"])
def test_an_email_address_is_kept(written: str) -> None:
    assert answer_to(field("asked", "email"), asked=f" {written} ") == written


@pytest.mark.parametrize(
    "written", ["elsa", "elsa@", "@example.se", "elsa@example", "el sa@example.se", "a@b@c.se", "a@b..se"]
)
def test_what_is_no_email_address_is_asked_about(written: str) -> None:
    assert code_of(field("asked", "email"), asked=written) == "email"


@pytest.mark.parametrize(
    ("written", "kept"), [("7", 7), ("0", 0), ("07", 7), ("ungefär 7 år", 7), ("٧", 7), ("", None)]
)
def test_an_age_is_found_in_what_people_write(written: str, kept: int | None) -> None:
    assert answer_to(field("asked", "int", "most = 20"), asked=written) == kept


@pytest.mark.parametrize(
    ("written", "code"),
    [("sju", "number"), ("5–6", "number"), ("7,5", "number"), ("21", "number_between"), ("9" * 5000, "number_between")],
)
def test_an_age_that_is_not_one_number_is_asked_about(written: str, code: str) -> None:
    assert code_of(field("asked", "int", "most = 20"), asked=written) == code
