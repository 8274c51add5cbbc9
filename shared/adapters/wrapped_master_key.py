"""The master key of an installation in the cloud: 32 random bytes beside the other keys, wrapped in Cloud KMS.

It is opened once per process, when that starts. Why so, and what is lost with the key in Cloud KMS: decision 17.
"""

import secrets
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import Final, Protocol

from shared import log
from shared.adapters.cannot_open import NoKeys, NoMasterKey
from shared.adapters.cloud_kms import Opened
from shared.ports.store import AlreadyExists, Conflict, Create, Document, NotFound, Replace, Store, Unavailable

MASTER_KEYS: Final = "master_keys"
ID: Final = "master"
_BYTES: Final = 32
_FIELD: Final = "wrapped"


class Wrapping(Protocol):
    """What wraps: `NoMasterKey` when it refuses, `Unavailable` when it does not answer."""

    def wrap(self, plain: bytes, place: Sequence[str], /) -> bytes:
        """`plain`, to be opened for the same place only."""
        ...

    def unwrap(self, wrapped: bytes, place: Sequence[str], /) -> Opened:
        """What was wrapped."""
        ...


def wrapped_master_key(keys: Store, wrapping: Wrapping, tenant: str, has_data: Callable[[], bool]) -> bytes:
    """The master key of the board; made when there is none. Of several who make it at once one wins for all.

    When another version of the wrapping key wraps today, the master key is wrapped anew by it. Raises `NoKeys` when
    the installation `has_data` and no master key: a new one would open nothing and take everybody for somebody new.
    """
    place = (tenant, MASTER_KEYS, ID)
    document = keys.get(MASTER_KEYS, ID)
    if document is None:
        if has_data():
            raise NoKeys("The documents are there without their keys; put the database of the keys back first.")
        return _made(keys, wrapping, place) or wrapped_master_key(keys, wrapping, tenant, has_data)
    opened = wrapping.unwrap(_blob(document), place)
    if len(opened.plain) != _BYTES:
        raise NoMasterKey("What lies in the place of the master key is none.")
    if not opened.newest:
        _wrap_anew(keys, wrapping, place, document, opened.plain)
    return opened.plain


def _made(keys: Store, wrapping: Wrapping, place: Sequence[str]) -> bytes | None:
    """A new master key; None when another was made meanwhile."""
    master = secrets.token_bytes(_BYTES)
    try:
        keys.commit([Create(MASTER_KEYS, ID, {_FIELD: _wrapped(wrapping, place, master)})])
    except AlreadyExists:
        return None
    return master


def _wrap_anew(keys: Store, wrapping: Wrapping, place: Sequence[str], document: Document, master: bytes) -> None:
    """Let the old version of the wrapping key be needed no longer; the next start tries again if this does not work."""
    try:
        fields = {_FIELD: _wrapped(wrapping, place, master)}
        with suppress(Conflict, NotFound):  # another process did the same
            keys.commit([Replace(MASTER_KEYS, ID, document.rev, fields)])
    except (NoMasterKey, Unavailable) as error:
        log.alarm("keys.not_wrapped_anew", error)


def _wrapped(wrapping: Wrapping, place: Sequence[str], master: bytes) -> bytes:
    """Wrapped, and opened again to be sure: it will be the only copy there is."""
    wrapped = wrapping.wrap(master, place)
    if wrapping.unwrap(wrapped, place).plain != master:
        raise Unavailable("What the key service wrapped it does not open.")
    return wrapped


def _blob(document: Document) -> bytes:
    blob = document.fields.get(_FIELD)
    if not isinstance(blob, bytes):
        raise NoMasterKey("What lies in the place of the master key is none.")
    return blob
