"""Items with a page each: never lost when they are not finished, never counted either, and each its own for good."""

import pytest

from shared.formkit.check import Checked
from shared.formkit.definition import Answer, Form, Step
from shared.formkit.item_pages import item_list, item_page
from shared.formkit.items import check_item, check_more, find_item, has_room, may_be_item, without_item
from shared.formkit.lacking import remaining
from shared.formkit.page import page
from shared.formkit.submission import submission
from shared.formkit.summary import summary
from tests.formkit.examples import TODAY, field, form, options, step
from tests.formkit.test_loading import complaint_about

GROUP = (
    'most = 3\npaged = true\nitem = { sv = "Barn", en = "Child" }\nadd = { sv = "Lägg till", en = "Add" }\n'
    'more = { sv = "Har du fler barn?", en = "More children?" }\n'
)
MUST = 'need = "hard"\nmissing = { sv = "Skriv namnet", en = "Write the name" }\n'
LIVES = field("lives", "radio", options("all", "half"), inside=True)
DAYS = field("days", "int", 'most = 31\nwhen = { field = "lives", is = "half" }\n' + MUST, inside=True)
SCHOOL = field("school", extra='when = { field = "single", is = "yes" }', inside=True)
INNER = field("name", extra=MUST, inside=True) + LIVES + DAYS + SCHOOL
LATER = True
A, B, C, D = "aaaaaaaa", "bbbbbbbb", "cccccccc", "dddddddd"


def family(extra: str = "") -> Form:
    """A form that asks for children, each on a page of its own."""
    return form(
        step("start", field("single", "yes_no")), step("children", field("kids", "repeat", GROUP + extra) + INNER)
    )


FORM = family()


def kids(form: Form) -> Step:
    """The step of the children."""
    return form.steps[1]


def add(answers: dict[str, Answer], id: str, half_done: bool = False, /, **values: str) -> Checked:
    """Post the page of one child; `half_done` to go on with it later."""
    posted = {name: [value] for name, value in values.items()}
    return check_item(FORM, kids(FORM), id, posted, answers, today=TODAY, half_done=half_done)


def shown(answers: dict[str, Answer], id: str) -> list[str]:
    """The questions on the page of one child."""
    return [one.field for one in item_page(FORM, kids(FORM), id, answers, "sv").questions]


def test_an_item_is_kept_under_the_id_of_its_address() -> None:
    checked = add({}, A, name="Ada", lives="all")

    assert (checked.problems, checked.stay) == ((), None)
    assert checked.answers == {"kids": [{"id": A, "name": "Ada", "lives": "all"}]}
    assert submission(FORM, checked.answers) == checked.answers


def test_the_same_page_sent_twice_is_one_item_and_two_pages_are_two() -> None:
    once = add({}, A, name="Ada").answers
    assert add(once, A, name="Ada").answers == once
    both = add(once, B, name="Bo").answers
    assert [item["id"] for item in _kids(both)] == [A, B]
    assert [item["name"] for item in _kids(add(both, A, name="Eva").answers)] == ["Eva", "Bo"]


def test_a_question_shows_itself_when_an_answer_has_called_for_it() -> None:
    assert shown({}, A) == ["name", "lives"]
    first = add({}, A, name="Ada", lives="half")
    assert (first.problems, first.stay) == ((), "days")
    assert shown(first.answers, A) == ["name", "lives", "days"]
    missing = add(first.answers, A, name="Ada", lives="half", days="")
    assert [(one.name, one.item) for one in missing.problems] == [("days", A)]
    done = add(first.answers, A, name="Ada", lives="half", days="14")
    assert (done.problems, done.stay) == ((), None)


def test_an_item_sees_the_answers_of_the_steps_before_it() -> None:
    assert "school" in shown({"single": "yes"}, A)
    answers: dict[str, Answer] = {"single": "yes", "kids": [{"id": A, "name": "Ada", "school": "Ekskolan"}]}
    assert submission(FORM, answers)["kids"] == [{"id": A, "name": "Ada", "school": "Ekskolan"}]
    assert submission(FORM, {**answers, "single": "no"})["kids"] == [{"id": A, "name": "Ada"}]


def test_a_condition_flipped_there_and_back_loses_nothing_and_a_hidden_answer_does_not_count() -> None:
    half = add(add({}, A, name="Ada", lives="half").answers, A, name="Ada", lives="half", days="14").answers
    whole = add(half, A, name="Ada", lives="all").answers

    assert submission(FORM, whole)["kids"] == [{"id": A, "name": "Ada", "lives": "all"}]
    (section,) = [one for one in summary(FORM, whole, "sv") if one.step == "children"]
    assert [row.field for row in section.rows[0].rows] == ["name", "lives"]
    back = add(whole, A, name="Ada", lives="half").answers
    assert submission(FORM, back)["kids"] == submission(FORM, half)["kids"]


