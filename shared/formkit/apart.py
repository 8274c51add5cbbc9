"""Ways to reach or find somebody, kept apart from the story: two records of one sent form, and put together again."""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from shared.formkit.definition import Answer, Field
from shared.formkit.repeats import items_of
from shared.formkit.snapshot import read_snapshot
from shared.formkit.submission import Called, as_it_fits
from shared.formkit.summary import Section


def without_contact(called: Called) -> Called:
    """What was asked and answered, without the contact questions."""
    steps = tuple((step, _stories(fields)) for step, fields in called.steps)
    asked = (field for _, fields in steps for field in fields if field.id in called.kept)
    kept = {field.id: _of_story(field, called.kept[field.id]) for field in asked}
    return replace(called, steps=steps, kept={name: one for name, one in kept.items() if one is not None})


def only_contact(called: Called) -> Called:
    """The contact questions alone; the answers are those that tell how to reach or find somebody."""
    steps = ((step, _contacts(fields)) for step, fields in called.steps)
    found = tuple(one for one in steps if one[1])
    asked = (field for _, fields in found for field in fields if field.id in called.kept)
    return Called(found, {one.id: called.kept[one.id] for one in asked if _says_where(one, called.kept[one.id])})


@lru_cache(maxsize=1024)
def _stories(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(_story(one) for one in fields if not one.contact)


@lru_cache(maxsize=1024)
def _story(field: Field) -> Field:
    left = tuple(one for one in field.fields if not one.contact)
    return field if len(left) == len(field.fields) else replace(field, fields=left)


def _of_story(field: Field, answer: Answer) -> Answer:
    """Only a group of people may have lost questions."""
    return as_it_fits(field, answer) if field.fields else answer


@lru_cache(maxsize=1024)
def _contacts(fields: tuple[Field, ...]) -> tuple[Field, ...]:
    return tuple(one for one in fields if one.contact or any(inner.contact for inner in one.fields))


def _says_where(field: Field, answer: Answer) -> bool:
    apart = [one.id for one in field.fields if one.contact]
    return field.contact or any(item.get(one) is not None for item in items_of(answer) for one in apart)


def together(story: Mapping[str, Any], contact: Mapping[str, Any]) -> tuple[Section, ...]:
    """The form as it was checked and sent, contact details back in their places.

    `Altered` when it is not what was written.
    """
    alone = read_snapshot(contact).sections if contact else ()
    found = {one.step: one.rows for one in alone}
    whole = read_snapshot(story).sections if story else ()
    apart = {row.field for rows in found.values() for row in rows}
    steps = {one.step for one in whole}
    return (
        *(
            replace(one, rows=(*(row for row in one.rows if row.field not in apart), *found.get(one.step, ())))
            for one in whole
        ),
        *(one for one in alone if one.step not in steps),  # a page that asks for nothing else
    )
