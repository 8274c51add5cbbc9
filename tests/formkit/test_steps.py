"""The way through the form follows the answers, forwards and backwards."""

from shared.formkit.steps import next_step, previous_step, progress, visible_steps
from tests.formkit.examples import field, form, step

FORM = form(
    step("first", field("acute", "yes_no")),
    step("call", field("called"), extra='when = { field = "acute", is = "yes" }\n'),
    step("last", field("story")),
)
FIRST, CALL, LAST = FORM.steps


def test_a_step_is_visible_when_the_answers_call_for_it() -> None:
    assert visible_steps(FORM, {}) == (FIRST, LAST)
    assert visible_steps(FORM, {"acute": "yes"}) == (FIRST, CALL, LAST)


def test_one_goes_on_to_the_next_visible_step_and_after_the_last_to_checking() -> None:
    assert next_step(FORM, {"acute": "yes"}, FIRST) is CALL
    assert next_step(FORM, {"acute": "no"}, FIRST) is LAST
    assert next_step(FORM, {}, LAST) is None


def test_one_goes_back_to_the_visible_step_before() -> None:
    assert previous_step(FORM, {"acute": "yes"}, LAST) is CALL
    assert previous_step(FORM, {}, LAST) is FIRST
    assert previous_step(FORM, {}, FIRST) is None


def test_a_step_that_has_just_been_hidden_still_leads_on_and_back() -> None:
    assert next_step(FORM, {"acute": "no"}, CALL) is LAST
    assert previous_step(FORM, {"acute": "no"}, CALL) is FIRST


def test_progress_counts_the_steps_that_are_called_for() -> None:
    assert progress(FORM, {}, LAST).text["sv"] == "Fråga 2 av ungefär 2"
    assert progress(FORM, {"acute": "yes"}, LAST).text["en"] == "Question 3 of about 3"
