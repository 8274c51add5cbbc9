"""Sealing the parts of a document: one blob per sensitivity class, bound to where it lies."""

import json
import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from shared.domain.ids import KeyId
from shared.ports.keys import Cipher, Tampered
from shared.ports.store import Document, Value

SCHEMA: Final = 1
_STEP: Final = 256
"""Blobs are padded to multiples of this many bytes, so that their length tells little (security practice)."""
_LONG: Final = 2048
"""Bytes from which squeezing pays. Who could guess by lengths writes the whole part: there is nothing to guess."""


class Sealing:
    """Seals and opens the parts of documents of one tenant."""

    def __init__(self, cipher: Cipher, tenant: str) -> None:
        self._cipher = cipher
        self._tenant = tenant

    def seal(self, where: tuple[str, str, int], key: KeyId, parts: Mapping[str, object]) -> dict[str, Value]:
        """The parts (class → JSON-like value) sealed for the document `where` = (collection, id, rev)."""
        return {
            part: self._cipher.seal(key, _packed(value), self._place(where, part, SCHEMA))
            for part, value in parts.items()
        }

    def open(self, document: Document, key: KeyId, parts: Sequence[str]) -> dict[str, Any]:
        """Those parts of the document, opened; raises `Tampered` or `KeyGone`, never gives an empty part instead."""
        sealed, schema = document.fields["sealed"], document.fields["schema"]
        where = (document.collection, document.id, document.rev)
        if not isinstance(sealed, Mapping) or not isinstance(schema, int):
            raise Tampered(document.collection)
        opened = {}
        for part in parts:
            blob = sealed.get(part)
            if not isinstance(blob, bytes):
                raise Tampered(document.collection)
            opened[part] = json.loads(_unpacked(self._cipher.open(key, blob, self._place(where, part, schema))))
        return opened

    def _place(self, where: tuple[str, str, int], part: str, schema: int) -> tuple[str, ...]:
        collection, id, rev = where
        return (self._tenant, collection, id, part, str(schema), str(rev))


def _packed(value: object) -> bytes:
    """As JSON text; a long one, most of it the words of a form, is squeezed to a third: fewer bytes to write."""
    plain = _ENCODER.encode(value).encode()
    if len(plain) > _LONG:
        plain = zlib.compress(plain, level=1)
    return plain + b" " * (-len(plain) % _STEP)


def _unpacked(plain: bytes) -> bytes:
    """The JSON text; what zlib has squeezed begins with an x, as no JSON text does (RFC 1950, 2.2)."""
    return zlib.decompressobj().decompress(plain) if plain.startswith(b"x") else plain


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    raise TypeError(type(value).__name__)


_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_plain)
