"""Items with a page each: read, kept while they are not finished, and taken away again.

An item's page is a small step of its own, whose answers are the item's. Its id stands in its address and comes from
whoever opens the page, so that two pages opened at once are two items and one page sent twice is one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Final

from shared.formkit.check import Checked, read_page
from shared.formkit.definition import Answer, Answers, Field, Form, Problem, Step
from shared.formkit.repeats import Item, Posted, is_empty, is_own_page_id, items_of
from shared.formkit.submission import submission
from shared.formkit.words import words

MORE: Final = "more"
"""Name of the question on the page that lists the items: whether there is another."""


@dataclass(frozen=True, slots=True)
class Onward:
    """Where the list leads: to another item (`more`), on (not `more`), or nowhere while there is a problem."""

    more: bool = False
    problem: Problem | None = None
    foreign: tuple[str, ...] = ()


def group_of(step: Step) -> Field:
    """The group whose items have a page each; `KeyError` when the step has none."""
    group = step.items
    if group is None:
        raise KeyError(step.id)
    return group


@lru_cache(maxsize=256)
def item_step(step: Step) -> Step:
    """The page of one item, as a step that holds the item's questions."""
    return replace(step, fields=group_of(step).fields, when=None, reveals=True)


def find_item(step: Step, answers: Answers, id: str) -> Item | None:
    """The stored item with the id, finished or not; None when there is none."""
    return next((one for one in items_of(answers.get(group_of(step).id)) if one["id"] == id), None)


def may_be_item(step: Step, answers: Answers, id: str) -> bool:
    """Whether the id is that of a stored item or one that a new item may get; there may be no room for it."""
    return find_item(step, answers, id) is not None or is_own_page_id(id)


def has_room(step: Step, answers: Answers) -> bool:
    """Whether one more item may be added."""
    group = group_of(step)
    return sum(1 for _ in items_of(answers.get(group.id))) < group.most


def check_item(
    form: Form, step: Step, id: str, posted: Posted, answers: Answers, *, today: date, half_done: bool = False
) -> Checked:
    """Read the posted page of one item into the answers of the form, as `check_step` does for a step.

    What was understood is kept whatever the problems, so that an item that is not finished is never lost; it does not
    count before it is finished. An item of which nothing was understood is not kept.
    """
    group, page = group_of(step), item_step(step)
    stored = find_item(step, answers, id)
    if stored is None and not has_room(step, answers):
        full = words("problem.too_many", most=group.most)
        return Checked(dict(answers), (Problem(step.id, group.id, group.id, "too_many", full, id),))
    inner = {field.id for field in group.fields}
    kept = {name: one for name, one in submission(form, answers, before=step).items() if name not in inner}
    read = read_page(page, posted, stored or {}, kept, today, half_done=half_done)
    if read.foreign:
        return Checked(dict(answers), foreign=read.foreign)
    item: Item = {**read.answers, "id": id}
    problems = tuple(replace(one, item=id) for one in read.problems)
    return Checked(_with(group, answers, item), problems, stay=read.stay)


def without_item(step: Step, answers: Answers, id: str) -> dict[str, Answer]:
    """The answers without the item; the same answers when it is gone already."""
    group = group_of(step)
    left: list[Answer] = [one for one in items_of(answers.get(group.id)) if one["id"] != id]
    return _replaced(group, answers, left)


def check_more(step: Step, posted: Posted, answers: Answers) -> Onward:
    """What the person chose on the page that lists the items."""
    foreign = tuple(name for name, values in posted.items() if name != MORE or len(values) != 1)
    if foreign:
        return Onward(foreign=foreign)
    group = group_of(step)
    chosen = posted.get(MORE, [""])[0]
    if chosen not in ("yes", "no") and has_room(step, answers):
        return Onward(problem=Problem(step.id, group.id, MORE, "more", words("problem.more")))
    return Onward(more=chosen == "yes" and has_room(step, answers))


def _with(group: Field, answers: Answers, item: Item) -> dict[str, Answer]:
    stored = list(items_of(answers.get(group.id)))
    if all(one["id"] != item["id"] for one in stored):
        stored.append(item)
    return _replaced(group, answers, list(_in_place(stored, item)))


def _in_place(stored: list[Item], item: Item) -> Iterator[Answer]:
    for one in stored:
        found = item if one["id"] == item["id"] else one
        if not is_empty(found):
            yield found


def _replaced(group: Field, answers: Answers, items: list[Answer]) -> dict[str, Answer]:
    rest = {name: answer for name, answer in answers.items() if name != group.id}
    return {**rest, group.id: items} if items else rest
