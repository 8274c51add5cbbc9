"""Dates and times are understood as people write them; what is missing is said part by part."""

import pytest

from shared.formkit.definition import Problem
from shared.formkit.page import page
from tests.formkit.examples import answer_to, code_of, field, one_page, post

DATE = field("asked", "date")
PAST = field("asked", "date", "past = true")
MOMENT = field("asked", "datetime", "past = true")


def when(day: str, month: str, year: str, **more: str) -> dict[str, str]:
    """The three inputs of a date."""
    return {"asked__day": day, "asked__month": month, "asked__year": year, **more}


def problem_with(declared: str, **values: str) -> Problem:
    """The only problem with a post to a page with one field."""
    (problem,) = post(one_page(declared), **values).problems
    return problem


@pytest.mark.parametrize("month", ["3", "03", "mars", "Mars", "MARCH", "mar", "mar.", "٣", " 3 ", "3."])
def test_a_month_may_be_a_number_or_a_word(month: str) -> None:
    assert answer_to(DATE, **when("5", month, "2026")) == "2026-03-05"


@pytest.mark.parametrize(
    ("month", "number"), [("maj", "05"), ("may", "05"), ("okt", "10"), ("oct", "10"), ("juli", "07")]
)
def test_months_are_known_in_both_languages(month: str, number: str) -> None:
    assert answer_to(DATE, **when("1", month, "2026")) == f"2026-{number}-01"


@pytest.mark.parametrize(
    ("values", "code", "name"),
    [
        (when("", "3", "2026"), "date_day", "asked-day"),
        (when("5", "", "2026"), "date_month", "asked-month"),
        (when("5", "3", ""), "date_year", "asked-year"),
        (when("femte", "3", "2026"), "day_words", "asked-day"),
        (when("32", "3", "2026"), "day_words", "asked-day"),
        (when("5", "13", "2026"), "month_words", "asked-month"),
        (when("5", "ma", "2026"), "month_words", "asked-month"),
        (when("5", "3", "26"), "year_words", "asked-year"),
        (when("5", "3", "0026"), "year_words", "asked-year"),
        (when("31", "4", "2026"), "date_exists", "asked-day"),
        (when("29", "2", "2026"), "date_exists", "asked-day"),
    ],
)
def test_a_date_that_is_not_understood_points_at_its_part(values: dict[str, str], code: str, name: str) -> None:
    problem = problem_with(DATE, **values)

    assert (problem.code, problem.name, problem.field) == (code, name, "asked")


def test_a_leap_day_exists_in_its_year() -> None:
    assert answer_to(DATE, **when("29", "2", "2028")) == "2028-02-29"


def test_today_has_been_and_tomorrow_has_not() -> None:
    assert answer_to(PAST, **when("22", "11", "2026")) == "2026-11-22"
    assert code_of(PAST, **when("23", "11", "2026")) == "date_past"


def test_a_date_that_need_not_have_been_may_lie_ahead() -> None:
    assert answer_to(DATE, **when("1", "1", "2030")) == "2030-01-01"


def test_an_empty_date_is_no_answer() -> None:
    assert answer_to(DATE, **when(" ", "", "")) is None


@pytest.mark.parametrize(
    ("clock", "kept"),
    [("14.30", "14:30"), ("14:30", "14:30"), ("1430", "14:30"), ("kl. 14", "14:00"), ("9.05", "09:05")],
)
def test_a_time_may_be_written_in_many_ways(clock: str, kept: str) -> None:
    assert answer_to(MOMENT, **when("20", "nov", "2026", asked__time=clock)) == f"2026-11-20T{kept}"


def test_a_moment_may_lack_its_time_but_not_its_date() -> None:
    assert answer_to(MOMENT, **when("20", "11", "2026", asked__time="")) == "2026-11-20"
    assert code_of(MOMENT, **when("", "", "", asked__time="14.30")) == "date_day"


@pytest.mark.parametrize("clock", ["25.00", "14.75", "eftermiddag", "14.3"])
def test_a_time_that_is_not_understood_is_asked_about(clock: str) -> None:
    assert code_of(MOMENT, **when("20", "11", "2026", asked__time=clock)) == "time_words"


def test_a_saved_moment_is_back_in_its_inputs() -> None:
    form = one_page(MOMENT)

    (question,) = page(form, form.steps[0], {"asked": "2026-11-02T14:30"}, "sv").questions

    assert question.values == {"day": "2", "month": "11", "year": "2026", "time": "14.30"}


def test_a_date_that_is_not_understood_stays_as_it_was_written() -> None:
    form = one_page(DATE)
    posted = {"asked-day": ["31"], "asked-month": ["april"], "asked-year": ["2026"]}
    problems = post(form, **when("31", "april", "2026")).problems

    (question,) = page(form, form.steps[0], {}, "sv", posted=posted, problems=problems).questions

    assert question.values == {"day": "31", "month": "april", "year": "2026"}
    assert (question.error, question.error_name) == ("Den dagen finns inte. Kolla dag och månad.", "asked-day")
