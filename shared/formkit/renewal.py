"""A new form begun from an earlier one: what was answered then, as far as it still fits the form of today."""

from collections.abc import Iterator
from datetime import date

from shared.formkit.definition import UNASKED, Answer, Answers, Field, FieldType, Form
from shared.formkit.kinds import KINDS
from shared.formkit.origins import Origin, with_origin
from shared.formkit.reading import Parts
from shared.formkit.repeats import Item, is_empty, items_of
from shared.formkit.submission import called_for

_NEVER = UNASKED | {FieldType.FILES}


def copied(form: Form, earlier: Answers, today: date) -> dict[str, Answer]:
    """Answers for a new draft of the form: those of the earlier one that its questions of today would still take.

    Left out are answers to questions that are gone or are asked anew each time (`fresh`), those that only the login
    gives, files, options and sums that are not allowed any more, and whatever the rest does not call for. An item of
    which a question is asked anew is there, and not finished. Each answer is marked as copied until it is changed.
    """
    found = {field.id: answer for field, answer in _still_fitting(form, earlier, today)}
    called = called_for(form, found)
    asked = (field for _, fields in called.steps for field in fields if field.id in found)
    fitting = {one.id: found[one.id] if one.paged else called.kept.get(one.id) for one in asked}
    return with_origin({}, Origin.EARLIER, {name: one for name, one in fitting.items() if one is not None})


def _still_fitting(form: Form, earlier: Answers, today: date) -> Iterator[tuple[Field, Answer]]:
    for field in (one for step in form.steps for one in step.fields):
        if field.fresh or field.read_only or field.type in _NEVER or field.id not in earlier:
            continue
        answer = _items(field, earlier[field.id], today) if field.fields else _again(field, earlier[field.id], today)
        if answer is not None:
            yield field, answer


def _items(repeat: Field, answer: Answer, today: date) -> Answer:
    items: list[Answer] = []
    for stored in list(items_of(answer))[: repeat.most]:
        again = {one.id: _again(one, stored.get(one.id), today) for one in repeat.fields if not one.fresh}
        item: Item = {"id": stored["id"], **{name: one for name, one in again.items() if one is not None}}
        if not is_empty(item):
            items.append(item)
    return items or None


def _again(field: Field, answer: Answer, today: date) -> Answer:
    """The answer, if the question would take it today as it was written then."""
    kind = KINDS[field.type]
    kept = kind.kept(field, answer)
    if kept is None:
        return None
    parts: Parts = kind.written(kept)
    reading = kind.read(field, parts, today)
    return kept if reading.flaw is None and reading.answer == kept else None
