"""What is known beforehand, as the first answers of a new draft: from the login, and from the population register."""

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from shared.formkit.definition import ONE_OF, Answer, Answers, Field, FieldType, Form, Source
from shared.formkit.origins import Origin, with_origin
from shared.formkit.plain_text import cleaned
from shared.formkit.repeats import Item

Facts: TypeAlias = Mapping[str, "str | Sequence[Mapping[str, str]]"]
"""What is known, by the name that a field's `fact` has: a text, or for a repeated group the texts of each item."""


def initial(form: Form, facts: Facts) -> dict[str, Answer]:
    """Answers for the fields whose `fact` is given; a fact that no field asks for, or no option has, is left out.

    What the register said is marked as such. Items get ids from 1, or in a group with a page for each
    `00000001` and so on: the same facts give the same draft.
    """
    answers: dict[str, Answer] = {}
    fetched: dict[str, Answer] = {}
    for field in (one for step in form.steps for one in step.fields if one.fact):
        answer = _answer(field, facts.get(field.fact or "", ""))
        if answer is not None:
            (fetched if field.source is Source.REGISTER else answers)[field.id] = answer
    return with_origin(answers, Origin.REGISTER, fetched)


def refreshed(form: Form, answers: Answers, facts: Facts) -> dict[str, Answer]:
    """The answers with what is known now in place of what was known then."""
    return {**answers, **initial(form, facts)}


def _answer(field: Field, fact: "str | Sequence[Mapping[str, str]]") -> Answer:
    if field.type is FieldType.REPEAT:
        return None if isinstance(fact, str) else list(_items(field, fact)) or None
    return _text(field, fact) if isinstance(fact, str) else None


def _items(repeat: Field, rows: Sequence[Mapping[str, str]]) -> Iterator[Answer]:
    for number, row in enumerate(rows[: repeat.most], 1):
        known = {one.id: _text(one, row.get(one.fact, "")) for one in repeat.fields if one.fact}
        item: Item = {"id": f"{number:08}" if repeat.paged else str(number)}
        item |= {name: answer for name, answer in known.items() if answer is not None}
        yield item


def _text(field: Field, fact: str) -> Answer:
    text = cleaned(fact, lines=field.type is FieldType.TEXTAREA)
    if not text or (field.type in ONE_OF and all(option.code != text for option in field.options)):
        return None
    if field.type is FieldType.IDENTITY:
        return {"type": "personnummer", "value": text}
    return text[: field.max_length] if field.max_length else text
