"""A document as text: JSON that a person can still read when this product is gone.

JSON knows neither bytes nor instants; they are written as {"__b__": base64} and {"__t__": ISO 8601}, names that no map
may have. The same text lies in SQLite and in the memory fake, so both give back exactly the same values.
"""

import json
from binascii import a2b_base64, b2a_base64
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from shared.adapters.document_limits import DOCUMENT_BYTES, size_of
from shared.ports import Refused, Value

_MOST_BYTES_PER_CHARACTER: Final = 4
_NAME_ALLOWANCE: Final = 4096


def encode(fields: dict[str, Value]) -> str:
    """Plain fields (`document_limits.plain_fields`) as text; `Refused` above 900 KiB."""
    body = _ENCODER.encode(fields)
    # No value takes more bytes in Firestore than four times its characters here, so small documents need no counting.
    if len(body) * _MOST_BYTES_PER_CHARACTER + _NAME_ALLOWANCE > DOCUMENT_BYTES:
        _check_size(fields)
    return body


def decode(body: str) -> dict[str, Value]:
    """The fields of an encoded document; instants are aware UTC."""
    fields: dict[str, Value] = _DECODER.decode(body)
    return fields


def _check_size(fields: Mapping[str, Value]) -> None:
    size = size_of(dict(fields)) + _NAME_ALLOWANCE
    if size > DOCUMENT_BYTES:
        raise Refused(f"A document of {size // 1024} KiB; at most {DOCUMENT_BYTES // 1024} are allowed.")


def _tagged(value: object) -> dict[str, str]:
    if isinstance(value, bytes):
        return {"__b__": b2a_base64(value, newline=False).decode("ascii")}
    if isinstance(value, datetime):
        return {"__t__": value.isoformat()}
    raise TypeError(type(value).__name__)


def _untagged(found: dict[str, Any]) -> Any:
    if len(found) == 1:
        if "__b__" in found:
            return a2b_base64(found["__b__"])
        if "__t__" in found:
            return datetime.fromisoformat(found["__t__"])  # "+00:00" is read as UTC itself
    return found


_ENCODER: Final = json.JSONEncoder(
    ensure_ascii=False, check_circular=False, allow_nan=False, separators=(",", ":"), default=_tagged
)
_DECODER: Final = json.JSONDecoder(object_hook=_untagged)
