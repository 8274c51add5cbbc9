"""Only what is offered can be chosen, and not knowing is an answer of its own."""

import pytest

from shared.formkit.page import page
from shared.formkit.submission import submission
from tests.formkit.examples import answer_to, code_of, field, form, one_page, options, post, step

ONE = field("asked", "radio", options("red", "blue"))
SEVERAL = field("asked", "multi", options("red", "blue", "green") + "\nunknown = true")


@pytest.mark.parametrize("kind", ["radio", "select"])
def test_one_offered_option_can_be_chosen(kind: str) -> None:
    assert answer_to(field("asked", kind, options("red", "blue")), asked="blue") == "blue"


def test_nothing_chosen_is_no_answer() -> None:
    assert answer_to(ONE) is None
    assert answer_to(ONE, asked="") is None
    assert answer_to(SEVERAL) is None


def test_what_is_not_offered_can_not_be_chosen() -> None:
    assert code_of(ONE, asked="green") == "choose"
    assert code_of(SEVERAL, asked=["red", "yellow"]) == "choose"


def test_several_choices_are_kept_once_each_in_the_order_they_are_offered() -> None:
    assert answer_to(SEVERAL, asked=["green", "red", "red"]) == ["red", "green"]


def test_not_knowing_stands_alone() -> None:
    (problem,) = post(one_page(SEVERAL), asked=["red", "unknown"]).problems

    assert answer_to(SEVERAL, asked=["unknown"]) == ["unknown"]
    assert problem.text["sv"] == "Välj antingen ”Vet inte” eller andra svar, inte båda"
    assert problem.text["en"] == "Choose either “I don’t know” or other answers, not both"


@pytest.mark.parametrize(("kind", "codes"), [("yes_no", ["yes", "no"]), ("yes_no_unknown", ["yes", "no", "unknown"])])
def test_yes_and_no_come_with_their_words(kind: str, codes: list[str]) -> None:
    shown = one_page(field("asked", kind))
    (question,) = page(shown, shown.steps[0], {"asked": "no"}, "en").questions

    assert [one.code for one in question.choices] == codes
    assert [one.label for one in question.choices if one.chosen] == ["No"]


def test_a_box_is_ticked_or_not() -> None:
    assert answer_to(field("asked", "bool"), asked="yes") is True
    assert answer_to(field("asked", "bool")) is False


def test_an_option_is_offered_only_when_the_answers_call_for_it() -> None:
    more_blue = options("red", "blue").replace('en = "blue en"', 'en = "B", when = { field = "more", is = "yes" }')
    two = form(step("first", field("more", "yes_no")), step("second", field("asked", "radio", more_blue)))

    offered = {
        more: [one.code for one in page(two, two.steps[1], {"more": more}, "sv").questions[0].choices]
        for more in ("yes", "no")
    }

    assert offered == {"yes": ["red", "blue"], "no": ["red"]}
    assert submission(two, {"more": "no", "asked": "blue"}) == {"more": "no"}


def test_options_stand_under_their_groups() -> None:
    groups = 'groups = [{ id = "g", sv = "Grupp", en = "Group" }]\n'
    two = options("a", "b").replace('code = "a"', 'code = "a", group = "g"')
    grouped = one_page(field("asked", "multi", groups + two))

    (question,) = page(grouped, grouped.steps[0], {}, "en").questions

    assert [(one.code, one.group) for one in question.choices] == [("a", "Group"), ("b", None)]
