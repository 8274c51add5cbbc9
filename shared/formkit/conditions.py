"""Conditions on answers: parsed once from TOML tables, evaluated on the server, never written as code."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class All:
    """True when every part is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """True when one part is."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True)
class Not:
    """True when the part is not; so it is true of a question nobody has answered."""

    part: "Condition"


@dataclass(frozen=True, slots=True)
class In:
    """The answer is one of the values; of several chosen options, one is. `is` in TOML is a single value."""

    field: str
    values: frozenset[str | bool | int]


@dataclass(frozen=True, slots=True)
class Answered:
    """The field has an answer (don't know is an answer too), or has none when `answered` is false."""

    field: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Compare:
    """`at_least` (≥) or `below` (<) for whole numbers and ISO dates; false of a missing answer."""

    field: str
    how: str
    value: int | str


Condition: TypeAlias = All | AnyOf | Not | In | Answered | Compare


def holds(condition: Condition | None, answers: Mapping[str, object], open_fields: Collection[str] = ()) -> bool | None:
    """Whether the condition is true of the answers; None when that hangs on fields that are still open.

    `open_fields` are those the person is answering right now, so that any value must be reckoned with.
    Without them the answer is never None. No condition is always true.
    """
    match condition:
        case None:
            return True
        case All(parts):
            return _strictest(holds(part, answers, open_fields) for part in parts)
        case AnyOf(parts):
            return _not(_strictest(_not(holds(part, answers, open_fields)) for part in parts))
        case Not(part):
            return _not(holds(part, answers, open_fields))
        case _:
            return None if condition.field in open_fields else _fits(condition, answers.get(condition.field))


def fields_of(condition: Condition | None) -> Iterator[str]:
    """The ids of the fields that the condition looks at, in its order."""
    for part in simple_parts(condition):
        yield part.field


def simple_parts(condition: Condition | None) -> Iterator[In | Answered | Compare]:
    """The parts that look at one field each, in the condition's order."""
    match condition:
        case None:
            return
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from simple_parts(part)
        case Not(part):
            yield from simple_parts(part)
        case _:
            yield condition


def _fits(condition: In | Answered | Compare, answer: object) -> bool:
    match condition:
        case In(_, values):
            return not values.isdisjoint(_looked_at(answer))
        case Answered(_, answered):
            return (answer is not None) is answered
        case Compare(_, how, value):
            return answer is not None and _COMPARISONS[how](answer, value)


def _looked_at(answer: object) -> tuple[object, ...]:
    match answer:
        case list():
            return tuple(one for one in answer if isinstance(one, str))
        case dict():
            return (answer.get("type"),)
        case _:
            return (answer,)


def _at_least(answer: object, value: int | str) -> bool:
    if isinstance(answer, int) and isinstance(value, int):
        return answer >= value
    return isinstance(answer, str) and isinstance(value, str) and answer >= value


def _below(answer: object, value: int | str) -> bool:
    return isinstance(answer, type(value)) and not _at_least(answer, value)


_COMPARISONS: dict[str, Callable[[object, int | str], bool]] = {"at_least": _at_least, "below": _below}


def _strictest(values: Iterator[bool | None]) -> bool | None:
    seen = set(values)
    return False if False in seen else (None if None in seen else True)


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value
