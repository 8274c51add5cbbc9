"""A document as text: JSON that a person can still read when this product is gone.

JSON knows neither bytes nor instants; they are written as {"__b__": base64} and {"__t__": ISO 8601}, names that no map
may have. The same text lies in SQLite and in the memory fake, so both give back exactly the same values.
"""

import json
from binascii import a2b_base64, b2a_base64
from datetime import datetime
from typing import Any, Final

from shared.adapters.document_limits import DOCUMENT_BYTES, NAME_ALLOWANCE, check_size
from shared.ports.store import Value

_MOST_BYTES_PER_CHARACTER: Final = 4


def encode(fields: dict[str, Value]) -> str:
    """Plain fields (`document_limits.plain_fields`) as text; `Refused` above 900 KiB."""
    body = _ENCODER.encode(fields)
    # No value takes more bytes in Firestore than four times its characters here, so small documents need no counting.
    if len(body) * _MOST_BYTES_PER_CHARACTER + NAME_ALLOWANCE > DOCUMENT_BYTES:
        check_size(fields)
    return body


def decode(body: str) -> dict[str, Value]:
    """The fields of an encoded document; instants are aware UTC."""
    fields: dict[str, Value] = _DECODER.decode(body)
    return fields


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