def test_a_hidden_answer_that_is_posted_is_no_problem_and_does_not_count() -> None:
    checked = add({}, A, name="Ada", lives="all", days="many")

    assert checked.problems == ()
    assert submission(FORM, checked.answers)["kids"] == [{"id": A, "name": "Ada", "lives": "all"}]
    assert submission(FORM, add({}, A, name="Ada", lives="all", days="3").answers) == submission(FORM, checked.answers)


def test_what_was_understood_of_an_unfinished_item_is_kept_and_does_not_count() -> None:
    checked = add({}, A, lives="all", name="")

    assert [one.code for one in checked.problems] == ["missing"]
    assert _kids(checked.answers) == [{"id": A, "lives": "all"}]
    assert submission(FORM, checked.answers) == {}
    assert summary(FORM, checked.answers, "sv")[-1].rows[0].answered is False


def test_a_form_with_an_unfinished_item_says_so_and_leads_to_its_page() -> None:
    answers = add(add({}, A, name="Ada").answers, B, LATER, lives="all").answers

    (problem,) = remaining(FORM, answers)
    assert (problem.step, problem.field, problem.item, problem.code) == ("children", "kids", B, "unfinished")
    assert problem.text == {"sv": "Gör klart eller ta bort Barn 2", "en": "Finish or remove Child 2"}
    assert remaining(FORM, without_item(kids(FORM), answers, B)) == ()


def test_nothing_at_all_is_an_answer_when_it_is_a_sum() -> None:
    paid = field("paid", "money", MUST, inside=True)
    own = form(step("children", field("kids", "repeat", GROUP) + paid))
    answers = check_item(own, own.steps[0], A, {"paid": ["0"]}, {}, today=TODAY).answers

    assert submission(own, answers) == {"kids": [{"id": A, "paid": 0}]}
    assert remaining(own, answers) == ()


def test_an_item_of_which_nothing_was_understood_is_not_kept() -> None:
    assert add({}, A, name="").answers == {}
    assert add({}, A, LATER, name="").problems == ()


def test_emptying_a_stored_item_takes_it_away() -> None:
    assert add(add({}, A, name="Ada").answers, A, LATER, name="").answers == {}


def test_a_removed_item_is_gone_and_removing_it_again_changes_nothing() -> None:
    both = add(add({}, A, name="Ada").answers, B, name="Bo").answers
    one = without_item(kids(FORM), both, A)

    assert _kids(one) == [{"id": B, "name": "Bo"}]
    assert without_item(kids(FORM), one, A) == one
    assert without_item(kids(FORM), one, B) == {}


def test_there_is_room_for_so_many_and_what_is_posted_beyond_is_told_of() -> None:
    full = add(add(add({}, A, name="A").answers, B, name="B").answers, C, name="C").answers

    assert not has_room(kids(FORM), full)
    assert [one.code for one in add(full, D, name="D").problems] == ["too_many"]
    assert add(full, D, name="D").answers == full
    assert add(full, C, name="Cia").problems == ()
    assert item_list(FORM, kids(FORM), full, "sv").more is None
    assert check_more(kids(FORM), {}, full).more is False
    assert check_more(kids(FORM), {}, full).problem is None


def test_an_address_that_no_item_can_have_is_no_item() -> None:
    answers: dict[str, Answer] = {"kids": [{"id": "1", "name": "Ada"}]}
    assert may_be_item(kids(FORM), answers, "1")
    assert may_be_item(kids(FORM), answers, A)
    for wrong in ("2", "", "AAAAAAAA", "aaaa-aaa", "a" * 9, "../../aa"):
        assert not may_be_item(kids(FORM), answers, wrong)


def test_names_that_are_no_input_of_the_item_are_no_page_of_ours() -> None:
    for name in ("kids", "id", "kids-1-name", "single", "more"):
        checked = add({}, A, **{name: "x"})
        assert (checked.foreign, checked.answers) == ((name,), {})


def test_the_list_tells_of_every_item_and_whether_it_is_finished() -> None:
    answers = add(add({}, A, name="Ada", lives="all").answers, B, LATER, lives="all").answers
    shown = item_list(FORM, kids(FORM), answers, "sv")

    assert [(one.heading, one.finished) for one in shown.cards] == [("Barn 1", True), ("Barn 2", False)]
    assert (shown.cards[0].about, [row.lines for row in shown.cards[0].rows]) == ("Ada", [("all sv",)])
    assert (shown.more, shown.add) == ("Har du fler barn?", "Lägg till")
    assert item_page(FORM, kids(FORM), B, answers, "en").title == "Child 2"
    assert item_page(FORM, kids(FORM), C, answers, "en").title == "Child 3"


