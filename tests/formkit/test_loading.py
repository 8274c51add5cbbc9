"""A wrong form is refused when it is read, with one line that says where and what."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from shared.formkit.loading import load, parse
from shared.formkit.tables import BadForm
from tests.formkit.examples import FORMS, HEAD, field, form, one_page, options, step

CHOICE = field("colour", "radio", options("red", "blue"))


def complaint(text: str) -> str:
    """What is said about a form that is refused."""
    with pytest.raises(BadForm) as refused:
        parse(text, "example.toml")
    message = str(refused.value)
    assert "\n" not in message
    return message


def complaint_about(*steps: str) -> str:
    """What is said about a form of these steps."""
    return complaint(HEAD + "\n".join(steps))


def test_a_form_is_read_once_per_process() -> None:
    assert load(FORMS[0]) is load(FORMS[0])


def test_threads_that_ask_at_once_get_the_very_same_form(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(FORMS[0].read_text("utf-8"), "utf-8")
    start = Barrier(8)

    def ask(_: int) -> int:
        start.wait()
        return id(load(own))

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(ask, range(8)))) == 1


def test_text_that_is_not_toml_is_refused_with_its_line() -> None:
    assert "line 2" in complaint("id = 'x'\nid id")


def test_an_unknown_key_is_refused_with_its_place() -> None:
    assert complaint_about(step("page", field("name", extra="colour = 1"))) == (
        "example.toml:19 › page › name: unknown key 'colour'"
    )


def test_a_text_that_lacks_a_language_is_refused() -> None:
    swedish = '[[steps.fields]]\nid = "name"\ntype = "text"\nlabel = { sv = "Namn" }\n'

    assert complaint_about(step("page", swedish)) == "example.toml:18 › page › name › label: text in 'en' is missing"


def test_an_option_that_lacks_a_language_is_refused() -> None:
    half = 'options = [{ code = "a", sv = "A", en = "A" }, { code = "b", sv = "B", en = " " }]'

    assert complaint_about(step("page", field("name", "radio", half))) == (
        "example.toml:19 › page › name › b: text in 'en' is missing"
    )


def test_a_place_that_nobody_fills_is_refused() -> None:
    hint = 'hint = { sv = "Ring {nobody}", en = "Call" }'

    assert "unknown place {nobody}" in complaint_about(step("page", field("name", extra=hint)))


def test_two_fields_steps_or_options_of_one_name_are_refused() -> None:
    assert "field id 'name' is used twice" in complaint_about(step("a", field("name")), step("b", field("name")))
    assert "step id 'a' is used twice" in complaint_about(step("a", field("x")), step("a", field("y")))
    assert "option code 'red' is used twice" in complaint_about(
        step("page", field("name", "radio", options("red", "red")))
    )


@pytest.mark.parametrize("id", ["Name", "1st", "na-me", "namn å", "", "add", "csrf_token"])
def test_an_id_that_no_input_may_have_is_refused(id: str) -> None:
    assert complaint_about(step("page", field(id)))


def test_a_condition_looks_back_never_forward() -> None:
    later = field("name", extra='when = { field = "colour", is = "red" }')

    assert (
        complaint_about(step("page", later, CHOICE))
        == "example.toml:19 › page › name › when: 'colour' is not an earlier field"
    )


def test_a_condition_on_an_unknown_field_or_answer_is_refused() -> None:
    unknown = field("name", extra='when = { field = "sound", is = "red" }')
    wrong = field("name", extra='when = { not = { field = "colour", in = ["red", "green"] } }')

    assert "'sound' is not an earlier field" in complaint_about(step("page", CHOICE, unknown))
    assert "'green' is not an answer to 'colour'" in complaint_about(step("page", CHOICE, wrong))


def test_a_condition_on_free_words_is_refused() -> None:
    words = field("more", extra='when = { field = "name", is = "Nova" }')

    assert "use 'answered'" in complaint_about(step("page", field("name"), words))


def test_a_comparison_needs_something_to_compare() -> None:
    older = field("more", extra='when = { field = "name", at_least = 15 }')

    assert "can not be compared with 15" in complaint_about(step("page", field("name"), older))


@pytest.mark.parametrize(
    "when",
    [
        "{}",
        '{ field = "colour" }',
        '{ field = "colour", is = "red", below = 3 }',
        "{ all = [] }",
        '{ field = "colour", in = "red" }',
        '{ field = "colour", is = 1.5 }',
        '{ field = "colour", at_least = "red" }',
        '{ any = [{ field = "colour", is = "red" }], not = { field = "colour", is = "red" } }',
        "3",
    ],
)
def test_a_condition_that_says_nothing_clear_is_refused(when: str) -> None:
    assert complaint_about(step("page", CHOICE, field("name", extra=f"when = {when}")))


def test_a_step_that_no_answers_lead_to_is_refused() -> None:
    never = 'when = { all = [{ field = "colour", is = "red" }, { field = "colour", is = "blue" }] }\n'

    assert complaint_about(step("page", CHOICE), step("next", field("name"), extra=never)) == (
        "example.toml:21 › next: no answers lead to this step"
    )


def test_a_step_that_hangs_on_a_question_only_seen_otherwise_is_refused() -> None:
    red = field("shade", "radio", options("dark", "light") + '\nwhen = { field = "colour", is = "red" }')
    never = 'when = { all = [{ field = "colour", is = "blue" }, { field = "shade", is = "dark" }] }\n'

    assert "no answers lead" in complaint_about(step("page", CHOICE, red), step("next", field("name"), extra=never))


def test_a_field_or_option_that_no_answers_lead_to_is_refused() -> None:
    older = 'when = { all = [{ field = "age", at_least = 15 }, { field = "age", below = 15 }] }'
    age = field("age", "int", "most = 99")
    option = f'options = [{{ code = "a", sv = "A", en = "A" }}, {{ code = "b", sv = "B", en = "B", {older} }}]'

    assert "name: no answers lead to this field" in complaint_about(step("page", age, field("name", extra=older)))
    assert "b: no answers lead to this option" in complaint_about(step("page", age, field("name", "radio", option)))


def test_a_step_that_needs_two_of_several_choices_can_be_reached() -> None:
    several = field("colours", "multi", options("red", "blue"))
    both = 'when = { all = [{ field = "colours", is = "red" }, { field = "colours", is = "blue" }] }\n'

    assert form(step("page", several), step("next", field("name"), extra=both)).steps[1].when is not None


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (field("name", "radio", options("only")), "at least two options"),
        (field("name", "text", options("a", "b")), "only a choice has options"),
        (field("name", "repeat"), "a repeat needs"),
        (field("name", "int"), "needs 'most' above 'least'"),
        (field("name", "text", 'need = "hard"'), "'missing' go together"),
        (field("name", "text", 'missing = { sv = "S", en = "W" }'), "'missing' go together"),
        (field("name", "info", 'need = "asked"'), "can not be needed"),
        (field("name", "text", "past = true"), "only a date has 'past'"),
        (field("name", "text", "read_only = true"), "needs a 'fact'"),
        (field("name", "text", "max_length = -1"), "can not be negative"),
        (field("name", "text", 'max_length = "long"'), "must be a whole number"),
        (field("name", "text", "max_length = true"), "must be a whole number"),
        (field("name", "essay"), "must be one of text"),
        (field("name", "text", 'item = { sv = "S", en = "S" }'), "only a repeat"),
        (field("name", "multi", options("a", "b").replace("code", 'group = "x", code')), "unknown group 'x'"),
    ],
)
def test_a_field_that_can_not_work_is_refused(wrong: str, what: str) -> None:
    assert what in complaint_about(step("page", wrong))


REPEAT = 'most = 3\nitem = { sv = "B", en = "C" }\nadd = { sv = "Lägg till", en = "Add" }'


@pytest.mark.parametrize(
    "inner",
    [
        field("when", "info", inside=True),
        field("id", inside=True),
        field("name", extra='need = "asked"', inside=True),
        field("name", extra='when = { field = "colour", is = "green" }', inside=True),
        field("name", extra='when = { field = "later", answered = true }', inside=True),
    ],
)
def test_a_repeat_holds_plain_questions_and_conditions_that_look_back(inner: str) -> None:
    assert complaint_about(step("page", CHOICE, field("people", "repeat", REPEAT), inner))


def test_a_form_needs_steps_and_a_step_needs_fields() -> None:
    assert complaint(HEAD) == "example.toml:1: a form needs steps"
    assert complaint_about(step("page")) == "example.toml:9 › page: a step needs fields"


@pytest.mark.parametrize("line", ["version = 1", "valid_from = 2026-01-01", 'slug = "exempel"', 'law = "-"'])
def test_a_form_says_what_it_is(line: str) -> None:
    assert "is missing" in complaint(HEAD.replace(line, "") + step("page", field("name")))


def test_a_form_says_how_long_its_answers_are_kept() -> None:
    wrong = HEAD.replace('retention = "DRAFTS"', 'retention = "FOREVER"')

    assert "'retention' is 'FOREVER'; it must be one of FIVE_YEARS" in complaint(wrong + step("page", field("name")))


def test_a_slug_holds_nothing_but_plain_letters() -> None:
    assert "'slug' is 'Å'" in complaint(HEAD.replace("exempel", "Å") + step("page", field("name")))


def test_steps_and_fields_are_found_by_address_and_id() -> None:
    found = one_page(field("name"))

    assert found.step("page") is found.steps[0]
    assert found.step("nowhere") is None
    assert found.field("name") is found.steps[0].fields[0]
    with pytest.raises(KeyError):
        found.field("nobody")


def test_the_file_name_stands_first_in_what_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "wrong.toml"
    path.write_text(HEAD, "utf-8")

    with pytest.raises(BadForm, match=r"^wrong\.toml:1: "):
        load(path)
