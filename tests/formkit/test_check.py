"""A posted page gives answers and problems; what no page of ours sends is told apart from mistakes."""

from shared.formkit.check import check_step
from shared.formkit.definition import Answer
from shared.formkit.lacking import remaining, skipped
from shared.formkit.page import page
from shared.formkit.prefill import initial
from shared.formkit.submission import submission
from shared.formkit.summary import summary
from tests.formkit.examples import TODAY, field, form, one_page, options, post, step

HARD = field("story", "textarea", 'need = "hard"\nmissing = { sv = "Skriv något.", en = "Write something." }')
MADE = field("made", "yes_no")
MORE = field("more", "phone", 'when = { not = { field = "made", is = "no" } }')
NAME = field("name", extra='fact = "name"\nread_only = true')


def test_an_unknown_field_is_told_and_nothing_of_the_page_is_read() -> None:
    checked = post(one_page(field("name")), {"name": "Ada"}, name="Bo", colour="red")

    assert checked.foreign == ("colour",)
    assert checked.answers == {"name": "Ada"}
    assert checked.problems == ()


def test_a_field_that_comes_twice_is_told_but_several_choices_may() -> None:
    assert post(one_page(field("name")), name=["Ada", "Bo"]).foreign == ("name",)
    assert post(one_page(field("asked", "multi", options("a", "b"))), asked=["a", "b"]).foreign == ()


def test_a_part_that_the_kind_of_question_does_not_have_is_told() -> None:
    assert post(one_page(field("name")), name__day="1").foreign == ("name-day",)
    assert post(one_page(field("born", "date")), born="2026-01-01").foreign == ("born",)


def test_information_is_never_answered() -> None:
    assert post(one_page(field("note", "info"), field("name")), note="x").foreign == ("note",)


def test_buttons_for_items_are_told_where_there_are_no_items() -> None:
    assert post(one_page(field("name")), add="name").foreign == ("add",)
    assert post(one_page(field("name")), remove="name-1").foreign == ("remove",)


def test_a_hard_answer_is_asked_for_in_the_forms_own_words() -> None:
    (problem,) = post(one_page(HARD), story=" ").problems

    assert (problem.code, problem.name, problem.text["en"]) == ("missing", "story", "Write something.")


def test_saving_half_done_lets_a_hard_answer_wait() -> None:
    page = one_page(HARD)

    assert check_step(page, page.steps[0], {"story": [""]}, {}, TODAY, half_done=True).problems == ()


def test_a_hard_box_must_be_ticked() -> None:
    box = one_page(field("sure", "bool", 'need = "hard"\nmissing = { sv = "Kryssa.", en = "Tick." }'))

    assert [one.code for one in post(box).problems] == ["missing"]
    assert post(box, sure="yes").problems == ()


def test_a_wrong_answer_leaves_the_earlier_one_and_the_right_ones_are_saved() -> None:
    two = one_page(field("phone", "phone"), field("name"))

    checked = post(two, {"phone": "070-174 06 05"}, phone="ring", name="Ada")

    assert checked.answers == {"phone": "070-174 06 05", "name": "Ada"}


def test_an_emptied_answer_is_gone() -> None:
    assert post(one_page(field("name")), {"name": "Ada"}, name="").answers == {}


def test_problems_come_in_the_order_of_the_page() -> None:
    mixed = one_page(HARD, field("phone", "phone"), field("mail", "email"))

    assert [one.field for one in post(mixed, phone="x", mail="x").problems] == ["story", "phone", "mail"]


def test_a_name_from_the_login_can_not_be_posted() -> None:
    known = one_page(NAME)
    answers = initial(known, {"name": "Elsa Exempel"})

    checked = post(known, answers, name="Någon Annan")

    assert checked.foreign == ()
    assert checked.answers == {"name": "Elsa Exempel"}
    (question,) = page(known, known.steps[0], answers, "sv", posted={"name": ["Någon Annan"]}).questions
    assert (question.values, question.read_only) == ({"": "Elsa Exempel"}, True)


def test_a_fact_prefills_an_answer_that_may_be_changed() -> None:
    place = one_page(field("place", extra='fact = "organisation"'))
    answers = initial(place, {"organisation": " Exempelskolan ", "colour": "red"})

    assert answers == {"place": "Exempelskolan"}
    assert post(place, answers, place="Annan skola").answers == {"place": "Annan skola"}


