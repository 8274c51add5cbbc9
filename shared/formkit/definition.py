"""What a form is: steps, fields, options and rules as frozen values, the same for every language.

Steps, fields and options are read once per process and equal to themselves alone, so that what is made of one is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from shared.domain.cases import CaseKind
from shared.domain.retention import Retention
from shared.formkit.conditions import Condition
from shared.formkit.words import Texts

Answer: TypeAlias = "bool | int | str | list[Answer] | dict[str, Answer] | None"
"""One answer as it is kept: JSON types only, never a float, never a list directly in a list."""

Answers: TypeAlias = Mapping[str, Answer]
"""Answers by field id; a field without an answer has no key."""


class FieldType(StrEnum):
    """The kinds of question; each is read and shown by one entry of `kinds.KINDS`."""

    TEXT = "text"
    TEXTAREA = "textarea"
    RADIO = "radio"
    SELECT = "select"
    MULTI = "multi"
    YES_NO = "yes_no"
    YES_NO_UNKNOWN = "yes_no_unknown"
    BOOL = "bool"
    INT = "int"
    IDENTITY = "identity"
    DATE = "date"
    DATETIME = "datetime"
    PHONE = "phone"
    EMAIL = "email"
    MONEY = "money"
    BANK_ACCOUNT = "bank_account"
    MONTH = "month"
    FILES = "files"
    ATTESTATION = "attestation"
    INFO = "info"
    REPEAT = "repeat"


ONE_OF = frozenset({FieldType.RADIO, FieldType.SELECT, FieldType.YES_NO, FieldType.YES_NO_UNKNOWN})
CHOICES = ONE_OF | {FieldType.MULTI}
WRITTEN = frozenset({FieldType.TEXT, FieldType.TEXTAREA})
UNASKED = frozenset({FieldType.INFO, FieldType.ATTESTATION})
"""What a draft never holds an answer to: information, and what is said on one's honour only when the form is sent."""


class Need(StrEnum):
    """How much an answer matters: `hard` stops the sending, `asked` is only reminded of, `optional` neither."""

    HARD = "hard"
    ASKED = "asked"
    OPTIONAL = "optional"


class Source(StrEnum):
    """Where a fact comes from: what the login proves, or the population register (`Hämtat från folkbokföringen`)."""

    LOGIN = "login"
    REGISTER = "register"


@dataclass(frozen=True, slots=True, eq=False)
class Option:
    """One answer to choose; an `alone` option can not be combined with others (none, don't know)."""

    code: str
    label: Texts
    hint: Texts | None = None
    group: str | None = None
    alone: bool = False
    law: str | None = None
    when: Condition | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Field:
    """One question, or for `info` one piece of information that is shown and never answered.

    `max_length` counts characters. `past` refuses dates after today. `least` and `most` bound an `int`, and `money` in
    whole kronor; for a `month` they tell which months are offered, counted from the present one (none: it is written).
    For a `repeat`, `least` is the number of empty blocks shown at first and `most` the highest number of items;
    a `paged` one has a page for each item, and asks with `more` whether there is another. `branches` tells that some
    questions of an item hang on others, `narrows` that some options are offered only after certain answers.
    `fact` names what the login or a register knows, `source` which of them; `read_only` fields take their answer from
    there alone. A `fresh` question is asked anew in every renewal. `contact` marks ways to reach or find the family,
    which staff see only when they open them. `files` is answered by a list of what was received, {id, name, size},
    that no page posts; an `attestation` by who sends the form.
    """

    id: str
    type: FieldType
    label: Texts
    hint: Texts | None = None
    need: Need = Need.OPTIONAL
    missing: Texts | None = None
    options: tuple[Option, ...] = ()
    narrows: bool = False
    groups: Mapping[str, Texts] = field(default_factory=dict)
    max_length: int = 0
    least: int = 0
    most: int = 0
    past: bool = False
    fact: str | None = None
    source: Source = Source.LOGIN
    fresh: bool = False
    read_only: bool = False
    contact: bool = False
    law: str | None = None
    when: Condition | None = None
    fields: tuple["Field", ...] = ()
    branches: bool = False
    paged: bool = False
    item: Texts | None = None
    add: Texts | None = None
    more: Texts | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Step:
    """One page: `title` is its question, `name` its short heading in the summary, `slug` its neutral address.

    `part` is the id of the part of the form that it belongs to. `reveals` tells that a question which hangs on another
    of the same page is shown when that has been answered, and not before. Where an `ends` step is called for, the form
    goes no further and is not sent: it says where to turn instead.
    """

    id: str
    slug: str
    name: Texts
    title: Texts
    fields: tuple[Field, ...]
    lead: Texts | None = None
    why: Texts | None = None
    when: Condition | None = None
    part: str | None = None
    reveals: bool = False
    ends: bool = False

    @property
    def items(self) -> "Field | None":
        """The group whose items have a page each, which stands alone in its step; None for every other step."""
        return next((one for one in self.fields if one.paged), None)

    @property
    def closes(self) -> bool:
        """Whether this is what is confirmed when the form is sent, and no page on the way there."""
        return any(one.type is FieldType.ATTESTATION for one in self.fields)

    @property
    def takes_files(self) -> "Field | None":
        """The question for files, which stands alone on its page; None on every other page."""
        return next((one for one in self.fields if one.type is FieldType.FILES), None)


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """One named part of a long form, filled in by itself; `after` are the parts that must be done before it."""

    id: str
    name: Texts
    lead: Texts | None = None
    after: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signal:
    """Something about the answers that whoever receives the form must see at once, and its name for them."""

    id: str
    name: Texts
    when: Condition


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that may be asked for after the form has been sent, and what the person reads it called."""

    id: str
    name: Texts


@dataclass(frozen=True, slots=True)
class Form:
    """One e-service's questions, valid from a date (and to one, when it has been replaced).

    `case` is the kind of case that the sent form becomes when residents apply with it; None for every other form.
    """

    id: str
    version: int
    slug: str
    title: Texts
    valid_from: date
    retention: Retention
    law: str
    steps: tuple[Step, ...]
    valid_to: date | None = None
    parts: tuple[Part, ...] = ()
    signals: tuple[Signal, ...] = ()
    papers: tuple[Paper, ...] = ()
    case: CaseKind | None = None

    def open_on(self, day: date) -> bool:
        """Whether it may be sent on that Swedish day."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)

    @property
    def closing(self) -> Step | None:
        """The step that is confirmed when the form is sent, or None."""
        return next((one for one in self.steps if one.closes), None)

    def step(self, slug: str) -> Step | None:
        """The step with this address, or None."""
        return next((one for one in self.steps if one.slug == slug), None)

    def field(self, id: str) -> Field:
        """The field with this id; `KeyError` when the form has none."""
        for step in self.steps:
            for one in step.fields:
                if one.id == id:
                    return one
        raise KeyError(id)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the person should put right, in words by language.

    `step` and `field` are ids, `name` is the name of the input to send the person to, `item` the id of the item whose
    page has it. Wrong input is always such a value and never an exception.
    """

    step: str
    field: str
    name: str
    code: str
    text: Texts
    item: str = ""
