"""Which answers count: those of questions that the answers themselves still call for.

A draft remembers an answer whose question was hidden by a later change, so that changing back brings the
words back. What is checked, shown for checking, recorded and sent is only what this room lets through.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from shared.formkit.conditions import holds
from shared.formkit.definition import Answer, Answers, Field, FieldType, Form, Option, Step
from shared.formkit.kinds import KINDS
from shared.formkit.repeats import kept_items


@dataclass(frozen=True, slots=True)
class Called:
    """What answers call for: the visible steps, each with its visible fields and the options they offer.

    `kept` are the answers that count, in form order; those of fields that are not among the steps are of no account.
    """

    steps: tuple[tuple[Step, tuple[Field, ...]], ...]
    kept: dict[str, Answer]


def called_for(form: Form, answers: Answers) -> Called:
    """What the answers call for, in one pass: a condition only looks at earlier fields."""
    kept: dict[str, Answer] = {}
    steps = []
    for step in form.steps:
        if holds(step.when, kept):
            shown = (keep_field(field, answers, kept) for field in step.fields)
            steps.append((step, tuple(field for field in shown if field is not None)))
    return Called(tuple(steps), kept)


def submission(form: Form, answers: Answers, before: Step | None = None) -> dict[str, Answer]:
    """The answers that count, in form order; with `before`, only those of the steps before it.

    Empty repeat items, options that are not offered and answers to unknown fields are left out.
    """
    kept: dict[str, Answer] = {}
    for step in form.steps:
        if step is before:
            break
        if holds(step.when, kept):
            for field in step.fields:
                keep_field(field, answers, kept)
    return kept


def keep_field(field: Field, answers: Answers, kept: dict[str, Answer]) -> Field | None:
    """Add the field's answer to `kept` if it counts; the field with the options it offers, None if not visible."""
    if field.when is not None and not holds(field.when, kept):
        return None
    shown, answer = offered(field, kept), answers.get(field.id)
    if answer is not None and (fitting := as_it_fits(shown, answer)) is not None:
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
    if answer is None or field.type is FieldType.INFO:
        return None
    if field.type is FieldType.REPEAT:
        return kept_items(field, answer)
    return KINDS[field.type].kept(field, answer)
