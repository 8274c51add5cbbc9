"""Sealing for what lives for hours only: one data key a day, so that erasing it erases the day, in backups too."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from shared import log
from shared.domain.ids import KeyId
from shared.domain.retention import Retention
from shared.ports.clock import Clock
from shared.ports.keys import KeyGone, KeyRing, Tampered
from shared.ports.store import AlreadyExists, Create, Document, Store, Value, Write
from shared.records.rows import Row
from shared.records.sealing import Sealing

COLLECTION: Final = "sessions"
SESSION: Final = "session"
ATTEMPT: Final = "attempt"
PARKED: Final = "parked"
CODE: Final = "code"
GUESSES: Final = "guesses"
KEY: Final = "key"
"""The kinds of documents that expire there; the keys of old days go last."""
LIFE: Final = timedelta(days=2)
"""A session of a late evening lives into the next morning."""
_PART: Final = "content"


class DaySeals:
    """Seals and opens documents of the collection `sessions`; every instance uses the same key of the day."""

    def __init__(self, store: Store, ring: KeyRing, sealing: Sealing, clock: Clock) -> None:
        self._store = store
        self._ring = ring
        self._sealing = sealing
        self._clock = clock
        self._known: tuple[str, KeyId] | None = None

    def create(self, id: str, clear: Mapping[str, Value], content: Mapping[str, object]) -> Write:
        """The write of a new document whose `content` is sealed with today's key."""
        return Row(COLLECTION, id, 0, clear, self._today(), {_PART: content}).write(self._sealing)

    def replace(self, document: Document, clear: Mapping[str, Value], content: Mapping[str, object]) -> Write:
        """The write of a document that was opened before, sealed with the key it has."""
        return Row(COLLECTION, document.id, document.rev, clear, _key(document), {_PART: content}).write(self._sealing)

    def open(self, document: Document) -> Mapping[str, Any] | None:
        """The content, or None when its key is erased or it was changed from outside (which alarms)."""
        try:
            self._ring.load([_key(document)])
            opened: Mapping[str, Any] = self._sealing.open(document, _key(document), (_PART,))[_PART]
        except KeyGone:
            return None
        except Tampered as error:
            log.alarm("session.tampered", error)
            return None
        return opened

    def erase(self, document: Document) -> None:
        """Erase the key that this key document names."""
        self._ring.erase(_key(document))

    def _today(self) -> KeyId:
        now = self._clock.now()
        name = f"key-{now.date().isoformat()}"
        if self._known is None or self._known[0] != name:
            self._known = (name, self._find(name) or self._make(name, now))
        self._ring.load([self._known[1]])
        return self._known[1]

    def _find(self, name: str) -> KeyId | None:
        document = self._store.get(COLLECTION, name)
        return None if document is None else _key(document)

    def _make(self, name: str, now: datetime) -> KeyId:
        key = self._ring.create("sessions", Retention.SESSIONS)
        try:
            self._store.commit([Create(COLLECTION, name, {"kind": KEY, "key": key, "expires_at": now + LIFE})])
        except AlreadyExists:
            there = self._find(name)
            if there != key:  # another instance was first; ours has sealed nothing
                self._ring.erase(key)
            return there or self._make(name, now)
        return key


def _key(document: Document) -> KeyId:
    return KeyId(str(document.fields["key"]))
