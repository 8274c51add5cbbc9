"""From a TOML file to a checked form: whatever is wrong with it is found here and never by a person filling it in."""

import re
import tomllib
from collections.abc import Callable, Iterator
from datetime import date
from enum import StrEnum
from functools import lru_cache, partial
from pathlib import Path
from threading import Lock
from typing import Final, TypeVar

from shared.domain.cases import CaseKind
from shared.domain.retention import Retention
from shared.formkit import money, tables
from shared.formkit.condition_tables import condition
from shared.formkit.conditions import Condition
from shared.formkit.definition import Field, FieldType, Form, Need, Option, Paper, Part, Signal, Source, Step
from shared.formkit.neutral import is_neutral
from shared.formkit.soundness import check_form
from shared.formkit.tables import BadForm, Table
from shared.formkit.words import words

DEFAULT_LENGTHS: Final = {
    FieldType.TEXT: 200, FieldType.TEXTAREA: 4000, FieldType.PHONE: 60, FieldType.EMAIL: 254,
}  # fmt: skip
"""Characters, where the form says nothing else."""

_E = TypeVar("_E", bound=StrEnum)
_Read = TypeVar("_Read")
_LINE: Final = re.compile(r"at line (\d+)")
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
    source = tables.Source(text, file)
    try:
        raw = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = _LINE.search(str(error))
        raise BadForm(file, f"not TOML: {error}", int(place[1]) if place else 0) from error
    table = Table(raw, file, source)
    form = _form(table)
    table.done()
    source.settle()
    check_form(form, source)
    return form


def _form(table: Table) -> Form:
    reveals = table.take_or("reveals", False)  # noqa: FBT003
    return Form(
        id=table.id(),
        version=table.take("version", int),
        slug=_slug(table),
        title=table.texts("title"),
        valid_from=table.take("valid_from", date),
        valid_to=table.take("valid_to", date) if table.has("valid_to") else None,
        retention=_one_of(Retention, table, "retention", None),
        law=_law(table),
        parts=tuple(_each(table, "parts", _part)),
        steps=tuple(_each(table, "steps", partial(_step, reveals=reveals))),
        signals=tuple(_each(table, "signals", _signal)),
        papers=tuple(_each(table, "papers", _paper)),
        case=_one_of(CaseKind, table, "case", None) if table.has("case") else None,
    )


def _each(table: Table, key: str, read: Callable[[Table], _Read]) -> Iterator[_Read]:
    """What is read from the tables that are right; the mistakes of the others gather, to be told together."""
    for one in table.tables(key):
        try:
            yield read(one)
        except BadForm as bad:
            table.source.faults.append(bad)


def _part(table: Table) -> Part:
    after = table.raw("after") or []
    if not isinstance(after, list) or not all(isinstance(one, str) for one in after):
        raise table.wrong("'after' must be a list of parts", "after")
    part = Part(table.id(), table.texts("name"), table.texts_or_none("lead"), tuple(after))
    table.done()
    return part


def _signal(table: Table) -> Signal:
    id, name, when = table.id(), table.texts("name"), _when(table)
    if when is None:
        raise table.wrong("'when' is missing")
    table.done()
    return Signal(id, name, when)


def _paper(table: Table) -> Paper:
    paper = Paper(table.id(), table.texts("name"))
    table.done()
    return paper


def _step(table: Table, *, reveals: bool) -> Step:
    faults = len(table.source.faults)
    step = Step(
        id=table.id(),
        slug=_slug(table),
        name=table.texts("name"),
        title=table.texts("title"),
        lead=table.texts_or_none("lead"),
        why=table.texts_or_none("why"),
        when=_when(table),
        part=table.take("part", str) if table.has("part") else None,
        reveals=reveals,
        ends=table.take_or("ends", False),  # noqa: FBT003
        fields=tuple(_each(table, "fields", _field)),
    )
    table.done()
    if not step.fields and len(table.source.faults) == faults:
        raise table.wrong("a step needs fields")
    return step


def _field(table: Table) -> Field:
    kind = _one_of(FieldType, table, "type", None)
    options = _options(table, kind)
    inner = tuple(_each(table, "fields", _field))
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
        most=table.take_or("most", money.MOST if kind is FieldType.MONEY else 0),
        past=table.take_or("past", False),  # noqa: FBT003
        fact=table.take("fact", str) if table.has("fact") else None,
        source=_one_of(Source, table, "source", Source.LOGIN),
        fresh=table.take_or("fresh", False),  # noqa: FBT003
        read_only=table.take_or("read_only", False),  # noqa: FBT003
        contact=table.take_or("contact", False),  # noqa: FBT003
        law=table.take("law", str) if table.has("law") else None,
        when=_when(table),
        fields=inner,
        branches=any(one.when is not None or one.narrows for one in inner),
        paged=table.take_or("paged", False),  # noqa: FBT003
        item=table.texts_or_none("item"),
        add=table.texts_or_none("add"),
        more=table.texts_or_none("more"),
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
    return condition(table.inner(table.raw("when"), "when", "when")) if table.has("when") else None


def _one_of(enum: type[_E], table: Table, key: str, default: _E | None) -> _E:
    if default is not None and not table.has(key):
        return default
    value = table.take(key, str)
    try:
        return enum(value)
    except ValueError:
        raise table.wrong(f"'{key}' is '{value}'; it must be one of {', '.join(enum)}", key) from None


def _slug(table: Table) -> str:
    slug = table.take("slug", str)
    if not _SLUG.fullmatch(slug):
        raise table.wrong(f"'slug' is '{slug}'; it must start with a-z and hold a-z, 0-9 and - only", "slug")
    if not is_neutral(slug):
        raise table.wrong(f"'slug' is '{slug}'; whoever sees the address must not see what the matter is", "slug")
    return slug


def _law(table: Table) -> str:
    law = table.take("law", str)
    if not law.strip():
        raise table.wrong("'law' is empty; say which paragraph the questions rest on", "law")
    return law
