"""Several items on one page, without script: empty ones fall away, ids stay, one more is a button."""

from shared.formkit.definition import Answer, Form
from shared.formkit.page import page
from shared.formkit.submission import submission
from shared.formkit.summary import summary
from tests.formkit.examples import field, one_page, post

ITEM = field("name", inside=True) + field("phone", "phone", inside=True) + field("here", "bool", inside=True)
PEOPLE = field(
    "people", "repeat", 'least = 2\nmost = 3\nitem = { sv = "Person", en = "Person" }\nadd = { sv = "L", en = "A" }'
)


def people() -> Form:
    """A form with one repeated group."""
    return one_page(PEOPLE + ITEM)


def blocks(answers: dict[str, Answer], posted: dict[str, list[str]] | None = None) -> list[str]:
    """The ids of the blocks on the page."""
    form = people()
    return [one.id for one in page(form, form.steps[0], answers, "sv", posted=posted).questions[0].blocks]


def test_the_page_starts_with_a_few_empty_blocks() -> None:
    assert blocks({}) == ["1", "2"]


def test_what_is_written_is_kept_and_empty_blocks_are_dropped() -> None:
    checked = post(people(), people__1__name="Ada", people__2__name=" ", people__2__phone="")

    assert checked.answers == {"people": [{"id": "1", "name": "Ada", "here": False}]}


def test_one_more_adds_an_empty_block_and_keeps_what_was_written() -> None:
    checked = post(people(), people__1__name="Ada", people__2__name="", add="people")

    assert blocks(checked.answers) == ["1", "2", "3"]
    assert checked.stay == "people-3-name"
    assert submission(people(), checked.answers) == {"people": [{"id": "1", "name": "Ada", "here": False}]}


def test_pressing_one_more_twice_adds_one_block() -> None:
    once = post(people(), people__1__name="Ada", add="people")
    twice = post(people(), once.answers, people__1__name="Ada", add="people")

    assert blocks(once.answers) == ["1", "2"]
    assert twice.answers == once.answers


def test_there_is_no_button_for_one_more_than_there_may_be() -> None:
    form = people()
    full = post(form, people__1__name="A", people__2__name="B", people__3__name="C", add="people")

    assert blocks(full.answers) == ["1", "2", "3"]
    assert page(form, form.steps[0], full.answers, "sv").questions[0].add is None


def test_more_items_than_there_may_be_are_no_page_of_ours() -> None:
    posted = {f"people__{number}__name": "Ada" for number in range(1, 5)}

    assert post(people(), **posted).foreign == ("people-4-name",)


def test_a_removed_item_is_gone_and_its_id_is_not_given_to_the_next() -> None:
    two = post(people(), people__1__name="Ada", people__2__name="Bo")
    one = post(people(), two.answers, people__1__name="Ada", people__2__name="Bo", remove="people-1")
    more = post(people(), one.answers, people__2__name="Bo", add="people")

    assert [item["name"] for item in _items(one.answers)] == ["Bo"]
    assert one.stay == "people"
    assert blocks(more.answers) == ["2", "3"]


def test_removing_an_item_that_is_gone_already_changes_nothing() -> None:
    two = post(people(), people__1__name="Ada", people__2__name="Bo")

    assert post(people(), two.answers, people__1__name="Ada", remove="people-7").answers == two.answers


def test_what_is_wrong_in_a_removed_item_is_no_problem() -> None:
    posted = {"people-1-phone": ["x"], "people-2-phone": ["x"], "remove": ["people-1"]}
    checked = post(people(), people__1__phone="x", people__2__phone="x", remove="people-1")

    assert [one.name for one in checked.problems] == ["people-2-phone"]
    assert blocks(checked.answers, posted) == ["2"]


def test_a_wrong_answer_in_an_item_points_at_its_input_and_the_rest_is_kept() -> None:
    checked = post(people(), people__1__name="Ada", people__2__name="Bo", people__2__phone="ring")

    (problem,) = checked.problems
    assert (problem.field, problem.name, problem.code) == ("people", "people-2-phone", "phone")
    assert [item["name"] for item in _items(checked.answers)] == ["Ada", "Bo"]


def test_an_item_with_nothing_but_a_wrong_answer_stays_on_the_page() -> None:
    posted = {"people-1-phone": ["ring"]}
    checked = post(people(), people__1__phone="ring")

    form = people()
    (question,) = page(form, form.steps[0], checked.answers, "sv", posted=posted, problems=checked.problems).questions
    (phone,) = [one for one in question.blocks[0].questions if one.field == "phone"]
    assert phone.values == {"": "ring"}
    assert phone.error is not None


def test_an_item_that_an_old_page_does_not_know_stays() -> None:
    two = post(people(), people__1__name="Ada", people__2__name="Bo")

    assert [item["name"] for item in _items(post(people(), two.answers, people__1__name="Eva").answers)] == [
        "Eva",
        "Bo",
    ]


def test_emptying_every_input_of_an_item_removes_it() -> None:
    two = post(people(), people__1__name="Ada", people__2__name="Bo")

    assert [item["id"] for item in _items(post(people(), two.answers, people__1__name="").answers)] == ["2"]


def test_names_that_are_no_input_of_the_group_are_no_page_of_ours() -> None:
    for name in ("people-0-name", "people-x-name", "people-1-shoe", "people-1", "people", "people-01-name"):
        assert post(people(), **{name: "Ada"}).foreign == (name,)
    assert post(people(), add="animals").foreign == ("add",)
    assert post(people(), remove="animals-1").foreign == ("remove",)


def test_the_summary_shows_an_item_with_its_answered_questions() -> None:
    checked = post(people(), people__1__name="Ada", people__2__phone="070-174 06 05", people__2__here="yes")

    (section,) = summary(people(), checked.answers, "sv")

    assert [row.label for row in section.rows] == ["Person 1", "Person 2"]
    assert [(row.label, row.lines) for row in section.rows[1].rows] == [
        ("Fråga phone", ("070-174 06 05",)),
        ("Fråga here", ("Ja",)),
    ]


def _items(answers: dict[str, Answer]) -> list[dict[str, Answer]]:
    items = answers["people"]
    assert isinstance(items, list)
    return [item for item in items if isinstance(item, dict)]
