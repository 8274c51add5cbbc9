"""What a document may be, the same for every keeper: Firestore's limits, checked before anything is written.

Sources: cloud.google.com/firestore/quotas, and what its emulator does where the page is silent. Two limits are our own
and tighter: 900 KiB instead of 1 MiB, and top-level names that need no quoting anywhere.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any, Final

from shared.ports.store import Refused, Value

DOCUMENT_BYTES: Final = 900 * 1024
NAME_ALLOWANCE: Final = 4096
"""Bytes of a document that are set aside for its name and what the keeper adds."""
COMMIT_BYTES: Final = 9 * 1024 * 1024
COMMIT_WRITES: Final = 200
NAME_BYTES: Final = 1500
DEPTH: Final = 20
"""How many maps and lists may enclose a value, the document itself not counted."""
PAGE: Final = 100
CAP: Final = 1000
MANY: Final = 1000
"""How many ids one `get_many` may ask for."""

_TOP_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,99}")
_INT64: Final = 1 << 63


@lru_cache(maxsize=4096)
def safe_name(name: object) -> bool:
    """Whether `name` may name a collection or a field of a document: a plain lower-case identifier."""
    return isinstance(name, str) and _TOP_NAME.fullmatch(name) is not None


def possible_id(id: str) -> bool:
    """Whether a document can have this id: 1..1500 bytes, no `/`, not `.`, `..` or `__…__`."""
    if not id or "/" in id or id in {".", ".."} or _reserved(id):
        return False
    size = _utf8_size(id)
    return size is not None and size <= NAME_BYTES


def check_place(collection: str, id: str) -> None:
    """Raise `Refused` unless a document may lie there."""
    check_collection(collection)
    if not possible_id(id):
        raise Refused(f"A document in '{collection}' has an id that is not allowed.")


def check_collection(collection: str) -> None:
    """Raise `Refused` unless a collection may have this name."""
    if not safe_name(collection):
        raise Refused("The name of the collection is not allowed.")


def check_between(what: str, number: int, most: int) -> None:
    """Raise `Refused` unless `number` is 1..`most`."""
    if not 1 <= number <= most:
        raise Refused(f"{what} is {number}; it must be 1 to {most}.")


def check_count(places: Sequence[tuple[str, str]]) -> None:
    """Raise `Refused` for more than 200 writes, or for two writes to one document."""
    if len(places) > COMMIT_WRITES:
        raise Refused(f"{len(places)} writes in one commit; at most {COMMIT_WRITES} are allowed.")
    if len(set(places)) != len(places):
        raise Refused("One document is written twice in one commit.")


def plain_fields(fields: Mapping[str, Value]) -> dict[str, Value]:
    """A copy that shares nothing with the caller, its instants in UTC; `Refused` for what no document may hold."""
    plain: dict[str, Value] = {}
    for name, value in fields.items():
        if not safe_name(name):
            raise Refused("The name of a field is not a plain lower-case identifier.")
        plain[name] = _plain(value, 0)
    return plain


def plain_value(value: Value) -> Value:
    """The same for one value."""
    return _plain(value, 0)


def size_of(value: Value) -> int:
    """Bytes of a plain value as Firestore counts them (firebase.google.com/docs/firestore/storage-size)."""
    if value is None or isinstance(value, bool):
        return 1
    if isinstance(value, str):
        return len(value.encode()) + 1
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, dict):
        return sum(len(name.encode()) + 1 + size_of(inner) for name, inner in value.items())
    if isinstance(value, list):
        return sum(size_of(inner) for inner in value)
    return 8


def check_size(fields: Mapping[str, Value]) -> None:
    """Raise `Refused` for plain fields above 900 KiB."""
    size = size_of(dict(fields)) + NAME_ALLOWANCE
    if size > DOCUMENT_BYTES:
        raise Refused(f"A document of {size // 1024} KiB; at most {DOCUMENT_BYTES // 1024} are allowed.")


def _plain(value: Value, depth: int) -> Value:
    check = _CHECKS.get(type(value)) or _inherited(value)
    return check(value, depth)


def _inherited(value: object) -> "Callable[[Any, int], Value]":
    for kind, check in _CHECKS.items():
        if isinstance(value, kind):
            return check
    raise Refused(f"A document can not hold a {type(value).__name__}.")


def _as_it_is(value: Value, _depth: int) -> Value:
    return value


def _text(value: str, _depth: int) -> Value:
    if not value.isascii() and _utf8_size(value) is None:
        raise Refused("A text holds half a character (a lone surrogate).")
    return value if type(value) is str else str.__str__(value)


def _number(value: int, _depth: int) -> Value:
    if not -_INT64 <= value < _INT64:
        raise Refused("A number does not fit 64 bits.")
    return int(value)


def _instant(value: datetime, _depth: int) -> Value:
    if value.utcoffset() is None:
        raise Refused("An instant lacks its time zone.")
    try:
        return value if type(value) is datetime and value.tzinfo is UTC else _utc(value)
    except OverflowError as error:
        raise Refused("An instant lies outside the years 1 to 9999.") from error


def _utc(value: datetime) -> datetime:
    moved = value.astimezone(UTC)
    return datetime(
        moved.year, moved.month, moved.day, moved.hour, moved.minute, moved.second, moved.microsecond, tzinfo=UTC
    )


def _list(value: list[Value], depth: int) -> Value:
    _check_depth(depth)
    if any(isinstance(inner, list) for inner in value):
        raise Refused("A list can not hold a list.")
    return [_plain(inner, depth + 1) for inner in value]


def _map(value: dict[object, Value], depth: int) -> Value:
    _check_depth(depth)
    for name in value:
        if not _map_name(name):
            raise Refused("A map has a key that is not allowed.")
    return {str(name): _plain(inner, depth + 1) for name, inner in value.items()}


def _check_depth(depth: int) -> None:
    if depth >= DEPTH:
        raise Refused(f"Maps and lists lie more than {DEPTH} deep.")


@lru_cache(maxsize=4096)
def _map_name(name: object) -> bool:
    if not isinstance(name, str) or not name or _reserved(name):
        return False
    size = _utf8_size(name)
    return size is not None and size <= NAME_BYTES


def _reserved(name: str) -> bool:
    return name.startswith("__") and name.endswith("__") and len(name) > 3  # noqa: PLR2004 (Firestore's `__.*__`)


def _utf8_size(text: str) -> int | None:
    try:
        return len(text.encode())
    except UnicodeEncodeError:
        return None


_CHECKS: Final[dict[type, Callable[[Any, int], Value]]] = {
    type(None): _as_it_is,
    bool: _as_it_is,
    str: _text,
    int: _number,
    bytes: lambda value, _depth: bytes(value),
    datetime: _instant,
    list: _list,
    dict: _map,
}
