"""Values as bytes that sort as Firestore sorts values, so that an index is a sorted list of bytes.

None < bool < number < instant < text < bytes; texts by their UTF-8 bytes. An encoding ends where it says it ends, so
encodings may be joined: ("a", "bc") never looks like ("ab", "c").
"""

from datetime import UTC, datetime, timedelta
from typing import Final

from shared.ports.store import Refused, Value

VERSION: Final = 1
"""Rises when an encoding changes; keepers then build their indexes anew."""

INDEXED_BYTES: Final = 1500
"""Firestore cuts longer values in its indexes; here they are refused."""

ABOVE_ALL: Final = b"\xff"
"""Sorts after every encoding."""

_NONE: Final = b"\x05"
_BOOL: Final = b"\x10"
_NUMBER: Final = b"\x20"
_INSTANT: Final = b"\x30"
_TEXT: Final = b"\x40"
_BYTES: Final = b"\x50"

_FALSE: Final = _BOOL + b"\x00"
_TRUE: Final = _BOOL + b"\x01"
_MIDDLE: Final = 1 << 63
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND: Final = timedelta(microseconds=1)
_END: Final = b"\x00\x01"
_ZERO: Final = b"\x00\xff"


def encode(value: Value) -> bytes:
    """The sortable encoding of one plain value; `Refused` for lists, maps and more than 1500 bytes."""
    if isinstance(value, str):
        return _TEXT + _escaped(value.encode())
    if isinstance(value, datetime):
        return _INSTANT + ((value - _EPOCH) // _MICROSECOND + _MIDDLE).to_bytes(8, "big")
    if value is None:
        return _NONE
    if isinstance(value, bool):
        return _TRUE if value else _FALSE
    if isinstance(value, int):
        return _NUMBER + (value + _MIDDLE).to_bytes(8, "big")
    if isinstance(value, bytes):
        return _BYTES + _escaped(value)
    raise Refused(f"A query can not look for a {type(value).__name__}.")


def decode(encoded: bytes) -> tuple[Value, bytes]:
    """The first value of `encoded` and the bytes after it; ValueError when it is none."""
    kind, rest = encoded[:1], encoded[1:]
    if kind == _NONE:
        return None, rest
    if kind == _BOOL and rest[:1] in {b"\x00", b"\x01"}:
        return rest[:1] == b"\x01", rest[1:]
    if kind in {_NUMBER, _INSTANT} and len(rest) >= 8:  # noqa: PLR2004 (64 bits)
        return _counted(kind, int.from_bytes(rest[:8], "big") - _MIDDLE), rest[8:]
    if kind in {_TEXT, _BYTES}:
        raw, rest = _unescaped(rest)
        return (raw if kind == _BYTES else raw.decode()), rest
    raise ValueError("not an encoded value")


def kind_of(encoded: bytes) -> bytes:
    """The first byte, the same for all values of a type: what sorts first among them."""
    return encoded[:1]


def after_kind(kind: bytes) -> bytes:
    """What sorts directly after all values of a type."""
    return bytes([kind[0] + 1])


def _counted(kind: bytes, number: int) -> Value:
    if kind == _NUMBER:
        return number
    try:
        return _EPOCH + timedelta(microseconds=number)
    except OverflowError as error:
        raise ValueError("not an instant") from error


def _escaped(raw: bytes) -> bytes:
    if len(raw) > INDEXED_BYTES:
        raise Refused(f"A value that queries look for is longer than {INDEXED_BYTES} bytes.")
    return (raw.replace(b"\x00", _ZERO) if b"\x00" in raw else raw) + _END


def _unescaped(rest: bytes) -> tuple[bytes, bytes]:
    end = rest.find(_END)  # an escaped zero is followed by 0xff, so the first end is the end
    if end < 0:
        raise ValueError("no end")
    return rest[:end].replace(_ZERO, b"\x00"), rest[end + 2 :]
