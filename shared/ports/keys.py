"""The promises of what keeps data keys, and of what seals with them; errors are also those of the store."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from shared.domain.ids import KeyId


@dataclass(frozen=True, slots=True)
class MadeKey:
    """A key that exists, and whom it was made for; never the key itself."""

    id: KeyId
    owner: str


@dataclass(frozen=True, slots=True)
class MadeKeys:
    """One page of keys, oldest first: `cursor` continues after the last and is None at the end."""

    keys: Sequence[MadeKey]
    cursor: str | None


class KeyRing(Protocol):
    """Data keys: each belongs to one akt (or draft or purpose) and one retention class, in a store of its own."""

    def create(self, owner: str, retention: str) -> KeyId:
        """Make and durably store a new data key before its first data. One commit of its own."""
        ...

    def create_many(self, owner: str, retention: str, count: int) -> list[KeyId]:
        """The same for so many keys (1..100), all in one commit."""
        ...

    def load(self, ids: Sequence[KeyId]) -> None:
        """Fetch these keys in one call, so that `Cipher` finds them; unknown ids raise `KeyGone` when used."""
        ...

    def prolong(self, id: KeyId, retention: str) -> None:
        """Move the key to a class that is kept longer; done before the data commit that needs it."""
        ...

    def erase(self, id: KeyId) -> None:
        """Delete the key: what it sealed can never be read again. A second call does nothing."""
        ...

    def made(self, before: datetime, cursor: str | None = None) -> MadeKeys:
        """Keys made before this instant, oldest first, at most 100 at a time. `Refused` for a cursor that is none."""
        ...


class KeyGone(Exception):
    """The data key does not exist (erased, or never made)."""


class Tampered(Exception):
    """A sealed blob does not belong where it lies, or was changed. Never shown as an empty field."""


class Cipher(Protocol):
    """Sealing with AES-256-GCM under a key of the ring, bound to where the blob lies."""

    def seal(self, key: KeyId, plain: bytes, place: Sequence[str]) -> bytes:
        """Seal; `place` (tenant, collection, id, class, schema, rev) is length-prefixed associated data."""
        ...

    def open(self, key: KeyId, sealed: bytes, place: Sequence[str]) -> bytes:
        """Open, or raise `Tampered` or `KeyGone`."""
        ...

    def index(self, purpose: str, value: str) -> str:
        """Keyed blind index (HMAC-SHA-256 under a key per purpose, 32 hex digits) of a normalised value."""
        ...
