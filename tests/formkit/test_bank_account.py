"""A bank account is two texts of digits: only how they look is checked, never a control digit."""

import pytest

from shared.formkit.page import page
from shared.formkit.summary import summary
from tests.formkit.examples import answer_to, code_of, field, one_page, post

ACCOUNT = field("asked", "bank_account")


@pytest.mark.parametrize(
    ("clearing", "number", "kept"),
    [
        ("6112", "123 456 789", ("6112", "123456789")),
        ("8327-9", "12 345 678-9", ("83279", "123456789")),
        ("83279", "0012345", ("83279", "0012345")),
        ("٦١١٢", "١٢٣", ("6112", "123")),
        ("3300", "7701172392", ("3300", "7701172392")),
        (" 61 12 ", "1.234", ("6112", "1234")),
    ],
)
def test_both_numbers_are_kept_as_digits(clearing: str, number: str, kept: tuple[str, str]) -> None:
    answer = answer_to(ACCOUNT, asked__clearing=clearing, asked__number=number)

    assert answer == dict(zip(("clearing", "number"), kept, strict=True))


@pytest.mark.parametrize(
    ("clearing", "number", "code"),
    [
        ("611", "123", "clearing"),
        ("0611", "123", "clearing"),
        ("611222", "123", "clearing"),
        ("", "123", "clearing"),
        ("SEB", "123", "clearing"),
        ("6112", "", "account"),
        ("6112", "1234567890123", "account"),
        ("6112", "SE45 5000", "account"),
    ],
)
def test_what_is_no_account_is_said_at_its_own_input(clearing: str, number: str, code: str) -> None:
    (problem,) = post(one_page(ACCOUNT), asked__clearing=clearing, asked__number=number).problems

    assert (problem.code, problem.name) == (code, "asked-clearing" if code == "clearing" else "asked-number")


def test_two_empty_inputs_are_no_answer() -> None:
    assert answer_to(ACCOUNT, asked__clearing="", asked__number=" ") is None


def test_an_account_is_shown_spaced_and_its_inputs_hold_the_same() -> None:
    form, answers = one_page(ACCOUNT), post(one_page(ACCOUNT), asked__clearing="83279", asked__number="1234567").answers

    assert summary(form, answers, "sv")[0].rows[0].lines == ("Clearingnummer 8327-9", "Konto 1\u00a0234\u00a0567")
    (question,) = page(form, form.steps[0], answers, "sv").questions
    assert question.values == {"clearing": "8327-9", "number": "1\u00a0234\u00a0567"}
    assert answer_to(ACCOUNT, asked__clearing="8327-9", asked__number="1\u00a0234\u00a0567") == answers["asked"]


def test_an_account_of_another_form_of_answer_does_not_count() -> None:
    for wrong in ({"clearing": "6112"}, {"clearing": "6112", "number": "x"}, "6112", {"clearing": 6112, "number": "1"}):
        assert not summary(one_page(ACCOUNT), {"asked": wrong}, "sv")[0].rows[0].answered  # type: ignore[dict-item]


def test_a_problem_with_the_account_is_shown_at_the_question() -> None:
    form = one_page(ACCOUNT)
    checked = post(form, asked__clearing="6112", asked__number="x")
    posted = {"asked-clearing": ["6112"], "asked-number": ["x"]}
    (question,) = page(form, form.steps[0], {}, "sv", posted=posted, problems=checked.problems).questions

    assert (question.error_name, question.values) == ("asked-number", {"clearing": "6112", "number": "x"})
    assert code_of(ACCOUNT, asked__clearing="6112", asked__number="x") == "account"
