"""What a form still lacks: what stops it from being sent, and what is only worth a reminder."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from shared.formkit.definition import UNASKED, Answer, Answers, Field, FieldType, Form, Need, Problem, Step
from shared.formkit.kinds import KINDS
from shared.formkit.reading import Flaw
from shared.formkit.repeats import input_name, items_of
from shared.formkit.submission import Called, called_for, is_finished, is_missing
from shared.formkit.words import Texts, words
from shared.formkit.written import too_long


@dataclass(frozen=True, slots=True)
class Skipped:
    """A question that was asked and got no answer: worth a reminder, never a stop."""

    step: str
    field: str
    label: Texts


def remaining(form: Form, answers: Answers) -> tuple[Problem, ...]:
    """What must be put right before the form can be sent, in form order; empty when it can."""
    return tuple(all_lacking(called_for(form, answers)))


def missing(form: Form, answers: Answers) -> tuple[tuple[Problem, Step], ...]:
    """The same, each with the step whose page puts it right."""
    steps = {one.id: one for one in form.steps}
    return tuple((one, steps[one.step]) for one in remaining(form, answers))


def all_lacking(called: Called) -> Iterator[Problem]:
    """The same of what the answers call for."""
    for step, fields in called.steps:
        yield from lacking(step, fields, called.kept, called.draft)
        if step.ends:
            yield Problem(step.id, step.fields[0].id, step.fields[0].id, "ends", step.title)


def lacking(step: Step, fields: Iterable[Field], kept: Answers, draft: Answers | None = None) -> Iterator[Problem]:
    """What the visible fields of a step lack, given the answers that count: hard answers and shorter texts.

    With the `draft` also the items that are not finished, so that none is left behind unseen.
    """
    for field in fields:
        if field.type in UNASKED:
            continue
        answer = kept.get(field.id)
        unfinished = tuple(_unfinished(step, field, kept, draft or {})) if field.paged else ()
        yield from unfinished
        if field.need is Need.HARD and is_missing(answer) and not unfinished:
            yield Problem(step.id, field.id, first_input(field), "missing", field.missing or field.label)
        if answer is not None:
            for name, flaw, item in _too_long_texts(field, answer):
                yield Problem(step.id, field.id, name, flaw.code, flaw.text, item)


def skipped(form: Form, answers: Answers) -> tuple[Skipped, ...]:
    """The visible questions that were asked and have no answer, in form order."""
    called = called_for(form, answers)
    return tuple(
        Skipped(step.id, field.id, field.label)
        for step, fields in called.steps
        for field in fields
        if field.need is Need.ASKED and field.id not in called.kept
    )


def first_input(field: Field) -> str:
    """The name of the first input of an answerable field; for a group its own."""
    kind = KINDS.get(field.type)
    return field.id + kind.parts[0] if kind and kind.parts else field.id


def item_heading(repeat: Field, number: int) -> Texts:
    """What an item is called, by its place: Barn 2."""
    return {language: f"{text} {number}" for language, text in (repeat.item or repeat.label).items()}


def _unfinished(step: Step, repeat: Field, kept: Answers, draft: Answers) -> Iterator[Problem]:
    for number, item in enumerate(items_of(draft.get(repeat.id)), 1):
        if not is_finished(repeat, item, kept):
            text = words("problem.unfinished", item=item_heading(repeat, number))
            yield Problem(step.id, repeat.id, repeat.id, "unfinished", text, str(item["id"]))


def _too_long_texts(field: Field, answer: Answer) -> Iterator[tuple[str, Flaw, str]]:
    """The input, what is wrong, and the item whose own page has it."""
    if field.type is not FieldType.REPEAT:
        flaw = too_long(field, answer)
        if flaw:
            yield field.id, flaw, ""
        return
    for item in items_of(answer):
        for inner in field.fields:
            flaw = too_long(inner, item.get(inner.id))
            if flaw:
                id = str(item["id"])
                yield (inner.id, flaw, id) if field.paged else (input_name(field, id, inner), flaw, "")