def test_a_fact_that_is_no_option_is_left_out() -> None:
    kind = one_page(field("kind", "radio", options("school", "health") + '\nfact = "category"'))

    assert initial(kind, {"category": "school"}) == {"kind": "school"}
    assert initial(kind, {"category": "circus"}) == {}
    assert initial(kind, {}) == {}


def test_a_hidden_answer_is_not_a_problem_and_does_not_count() -> None:
    both = one_page(MADE, MORE)

    checked = post(both, made="no", more="inte ett nummer")

    assert checked.problems == ()
    assert submission(both, checked.answers) == {"made": "no"}


def test_a_follow_up_written_before_choosing_counts() -> None:
    both = one_page(MADE, MORE)

    assert submission(both, post(both, more="070-174 06 05").answers) == {"more": "070-174 06 05"}


def test_an_answer_hidden_by_a_change_is_remembered_by_the_draft_and_comes_back() -> None:
    both = one_page(MADE, MORE)
    first = post(both, made="yes", more="070-174 06 05")
    changed = post(both, first.answers, made="no")
    back = check_step(both, both.steps[0], {"made": ["yes"], "more": ["070-174 06 05"]}, changed.answers, TODAY)

    assert submission(both, changed.answers) == {"made": "no"}
    assert changed.answers["more"] == "070-174 06 05"
    assert submission(both, back.answers) == {"made": "yes", "more": "070-174 06 05"}


def test_a_hidden_answer_hides_what_hangs_on_it() -> None:
    chain = form(
        step("a", MADE),
        step("b", field("deep", "yes_no", 'when = { field = "made", is = "yes" }')),
        step("c", field("last"), extra='when = { field = "deep", is = "yes" }\n'),
    )

    assert submission(chain, {"made": "no", "deep": "yes", "last": "x"}) == {"made": "no"}
    assert submission(chain, {"made": "yes", "deep": "yes", "last": "x"}) == {"made": "yes", "deep": "yes", "last": "x"}


def test_answers_that_no_longer_fit_the_form_do_not_count() -> None:
    changed = one_page(
        field("choice", "radio", options("a", "b")),
        field("several", "multi", options("a", "b")),
        field("day", "date"),
        field("age", "int", "most = 9"),
        field("number", "identity"),
        field("box", "bool"),
        field("name"),
    )
    old: dict[str, Answer] = {
        "choice": "z",
        "several": ["z"],
        "day": "i går",
        "age": "7",
        "number": "1",
        "box": "yes",
        "name": 3,
        "gone": "x",
    }

    assert submission(changed, old) == {}
    assert [row.answered for row in summary(changed, old, "sv")[0].rows] == [False] * 7


def test_asked_questions_without_an_answer_are_reminded_of_and_never_stop() -> None:
    asked = one_page(field("name", extra='need = "asked"'), field("more"))

    assert [one.field for one in skipped(asked, {})] == ["name"]
    assert skipped(asked, {"name": "Ada"}) == ()
    assert remaining(asked, {}) == ()
    assert post(asked, name="").problems == ()


def test_not_knowing_is_no_skipped_question() -> None:
    asked = one_page(field("made", "yes_no_unknown", 'need = "asked"'))

    assert skipped(asked, {"made": "unknown"}) == ()


def test_what_remains_is_told_for_the_whole_form_with_its_step() -> None:
    two = form(step("a", MADE), step("b", HARD, extra='when = { field = "made", is = "yes" }\n'))

    assert [(one.step, one.field) for one in remaining(two, {"made": "yes"})] == [("b", "story")]
    assert remaining(two, {"made": "no"}) == ()


def test_a_page_shows_what_its_own_answers_may_yet_call_for() -> None:
    both = one_page(MADE, MORE)

    shown = page(both, both.steps[0], {"made": "no"}, "sv").questions

    assert [(one.field, one.conditional) for one in shown] == [("made", False), ("more", True)]


def test_a_page_does_not_show_what_earlier_pages_hide() -> None:
    two = form(step("a", MADE), step("b", field("name"), MORE))

    assert [one.field for one in page(two, two.steps[1], {"made": "no"}, "sv").questions] == ["name"]
    assert [one.field for one in page(two, two.steps[1], {"made": "yes"}, "sv").questions] == ["name", "more"]
