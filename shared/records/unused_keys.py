"""Keys that nothing uses: a crash between a key and its data, or between data that go and their key, leaves one behind.

A key is made just before its data, so one without data after a day has none to come. Every key is looked at about
once an hour, or as often as a hundred in each run allow. In doubt a key is kept.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Final

from shared import log
from shared.domain.queries import CASES_OF_AKT, DRAFTS_OF_OWNER, SESSIONS_EXPIRED
from shared.ports.clock import Clock
from shared.ports.keys import KeyRing, MadeKey
from shared.ports.store import AlreadyExists, Conflict, Create, Document, Page, Refused, Replace, Store
from shared.records.day_seals import KEY
from shared.records.left_files import LeftFiles
from shared.records.safe_channel_rows import COLLECTION, KEY_OWNER
from shared.records.sealing import SCHEMA

AGE: Final = timedelta(hours=24)
"""How old a key without data is before it goes; between a key and its data lie seconds."""
ROUND: Final = timedelta(hours=1)
MANY: Final = 20
"""More unused keys than this among a hundred are not left by crashes: the store itself is not the one that was."""
_PAGE: Final = 100
_DRAFT: Final = "draft:"
_OF_ONE: Final = {"meeting:": "bookings", KEY_OWNER: COLLECTION}
"""Owners that are one document: what their ids begin with, and the collection."""
_SESSIONS: Final = "sessions"
_AKT_ID: Final = 32


class UnusedKeys:
    """Walks through the keys by age, one page per run, and erases those that no document names."""

    def __init__(self, store: Store, ring: KeyRing, left: LeftFiles, clock: Clock) -> None:
        self._store = store
        self._ring = ring
        self._left = left
        self._clock = clock

    def sweep(self) -> int:
        """Look at the next 100 keys, unless the last round is less than an hour old; how many were erased."""
        now, before = self._clock.now(), self._store.get("sweeps", "keys")
        began_at, cursor = _place(before)
        if cursor is None:
            if began_at is not None and now - began_at < ROUND:
                return 0
            began_at = now
        try:
            page = self._ring.made(now - AGE, cursor)
        except Refused:
            page = self._ring.made(now - AGE)  # the store has another form of cursors now: from the beginning
        erased = self._erase(self._unused(page.keys))
        self._remember(before, {"began_at": began_at, "cursor": page.cursor, "schema": SCHEMA})
        return erased

    def _unused(self, keys: Iterable[MadeKey]) -> list[MadeKey]:
        owners = {one.owner for one in keys}
        used = {owner: self._used_by(owner) for owner in sorted(owners)}
        return [one for one in keys if (known := used[one.owner]) is not None and one.id not in known]

    def _used_by(self, owner: str) -> set[str] | None:
        """The keys that the owner's documents name, or None when they can not all be seen at once."""
        if owner == _SESSIONS:
            return _keys(self._store.query(SESSIONS_EXPIRED, {"kind": KEY}, limit=_PAGE))
        if owner.startswith(_DRAFT):
            found = self._store.query(DRAFTS_OF_OWNER, {"owner": owner.removeprefix(_DRAFT)}, limit=_PAGE)
            return _keys(found)
        for beginning, collection in _OF_ONE.items():
            if owner.startswith(beginning):
                return self._of_one(collection, owner.removeprefix(beginning))
        if self._left.owns(owner):
            return self._left.keys_of(owner)
        if len(owner) != _AKT_ID:
            return None
        cases = _keys(self._store.query(CASES_OF_AKT, {"akt": owner}, limit=_PAGE))
        return None if cases is None else cases | self._of_the_person(owner)

    def _of_the_person(self, akt: str) -> set[str]:
        document = self._store.get("akter", akt)
        person = None if document is None else self._store.get("persons", str(document.fields["person"]))
        return set() if person is None else {str(person.fields["key"])}

    def _of_one(self, collection: str, id: str) -> set[str]:
        document = self._store.get(collection, id)
        key = None if document is None else document.fields.get("key")
        return set() if key is None else {str(key)}

    def _erase(self, unused: list[MadeKey]) -> int:
        if len(unused) > MANY:
            log.alarm("keys.many_unused", count=len(unused))
            return 0
        for one in unused:
            if self._left.owns(one.owner):
                self._left.let_go(one.owner)  # before the key: a file is found by its key alone
            self._ring.erase(one.id)
        if unused:
            log.info("keys.unused", count=len(unused))
        return len(unused)

    def _remember(self, before: Document | None, fields: dict[str, Any]) -> None:
        try:
            self._store.commit(
                [Replace("sweeps", "keys", before.rev, fields) if before else Create("sweeps", "keys", fields)]
            )
        except (AlreadyExists, Conflict):
            return  # two sweeps at once have looked at the same keys


def _place(before: Document | None) -> tuple[datetime | None, str | None]:
    """When the present round began, and where it goes on (None: it is done)."""
    if before is None:
        return None, None
    fields: Any = before.fields
    return fields["began_at"], fields["cursor"]


def _keys(page: Page) -> set[str] | None:
    return None if page.cursor else {str(one.fields["key"]) for one in page.documents}
