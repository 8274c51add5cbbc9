"""Which answers count: those of questions that the answers themselves still call for.

A draft remembers an answer whose question was hidden by a later change, so that changing back brings the
words back. What is checked, shown for checking, recorded and sent is only what this room lets through.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache

from shared.formkit.conditions import holds
from shared.formkit.definition import UNASKED, Answer, Answers, Field, FieldType, Form, Need, Option, Step
from shared.formkit.kinds import KINDS
from shared.formkit.repeats import Item, is_empty, items_of, kept_items


@dataclass(frozen=True, slots=True)
class Called:
    """What answers call for: the visible steps, each with its visible fields and the options they offer.

    `kept` are the answers that count, in form order; those of fields that are not among the steps are of no account.
    `draft` are all answers there are, which tell of items that are not finished and do not count. `attested` names
    what has been confirmed by who sends it.
    """

    steps: tuple[tuple[Step, tuple[Field, ...]], ...]
    kept: dict[str, Answer]
    draft: Answers = field(default_factory=dict)
    attested: frozenset[str] = frozenset()


def called_for(form: Form, answers: Answers) -> Called:
    """What the answers call for, in one pass: a condition only looks at earlier fields."""
    kept: dict[str, Answer] = {}
    steps = []
    for step in form.steps:
        if holds(step.when, kept):
            shown = (keep_field(field, answers, kept) for field in step.fields)
            steps.append((step, tuple(field for field in shown if field is not None)))
            if step.ends:
                break
    return Called(tuple(steps), kept, answers)


def submission(form: Form, answers: Answers, before: Step | None = None) -> dict[str, Answer]:
    """The answers that count, in form order; with `before`, only those of the steps before it.

    Empty repeat items, those with a page of their own that are not finished, options that are not offered and answers
    to unknown fields are left out.
    """
    kept: dict[str, Answer] = {}
    for step in form.steps:
        if step is before:
            break
        if holds(step.when, kept):
            for field in step.fields:
                keep_field(field, answers, kept)
            if step.ends:
                break
    return kept


def keep_field(field: Field, answers: Answers, kept: dict[str, Answer]) -> Field | None:
    """Add the field's answer to `kept` if it counts; the field with the options it offers, None if not visible."""
    if field.when is not None and not holds(field.when, kept):
        return None
    shown, answer = offered(field, kept), answers.get(field.id)
    if answer is not None and (fitting := _counted(shown, answer, kept)) is not None:
        kept[field.id] = fitting
    return shown


def offered(field: Field, kept: Answers) -> Field:
    """The field with only the options that the answers so far call for."""
    if not field.narrows:
        return field
    return _with_options(field, tuple(option for option in field.options if holds(option.when, kept)))


@lru_cache(maxsize=1024)
def _with_options(field: Field, options: tuple[Option, ...]) -> Field:
    """The field with only these options; the same field for the same options."""
    return replace(field, options=options)


def visible_fields(step: Step, kept: Answers) -> Iterator[Field]:
    """The fields of a visible step that the kept answers call for, each with the options it offers."""
    return (offered(field, kept) for field in step.fields if holds(field.when, kept))


def as_it_fits(field: Field, answer: Answer) -> Answer:
    """The answer as far as it still fits the field; None when nothing of it does."""
    if answer is None or field.type in UNASKED:
        return None
    if field.type is FieldType.REPEAT:
        return kept_items(field, answer)
    return KINDS[field.type].kept(field, answer)


def called_item(repeat: Field, stored: Item, kept: Answers) -> tuple[tuple[Field, ...], Item]:
    """What an item calls for: its visible questions with what they offer, and its answers that count.

    Its conditions see its own answers and those that the steps before it keep; the item's own names come first.
    """
    names = {field.id for field in repeat.fields}
    scope = {name: answer for name, answer in kept.items() if name not in names}
    shown = (keep_field(field, stored, scope) for field in repeat.fields)
    fields = tuple(field for field in shown if field is not None)
    return fields, {"id": stored["id"], **{one.id: scope[one.id] for one in fields if one.id in scope}}


def is_finished(repeat: Field, stored: Item, kept: Answers) -> bool:
    """Whether every question of the item that must be answered has been; items of a shared page always are."""
    fields, item = called_item(repeat, stored, kept)
    return not any(one.need is Need.HARD and is_missing(item.get(one.id)) for one in fields)


def is_missing(answer: Answer) -> bool:
    """Whether a question that must be answered has not been; nothing at all (0) is an answer, an empty box is none."""
    return answer is None or answer is False


def _counted(field: Field, answer: Answer, kept: Answers) -> Answer:
    """The answer as far as it fits and its item's questions are called for."""
    if not (field.branches or field.paged):
        return as_it_fits(field, answer)
    finished = (called_item(field, stored, kept)[1] for stored in items_of(answer) if is_finished(field, stored, kept))
    items: list[Answer] = [item for item in finished if not is_empty(item)]
    return items or None
