"""From a TOML file to a checked form: whatever is wrong with it is found here and never by a person filling it in."""

import re
import tomllib
from datetime import date
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from shared.domain.retention import Retention
from shared.formkit.conditions import All, Answered, AnyOf, Compare, Condition, In, Not
from shared.formkit.definition import Field, FieldType, Form, Need, Option, Step
from shared.formkit.soundness import check_form
from shared.formkit.tables import BadForm, Table
from shared.formkit.words import words

DEFAULT_LENGTHS: Final = {
    FieldType.TEXT: 200, FieldType.TEXTAREA: 4000, FieldType.PHONE: 60, FieldType.EMAIL: 254,
}  # fmt: skip
"""Characters, where the form says nothing else."""

_E = TypeVar("_E", bound=StrEnum)
_SLUG: Final = re.compile(r"[a-z][a-z0-9-]*")
_YES_NO: Final = (Option("yes", words("yes")), Option("no", words("no")))
_UNKNOWN: Final = Option("unknown", words("unknown"), alone=True)
_LOADING: Final = Lock()


def load(path: Path) -> Form:
    """The form in the file, read and checked once per process; `BadForm` says file, place and what is wrong.

    Everybody gets the very same form: two first requests at once must not each hold steps that the other's lacks.
    """
    with _LOADING:
        return _loaded(path)


@lru_cache(maxsize=64)
def _loaded(path: Path) -> Form:
    return parse(path.read_text("utf-8"), path.name)


def parse(text: str, file: str) -> Form:
    """The form in the text; `file` is its name in messages."""
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadForm(f"{file}: not TOML: {error}") from error
    table = Table(raw, file)
    form = _form(table)
    table.done()
    check_form(form, file)
    return form


def _form(table: Table) -> Form:
    return Form(
        id=table.id(),
        version=table.take("version", int),
        slug=_slug(table),
        title=table.texts("title"),
        valid_from=table.take("valid_from", date),
        valid_to=table.take("valid_to", date) if table.has("valid_to") else None,
        retention=_one_of(Retention, table, "retention", None),
        law=table.take("law", str),
        steps=tuple(_step(one) for one in table.tables("steps")),
    )


def _step(table: Table) -> Step:
    step = Step(
        id=table.id(),
        slug=_slug(table),
        name=table.texts("name"),
        title=table.texts("title"),
        lead=table.texts_or_none("lead"),
        why=table.texts_or_none("why"),
        when=_when(table),
        fields=tuple(_field(one) for one in table.tables("fields")),
    )
    table.done()
    if not step.fields:
        raise table.wrong("a step needs fields")
    return step


def _field(table: Table) -> Field:
    kind = _one_of(FieldType, table, "type", None)
    options = _options(table, kind)
    field = Field(
        id=table.id(),
        type=kind,
        label=table.texts("label"),
        hint=table.texts_or_none("hint"),
        need=_one_of(Need, table, "need", Need.OPTIONAL),
        missing=table.texts_or_none("missing"),
        groups=_groups(table),
        options=options,
        narrows=any(one.when is not None for one in options),
        max_length=table.take_or("max_length", DEFAULT_LENGTHS.get(kind, 0)),
        least=table.take_or("least", 0),
        most=table.take_or("most", 0),
        past=table.take_or("past", False),  # noqa: FBT003
        fact=table.take("fact", str) if table.has("fact") else None,
        read_only=table.take_or("read_only", False),  # noqa: FBT003
        contact=table.take_or("contact", False),  # noqa: FBT003
        law=table.take("law", str) if table.has("law") else None,
        when=_when(table),
        fields=tuple(_field(one) for one in table.tables("fields")),
        item=table.texts_or_none("item"),
        add=table.texts_or_none("add"),
    )
    table.done()
    return field


def _options(table: Table, kind: FieldType) -> tuple[Option, ...]:
    if kind in (FieldType.YES_NO, FieldType.YES_NO_UNKNOWN):
        return (*_YES_NO, _UNKNOWN) if kind is FieldType.YES_NO_UNKNOWN else _YES_NO
    options = tuple(_option(one) for one in table.tables("options"))
    return (*options, _UNKNOWN) if table.take_or("unknown", False) else options  # noqa: FBT003


def _option(table: Table) -> Option:
    option = Option(
        code=table.id("code"),
        label=table.own_texts(),
        hint=table.texts_or_none("hint"),
        group=table.take("group", str) if table.has("group") else None,
        alone=table.take_or("alone", False),  # noqa: FBT003
        law=table.take("law", str) if table.has("law") else None,
        when=_when(table),
    )
    table.done()
    return option


def _groups(table: Table) -> dict[str, dict[str, str]]:
    groups = {}
    for one in table.tables("groups"):
        groups[one.id()] = dict(one.own_texts())
        one.done()
    return groups


def _when(table: Table) -> Condition | None:
    return condition(table.raw("when"), f"{table.place} › when") if table.has("when") else None


def condition(raw: object, place: str) -> Condition:
    """The condition written as a TOML table.

    `all`, `any`, `not`, or a `field` with `is`, `in`, `answered`, `at_least` or `below`.
    """
    table = Table(raw, place)
    found = _field_condition(table) if table.has("field") else _composed(table)
    table.done()
    return found


def _composed(table: Table) -> Condition:
    if table.has("not"):
        return Not(condition(table.raw("not"), f"{table.place} › not"))
    for key, kind in (("all", All), ("any", AnyOf)):
        parts = table.raw(key)
        if isinstance(parts, list) and parts:
            return kind(tuple(condition(one, f"{table.place} › {key}") for one in parts))
    raise table.wrong("a condition needs 'field', 'all', 'any' or 'not'")


def _field_condition(table: Table) -> Condition:
    field = table.take("field", str)
    if table.has("is"):
        return In(field, frozenset([_value(table, table.raw("is"))]))
    if table.has("in"):
        values = table.raw("in")
        if isinstance(values, list) and values:
            return In(field, frozenset(_value(table, one) for one in values))
        raise table.wrong("'in' must be a list of values")
    if table.has("answered"):
        return Answered(field, table.take("answered", bool))
    for how in ("at_least", "below"):
        value = table.raw(how)
        if value is not None:
            return Compare(field, how, _compared(table, value))
    raise table.wrong("a condition on a field needs 'is', 'in', 'answered', 'at_least' or 'below'")


def _value(table: Table, value: object) -> str | bool | int:
    if not isinstance(value, str | bool | int):
        raise table.wrong("a value must be a text, a whole number, true or false")
    return value


def _compared(table: Table, value: object) -> int | str:
    if isinstance(value, date):
        return value.isoformat()
    if not isinstance(value, int) or isinstance(value, bool):
        raise table.wrong("a comparison needs a whole number or a date")
    return value


def _one_of(enum: type[_E], table: Table, key: str, default: _E | None) -> _E:
    if default is not None and not table.has(key):
        return default
    value = table.take(key, str)
    try:
        return enum(value)
    except ValueError:
        raise table.wrong(f"'{key}' is '{value}'; it must be one of {', '.join(enum)}") from None


def _slug(table: Table) -> str:
    slug = table.take("slug", str)
    if not _SLUG.fullmatch(slug):
        raise table.wrong(f"'slug' is '{slug}'; it must start with a-z and hold a-z, 0-9 and - only")
    return slug