@pytest.mark.parametrize(("chosen", "more"), [("yes", True), ("no", False)])
def test_the_question_after_the_list_leads_on(chosen: str, more: bool) -> None:
    onward = check_more(kids(FORM), {"more": [chosen]}, {})

    assert (onward.more, onward.problem, onward.foreign) == (more, None, ())


def test_the_question_after_the_list_must_be_answered() -> None:
    for posted in ({}, {"more": [""]}, {"more": ["maybe"]}):
        problem = check_more(kids(FORM), posted, {}).problem
        assert problem is not None
        assert problem.name == "more"
    assert check_more(kids(FORM), {"more": ["yes", "no"]}, {}).foreign == ("more",)
    assert check_more(kids(FORM), {"add": ["kids"]}, {}).foreign == ("add",)


def test_a_group_that_must_have_an_item_stops_the_sending_without_one() -> None:
    needed = family('need = "hard"\nmissing = { sv = "Lägg till ett barn", en = "Add a child" }\n')

    assert [one.text["sv"] for one in remaining(needed, {})] == ["Lägg till ett barn"]
    half: dict[str, Answer] = {"kids": [{"id": A, "lives": "all"}]}
    assert [one.code for one in remaining(needed, half)] == ["unfinished"]


def test_a_text_that_is_too_long_leads_to_the_page_of_its_item() -> None:
    long = "x" * 250
    checked = add({}, A, name=long)

    assert [(one.name, one.item) for one in checked.problems] == [("name", A)]
    assert find_item(kids(FORM), checked.answers, A) == {"id": A, "name": long}
    assert [(one.name, one.item, one.code) for one in remaining(FORM, checked.answers)] == [("name", A, "too_long")]


def test_a_wrong_answer_is_shown_at_its_input_with_what_was_typed() -> None:
    checked = add({"single": "no"}, A, name="Ada", lives="many")
    posted = {"name": ["Ada"], "lives": ["many"]}
    shown = item_page(FORM, kids(FORM), A, checked.answers, "sv", posted=posted, problems=checked.problems)

    assert [(one.field, one.error) for one in shown.questions if one.error] == [("lives", "Välj ett av svaren")]
    assert shown.questions[0].values == {"": "Ada"}


def test_a_group_with_pages_stands_alone_and_is_a_repeat() -> None:
    group = field("kids", "repeat", GROUP) + INNER
    start = step("start", field("single", "yes_no"))
    assert "stands alone" in complaint_about(start, step("children", field("note"), group))
    assert "only a repeat" in complaint_about(start, step("children", field("kids", extra="paged = true")))
    lonely = GROUP.replace("paged = true\n", "")
    assert "'paged' and 'more' go together" in complaint_about(
        start, step("children", field("kids", "repeat", lonely) + INNER)
    )


def test_a_question_of_an_item_that_no_answers_lead_to_is_refused() -> None:
    never = 'when = { all = [{ field = "lives", is = "all" }, { field = "lives", is = "half" }] }'
    inner = INNER + field("never", extra=never, inside=True)
    start = step("start", field("single", "yes_no"))

    assert "kids › never: no answers lead to this field" in complaint_about(
        start, step("children", field("kids", "repeat", GROUP) + inner)
    )


def test_a_name_inside_and_outside_the_item_can_not_be_hung_on() -> None:
    outside = step("start", field("lives", "radio", options("all", "half")), field("single", "yes_no"))
    early = field("kids", "repeat", GROUP) + DAYS + LIVES + SCHOOL

    assert "both a field of the item and an earlier field" in complaint_about(outside, step("children", early))


def test_conditions_work_in_the_blocks_of_a_shared_page_too() -> None:
    shared = GROUP.replace("paged = true\n", "").partition("more")[0]
    inner = LIVES + field("days", "int", 'most = 31\nwhen = { field = "lives", is = "half" }\n', inside=True)
    own = form(step("children", field("kids", "repeat", shared) + inner))
    answers: dict[str, Answer] = {
        "kids": [{"id": "1", "lives": "all", "days": 3}, {"id": "2", "lives": "half", "days": 4}]
    }

    assert submission(own, answers)["kids"] == [
        {"id": "1", "lives": "all"},
        {"id": "2", "lives": "half", "days": 4},
    ]
    blocks = page(own, own.steps[0], answers, "sv").questions[0].blocks
    assert [[one.field for one in block.questions] for block in blocks] == [["lives", "days"], ["lives", "days"]]


def _kids(answers: dict[str, Answer]) -> list[dict[str, Answer]]:
    items = answers["kids"]
    assert isinstance(items, list)
    return [item for item in items if isinstance(item, dict)]
