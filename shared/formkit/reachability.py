"""Whether any answers at all lead to a part of a form, tried out over the answers its conditions tell apart."""

from collections.abc import Iterator, Sequence
from itertools import islice, product
from typing import Final

from shared.formkit.conditions import Answered, Compare, Condition, In, fields_of, holds, simple_parts
from shared.formkit.definition import Answer, Field, FieldType, Form, Step

_MOST_TRIES: Final = 20_000


def can_be_seen(form: Form, step: Step, conditions: Sequence[Condition | None]) -> bool:
    """Whether some answers make the step visible and the conditions true; yes when there are too many to try."""
    wanted = (step.when, *conditions)
    if not any(wanted):
        return True
    chain = _chain(form, wanted)
    if not chain:
        return True
    choices = [_answers_to_try(form, field) for _, field in chain]
    tries = 0
    for tried in islice(product(*choices), _MOST_TRIES):
        tries += 1
        kept = _kept(chain, tried)
        if all(holds(one, kept) for one in wanted):
            return True
    return tries == _MOST_TRIES


def _chain(form: Form, wanted: Sequence[Condition | None]) -> list[tuple[Step, Field]]:
    """The fields that the conditions hang on, directly or through other conditions, in form order."""
    ids = {id for one in wanted for id in fields_of(one)}
    chain: list[tuple[Step, Field]] = []
    for step in reversed(form.steps):
        for field in reversed(step.fields):
            if field.id in ids:
                ids.update(fields_of(step.when), fields_of(field.when))
                chain.insert(0, (step, field))
    return chain


def _kept(chain: list[tuple[Step, Field]], tried: Sequence[Answer]) -> dict[str, Answer]:
    kept: dict[str, Answer] = {}
    for (step, field), answer in zip(chain, tried, strict=True):
        if answer is not None and holds(step.when, kept) and holds(field.when, kept):
            kept[field.id] = answer
    return kept


def _answers_to_try(form: Form, field: Field) -> list[Answer]:
    tried: list[Answer] = [None]
    for part in _parts_about(form, field.id):
        tried += [one for one in _telling(field, part) if one not in tried]
    if field.type is FieldType.MULTI:
        tried.append([option.code for option in field.options])
    elif field.options:
        tried += [option.code for option in field.options if option.code not in tried][:1]
    return tried


def _parts_about(form: Form, id: str) -> Iterator[In | Answered | Compare]:
    for step in form.steps:
        conditions = [step.when, *(field.when for field in step.fields)]
        conditions += [option.when for field in step.fields for option in field.options]
        yield from (part for one in conditions for part in simple_parts(one) if part.field == id)


def _telling(field: Field, part: In | Answered | Compare) -> list[Answer]:
    match part:
        case In(_, values) if field.type is FieldType.MULTI:
            return [[str(value)] for value in values]
        case In(_, values) if field.type is FieldType.IDENTITY:
            return [{"type": str(value)} for value in values]
        case In(_, values):
            return list(values)
        case Compare(_, _, int() as value):
            return [value, value - 1]
        case Compare(_, _, value):
            return [value, "0001-01-01"]
        case Answered():
            return ["something"]
