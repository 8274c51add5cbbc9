"""Cursors: where a page ended, as text that may stand in a URL.

A cursor holds the order value and the id of the last document and a digest of the shape and the equality values, never
those values themselves: they may be a person's index. It is not secret and gives no access; it is only checked to be
one of ours and to belong to the query it is used with.
"""

import base64
import binascii
from collections.abc import Mapping
from hashlib import blake2b
from typing import Final

from shared.adapters import ordered_keys
from shared.adapters.document_limits import NAME_BYTES, possible_id
from shared.adapters.query_shapes import Place, QueryShapes
from shared.domain.queries import Shape
from shared.ports.store import Document, Refused, Value

_DIGEST: Final = 6
_LONGEST: Final = 2 * (2 * ordered_keys.INDEXED_BYTES + NAME_BYTES)


def write(shape: Shape, prefix: bytes, last: Place) -> str:
    """The cursor that continues after `last`; `prefix` is the encoding of the query's equality values."""
    raw = _digest(shape, prefix) + last.key[len(prefix) :] + last.id.encode()
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def after(shapes: QueryShapes, shape: Shape, equals: Mapping[str, Value], document: Document) -> str:
    """The cursor that continues after a document that a query with these values has found."""
    prefix = shapes.span(shape, equals, None, None).prefix
    return write(shape, prefix, Place(prefix + ordered_keys.encode(document.fields[shape.order]), document.id))


def read(cursor: str, shape: Shape, prefix: bytes) -> Place:
    """The place a cursor tells; `Refused` when it is no cursor of this query."""
    raw = _raw(cursor)
    if raw[:_DIGEST] != _digest(shape, prefix):
        raise Refused("The cursor belongs to another query.")
    tail = raw[_DIGEST:]
    try:
        _, rest = ordered_keys.decode(tail)
        id = rest.decode()
    except ValueError as error:
        raise Refused("The cursor is damaged.") from error
    if not possible_id(id):
        raise Refused("The cursor is damaged.")
    return Place(prefix + tail[: len(tail) - len(rest)], id)


def _raw(cursor: str) -> bytes:
    if len(cursor) > _LONGEST:
        raise Refused("The cursor is damaged.")
    try:
        return base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError) as error:
        raise Refused("The cursor is damaged.") from error


def _digest(shape: Shape, prefix: bytes) -> bytes:
    return blake2b(shape.name.encode() + b"\x00" + prefix, digest_size=_DIGEST).digest()
