"""A month is chosen among those around today, or written with its year."""

from datetime import date

import pytest

from shared.formkit.check import check_step
from shared.formkit.page import page
from shared.formkit.summary import summary
from tests.formkit.examples import answer_to, code_of, field, one_page

WRITTEN = field("asked", "month")
CHOSEN = field("asked", "month", "least = -1\nmost = 1")


@pytest.mark.parametrize(
    ("month", "year"), [("12", "2026"), ("december", "2026"), ("Dec.", "2026"), ("dec", "٢٠٢٦"), ("DECEMBER", "2026")]
)
def test_a_written_month_may_be_a_number_or_a_word(month: str, year: str) -> None:
    assert answer_to(WRITTEN, asked__month=month, asked__year=year) == "2026-12"


@pytest.mark.parametrize(
    ("month", "year", "code"),
    [
        ("", "2026", "date_month"),
        ("12", "", "date_year"),
        ("13", "2026", "month_words"),
        ("ju", "2026", "month_words"),
        ("12", "26", "year_words"),
    ],
)
def test_half_a_month_is_asked_for_again(month: str, year: str, code: str) -> None:
    assert code_of(WRITTEN, asked__month=month, asked__year=year) == code


def test_the_months_to_choose_go_with_today_over_the_new_year() -> None:
    form = one_page(CHOSEN)
    (question,) = page(form, form.steps[0], {}, "sv", today=date(2026, 12, 31)).questions

    assert [(one.code, one.label) for one in question.choices] == [
        ("2026-11", "november\u00a02026"),
        ("2026-12", "december\u00a02026"),
        ("2027-01", "januari\u00a02027"),
    ]


def test_only_an_offered_month_can_be_chosen() -> None:
    assert answer_to(CHOSEN, asked="2026-12") == "2026-12"
    for wrong in ("2027-01", "2026-13", "december", "2026-12-01"):
        assert code_of(CHOSEN, asked=wrong) == "choose"


def test_a_month_that_was_chosen_stays_when_it_is_not_offered_any_more() -> None:
    form = one_page(CHOSEN)
    (question,) = page(form, form.steps[0], {"asked": "2026-11"}, "en", today=date(2027, 3, 1)).questions

    assert [one.label for one in question.choices if one.chosen] == ["November\u00a02026"]
    assert summary(form, {"asked": "2026-11"}, "sv")[0].rows[0].lines == ("november\u00a02026",)


def test_a_forged_month_is_no_choice_on_the_page() -> None:
    form = one_page(CHOSEN)
    posted = {"asked": ["<b>"]}
    checked = check_step(form, form.steps[0], posted, {}, date(2026, 11, 27))
    shown = page(form, form.steps[0], {}, "sv", posted=posted, problems=checked.problems, today=date(2026, 11, 27))

    assert len(shown.questions[0].choices) == 3
    assert shown.questions[0].error is not None


def test_a_month_of_another_form_of_answer_does_not_count() -> None:
    for wrong in ("2026-13", "december", 12, "2026-1"):
        assert not summary(one_page(WRITTEN), {"asked": wrong}, "sv")[0].rows[0].answered
