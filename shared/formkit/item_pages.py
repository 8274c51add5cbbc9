"""The list of items that have a page each, and the page of one, as a template shows them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shared.formkit.definition import Answer, Answers, Form, Problem, Step
from shared.formkit.items import find_item, group_of, has_room, item_step
from shared.formkit.origins import Origin, origin_of
from shared.formkit.page import StepPage, laid_out
from shared.formkit.reading import ShowDate
from shared.formkit.repeats import Item, Posted, items_of
from shared.formkit.steps import progress
from shared.formkit.submission import called_item, is_finished, submission
from shared.formkit.summary import Row, Words
from shared.formkit.words import filled


@dataclass(frozen=True, slots=True)
class Card:
    """One item: what it is called, `about` its first answer in words, the others, and whether none is missing."""

    id: str
    heading: str
    about: str
    rows: tuple[Row, ...]
    finished: bool


@dataclass(frozen=True, slots=True)
class ItemList:
    """The items of a step in one language; `more` is the question after them, None when there is room for no other."""

    step: str
    slug: str
    title: str
    lead: str | None
    why: str | None
    progress: str
    cards: tuple[Card, ...]
    origin: Origin | None
    add: str
    more: str | None


def item_list(
    form: Form,
    step: Step,
    answers: Answers,
    language: str,
    *,
    show_date: ShowDate = date.isoformat,
    fill: Mapping[str, str] | None = None,
) -> ItemList:
    """The items that there are, those that are not finished too."""
    group, words = group_of(step), Words(language, show_date, fill or {})
    kept = submission(form, answers, before=step)
    cards = (_card(step, item, number, kept, words) for number, item in _numbered(step, answers))
    return ItemList(
        step.id,
        step.slug,
        words.say(step.title),
        words.say(step.lead) if step.lead else None,
        words.say(step.why) if step.why else None,
        progress(form, answers, step).text[language],
        tuple(cards),
        origin_of(answers, group.id),
        words.say(group.add or group.label),
        words.say(group.more or group.label) if has_room(step, answers) else None,
    )


def item_page(
    form: Form,
    step: Step,
    id: str,
    answers: Answers,
    language: str,
    *,
    posted: Posted | None = None,
    problems: Sequence[Problem] = (),
    fill: Mapping[str, str] | None = None,
    today: date | None = None,
) -> StepPage:
    """The page of one item, stored or new: its title is what the item is called, with its place among the others."""
    group = group_of(step)
    inner = {field.id for field in group.fields}
    kept = {name: one for name, one in submission(form, answers, before=step).items() if name not in inner}
    item: Mapping[str, Answer] = find_item(step, answers, id) or {}
    shown = laid_out(
        item_step(step), item, language, kept, posted=posted, problems=problems, fill=fill or {}, today=today
    )
    heading = filled((group.item or group.label)[language], fill or {})
    return StepPage(
        step.id,
        step.slug,
        f"{heading} {_number(step, answers, id)}",
        None,
        filled(step.why[language], fill or {}) if step.why else None,
        progress(form, answers, step).text[language],
        shown,
    )


def _card(step: Step, item: Item, number: int, kept: Answers, words: Words) -> Card:
    group = group_of(step)
    fields, counted = called_item(group, item, kept)
    rows = tuple(one for one in words.rows(fields, counted) if one.answered)
    about = ", ".join(rows[0].lines) if rows else ""
    heading = f"{words.say(group.item or group.label)} {number}"
    return Card(str(item["id"]), heading, about, rows[1:], is_finished(group, item, kept))


def _numbered(step: Step, answers: Answers) -> list[tuple[int, Item]]:
    return list(enumerate(items_of(answers.get(group_of(step).id)), 1))


def item_card(
    form: Form,
    step: Step,
    id: str,
    answers: Answers,
    language: str,
    *,
    show_date: ShowDate = date.isoformat,
    fill: Mapping[str, str] | None = None,
) -> Card | None:
    """One stored item, for the page that asks before it is taken away; None when there is no such item."""
    kept, words = submission(form, answers, before=step), Words(language, show_date, fill or {})
    return next((_card(step, one, n, kept, words) for n, one in _numbered(step, answers) if one["id"] == id), None)


def _number(step: Step, answers: Answers, id: str) -> int:
    numbered = _numbered(step, answers)
    return next((number for number, item in numbered if item["id"] == id), len(numbered) + 1)
