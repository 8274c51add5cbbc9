"""Two pages of one draft: what a page showed has one mark, and both answers stand beside each other in words."""

from collections.abc import Mapping

from hypothesis import given
from hypothesis import strategies as st

from shared.formkit.definition import Answer
from shared.formkit.overtaking import Page, Pair
from shared.formkit.steps import deciding
from shared.formkit.summary import Words
from tests.formkit.examples import field, form, options, step
from tests.formkit.test_items import A, B, family, kids

SWEDISH = Words("sv", str, {})
READ_ONLY = 'fact = "name"\nread_only = true\n'
PETS = 'most = 3\nitem = { sv = "Djur", en = "Pet" }\nadd = { sv = "Lägg till", en = "Add" }\n'
FORM = form(
    step("one", field("login", extra=READ_ONLY), field("text"), field("sort", "multi", options("a", "b"))),
    step("two", field("other")),
    step("three", field("pets", "repeat", PETS), field("name", inside=True), field("age", inside=True)),
    step("four", field("papers", "files")),
)
ONE, _, THREE, FOUR = map(Page, FORM.steps)
FAMILY = family()
CHILD, SIBLING = Page(kids(FAMILY), A), Page(kids(FAMILY), B)
ADA: Mapping[str, Answer] = {"kids": [{"id": A, "name": "Ada", "lives": "all"}]}
BOTH: Mapping[str, Answer] = {"kids": [{"id": A, "name": "Ada", "lives": "all"}, {"id": B, "name": "Bo"}]}
ANSWERS = st.dictionaries(
    st.sampled_from(["text", "other"]), st.text(st.characters(codec="utf-8"), min_size=1, max_size=6)
)


@given(ANSWERS, ANSWERS)
def test_two_pages_have_the_same_mark_exactly_when_they_show_the_same(
    before: dict[str, Answer], after: dict[str, Answer]
) -> None:
    assert (ONE.mark(before) == ONE.mark(after)) == (before.get("text") == after.get("text"))


def test_a_mark_is_short_and_tells_nothing_of_what_it_is_of() -> None:
    assert len(ONE.mark({"text": "Hon är rädd."})) == len(ONE.mark({})) == 32
    assert set(ONE.mark({"text": "Hon är rädd."})) <= set("0123456789abcdef")


def test_what_the_login_says_and_files_are_no_answers_of_the_page() -> None:
    files: list[Answer] = [{"id": "f", "name": "a.pdf", "size": 1}]

    assert ONE.mark({"login": "Sara"}) == ONE.mark({"login": "Bo"})
    assert FOUR.mark({"papers": files}) == FOUR.mark({})


def test_the_page_of_an_item_changes_with_that_item_alone() -> None:
    assert CHILD.mark(ADA) == CHILD.mark(BOTH) != CHILD.mark({})
    assert SIBLING.mark(ADA) == SIBLING.mark({}) != SIBLING.mark(BOTH)


def test_an_item_that_there_is_not_is_gone_and_a_step_never_is() -> None:
    assert (CHILD.is_gone(ADA), SIBLING.is_gone(ADA), Page(kids(FAMILY)).is_gone({})) == (False, True, False)


def test_both_answers_stand_beside_each_other_in_words() -> None:
    beside = ONE.beside({"text": "Först.", "sort": ["a", "b"]}, {"text": "Sedan.\nOch mer."}, SWEDISH)

    assert beside == (Pair("Fråga text", "Först.", "Sedan.\nOch mer."), Pair("Fråga sort", "a sv\nb sv", ""))


def test_what_only_the_second_window_answered_is_there_too_and_nothing_else() -> None:
    assert ONE.beside({}, {"text": "Sedan.", "other": "En annan sida."}, SWEDISH) == (Pair("Fråga text", "", "Sedan."),)


def test_repeated_answers_are_told_one_by_one() -> None:
    mine: Mapping[str, Answer] = {"pets": [{"id": "1", "name": "Findus", "age": "3"}, {"id": "2", "name": "Pettson"}]}
    theirs: Mapping[str, Answer] = {"pets": [{"id": "1", "name": "Findus"}]}

    assert THREE.beside(theirs, mine, SWEDISH) == (
        Pair("Djur 1: Fråga name", "Findus", "Findus"),
        Pair("Djur 1: Fråga age", "", "3"),
        Pair("Djur 2: Fråga name", "", "Pettson"),
    )


def test_an_item_that_is_gone_has_nothing_to_show_on_its_side() -> None:
    assert CHILD.beside({}, ADA, SWEDISH)[0] == Pair("Fråga name", "", "Ada")


def test_what_was_written_is_told_without_the_questions_that_have_no_answer() -> None:
    assert CHILD.in_words(ADA, SWEDISH) == (("Fråga name", "Ada"), ("Fråga lives", "all sv"))
    assert CHILD.in_words({}, SWEDISH) == ()


def test_the_steps_that_decide_whether_a_step_is_asked_are_those_its_condition_looks_at() -> None:
    asked = form(
        step("start", field("single", "yes_no")),
        step("between", field("text")),
        step("last", field("more"), extra='when = { field = "single", is = "yes" }\n'),
    )
    start, between, last = asked.steps

    assert deciding(asked, {"single": "no"}, last) == (start,)
    assert deciding(asked, {}, between) == ()
