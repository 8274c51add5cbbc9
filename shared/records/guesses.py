"""Tries of codes from one client, counted before they are looked at: many at once are still as many."""

from typing import Any, Final

from shared.domain.guessing import FORGOTTEN, Guesses
from shared.ports.store import AlreadyExists, Conflict, Create, Delete, NotFound, Replace, Value, Write
from shared.records.day_seals import COLLECTION, GUESSES
from shared.records.vault import Vault

_TRIES: Final = 30
"""So many of the same client may be faster."""


class ClientGuesses:
    """`client` is what tells one browser's network from another's; what is kept of it is a keyed hash, for an hour."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._cipher = vault.cipher
        self._clock = vault.clock

    def may_try(self, client: str) -> bool:
        """Whether the client's next try is looked at, which counts it; False while it has to wait.

        Raises `Conflict` when others of the same client were faster thirty times.
        """
        id = self._id(client)
        for _ in range(_TRIES):
            document, now = self._store.get(COLLECTION, id), self._clock.now()
            fields: Any = {} if document is None else document.fields
            known = Guesses(fields.get("count", 0), fields.get("last"))
            if known.wait(now) is not None:
                return False
            after = known.tried(now)
            kept: dict[str, Value] = {
                "kind": GUESSES, "count": after.count, "last": after.last, "expires_at": now + FORGOTTEN
            }  # fmt: skip
            write: Write = Create(COLLECTION, id, kept)
            if document is not None:
                write = Replace(COLLECTION, id, document.rev, kept)
            try:
                self._store.commit([write])
            except (AlreadyExists, Conflict, NotFound):
                continue
            return True
        raise Conflict(COLLECTION)

    def forget(self, client: str) -> None:
        """The client was right: what it tried before counts no more."""
        self._store.commit([Delete(COLLECTION, self._id(client))])

    def _id(self, client: str) -> str:
        return f"guesses-{self._cipher.index('guesses', client)}"
