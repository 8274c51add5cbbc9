"""A long form is a list of parts, and the answers alone tell how far each has come."""

import pytest

from shared.formkit.definition import Answer, Form
from shared.formkit.loading import parse
from shared.formkit.origins import Origin, with_origin
from shared.formkit.parts import PartState, next_in_part, part_after, part_of, parts
from shared.formkit.prefill import initial
from shared.formkit.steps import progress
from tests.formkit.examples import HEAD, field, options, step
from tests.formkit.test_loading import complaint

MUST = 'need = "hard"\nmissing = { sv = "S", en = "W" }'
PARTS = """
[[parts]]
id = "you"
name = { sv = "Du", en = "You" }

[[parts]]
id = "home"
name = { sv = "Boende", en = "Home" }
after = ["you"]

[[parts]]
id = "costs"
name = { sv = "Kostnader", en = "Costs" }

[[parts]]
id = "send"
name = { sv = "Granska", en = "Check" }
"""
STEPS = (
    step("name", field("name", extra='fact = "name"\nsource = "register"'), extra='part = "you"\n'),
    step("alone", field("alone", "yes_no", MUST), extra='part = "you"\n'),
    step("home", field("home", "radio", options("own", "none") + "\n" + MUST), extra='part = "home"\n'),
    step("rent", field("rent", "money", MUST), extra='part = "home"\nwhen = { field = "home", is = "own" }\n'),
    step("cost", field("cost", "money", MUST), extra='part = "costs"\nwhen = { field = "alone", is = "yes" }\n'),
    step("sign", field("sign", "attestation", MUST), extra='part = "send"\n'),
)


def apply_form() -> Form:
    """A form in four parts."""
    return parse(HEAD + PARTS + "\n".join(STEPS), "example.toml")


FORM = apply_form()


def states(**answers: Answer) -> dict[str, str]:
    """Each part's state."""
    return {view.part.id: view.state.value for view in parts(FORM, answers)}


def test_nothing_is_begun_and_what_hangs_on_another_part_waits() -> None:
    assert states() == {"you": "not_begun", "home": "waits", "send": "waits"}


def test_what_the_register_knew_begins_nothing() -> None:
    known = initial(FORM, {"name": "Ada Lindexempel"})

    assert parts(FORM, known)[0].state is PartState.NOT_BEGUN
    assert parts(FORM, {**known, "name": "Ada Bergexempel"})[0].state is PartState.BEGUN


def test_a_part_is_done_when_nothing_in_it_stops_the_sending() -> None:
    assert states(alone="no") == {"you": "done", "home": "not_begun", "send": "waits"}
    assert states(alone="no", home="own")["home"] == "begun"
    assert states(alone="no", home="own", rent=100)["home"] == "done"
    assert states(alone="no", home="none") == {"you": "done", "home": "done", "send": "not_begun"}


def test_a_part_shows_itself_when_an_answer_calls_for_it() -> None:
    assert states(alone="yes", home="none") == {"you": "done", "home": "done", "costs": "not_begun", "send": "waits"}


def test_a_part_that_was_begun_does_not_wait_again() -> None:
    assert states(home="own")["home"] == "begun"


def test_who_goes_on_with_a_part_comes_to_what_is_left_in_it() -> None:
    you, home, send = parts(FORM, {"home": "own"})
    assert you.left is not None
    assert home.left is not None
    assert (you.left.id, home.left.id, send.left) == ("name", "rent", None)


def test_a_part_leads_to_its_first_step_and_ends_with_its_last() -> None:
    you, home, send = parts(FORM, {"home": "own"})
    assert you.first is not None
    assert home.first is not None
    assert (you.first.id, home.first.id, send.first) == ("name", "home", None)
    rent = next_in_part(FORM, {"home": "own"}, home.first)
    assert rent is not None
    assert rent.id == "rent"
    assert next_in_part(FORM, {"home": "own"}, rent) is None
    assert next_in_part(FORM, {"home": "none"}, home.first) is None


def after(step: str, *, earlier: dict[str, Answer], **answers: Answer) -> str | None:
    """The part that the step leads straight to, for who began with these earlier answers."""
    draft = with_origin(answers, Origin.EARLIER, earlier)
    found = part_after(FORM, draft, next(one for one in FORM.steps if one.id == step))
    return None if found is None else found.part.id


def test_who_began_from_an_earlier_form_is_led_past_what_is_done_and_to_the_check_at_the_end() -> None:
    assert after("alone", earlier={"alone": "no"}) == "home"
    assert after("alone", earlier={"alone": "yes", "home": "none"}) == "costs"
    assert after("rent", earlier={"alone": "no", "home": "own"}, rent=100) == "send"
    assert after("rent", earlier={"home": "own"}, rent=100) == "you"


def test_the_list_of_parts_is_shown_at_the_end_of_a_part_that_lacks_something_and_to_who_began_anew() -> None:
    assert after("rent", earlier={"alone": "no", "home": "own"}) is None
    assert after("alone", earlier={}, alone="no") is None


def test_questions_are_counted_within_their_part() -> None:
    shown = progress(FORM, {"home": "own"}, FORM.steps[3])

    assert (shown.number, shown.total) == (2, 2)
    assert part_of(FORM, FORM.steps[3]) is FORM.parts[1]


def test_a_form_without_parts_has_none() -> None:
    plain = parse(HEAD + step("page", field("name")), "example.toml")

    assert parts(plain, {}) == ()
    assert part_of(plain, plain.steps[0]) is None
    assert next_in_part(plain, {}, plain.steps[0]) is None


@pytest.mark.parametrize(
    ("wrong", "what"),
    [
        (PARTS.replace('after = ["you"]', 'after = ["send"]'), "'send' is not an earlier part"),
        (PARTS.replace('after = ["you"]', 'after = "you"'), "must be a list of parts"),
        (
            PARTS.replace('[[parts]]\nid = "costs"\nname = { sv = "Kostnader", en = "Costs" }\n', ""),
            "unknown part 'costs'",
        ),
        (PARTS + '[[parts]]\nid = "more"\nname = { sv = "M", en = "M" }\n', "a part needs a question"),
        (PARTS.replace("[[parts]]", "[[pieces]]"), "unknown key 'pieces'"),
        ("", "the form has no parts"),
    ],
)
def test_parts_that_can_not_work_are_refused(wrong: str, what: str) -> None:
    assert what in complaint(HEAD + wrong + "\n".join(STEPS))


def test_a_mistake_in_a_part_stands_on_the_line_of_the_part_also_where_a_step_has_its_name() -> None:
    text = HEAD + PARTS.replace('after = ["you"]', 'after = ["send"]') + "\n".join(STEPS)

    message = complaint(text)

    assert message.endswith("› part home: 'send' is not an earlier part")
    line = int(message.split(":")[1].partition(" ")[0])
    assert text.splitlines()[line : line + 1] == ['id = "home"']


def test_the_steps_of_a_part_stand_together() -> None:
    assert "stand together" in complaint(HEAD + PARTS + "\n".join([STEPS[0], STEPS[2], STEPS[1], *STEPS[3:]]))
