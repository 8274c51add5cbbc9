"""The directory as this process knows it: seeded once from the file, and never older than the head that was read last.

The head is one small document that every change replaces: its number tells whether anything has changed since. It lies
beside the sessions, so that a request gets its session and the head in one call, and somebody who was removed is
out at the next click in every process. Only rows that have changed are read anew.
"""

from collections.abc import Callable, ItemsView, Iterator, Mapping, ValuesView
from dataclasses import replace
from datetime import date, datetime, timedelta
from threading import Lock
from typing import Any, Final, TypeVar

from shared import log
from shared.domain.calendar import local_date
from shared.domain.directory import Directory, Entity, seed
from shared.domain.ids import KeyId
from shared.domain.municipality import Municipality
from shared.domain.principals import SYSTEM
from shared.domain.queries import DIRECTORY_SINCE
from shared.domain.retention import Retention
from shared.ports.store import AlreadyExists, Document, Store, StoreError
from shared.records.day_seals import COLLECTION as HEADS
from shared.records.directory_head import head_row, read_head
from shared.records.directory_rows import entity_row, read_entity
from shared.records.vault import Vault

HEAD: Final = "directory"
OWNER: Final = "directory"
LATELY: Final = timedelta(minutes=1)
"""How old the directory may be where nobody's rights rest on it: the phone number on a page for everybody."""
PATIENCE: Final = timedelta(seconds=10)
"""How long a page for everybody does without a store that has just failed, rather than wait for it again."""
_K = TypeVar("_K")
_V = TypeVar("_V")


class DirectoryStore:
    """Reads the directory; `base` is the municipality file's version of today, and what an empty store begins with."""

    def __init__(self, vault: Vault, base: Callable[[], Municipality]) -> None:
        self._vault = vault
        self._store: Store = vault.store
        self._base = base
        self._lock = Lock()
        self._known: Directory | None = None
        self._key: KeyId | None = None
        self._looked_at: datetime | None = None
        self._failed_at: datetime | None = None
        self._last_shown: tuple[Directory, Municipality, date, Municipality] | None = None

    def present(self) -> Municipality:
        """The municipality as of now; raises `Unavailable` without a store. One read, rows only after a change."""
        return self.as_of(self._store.get(HEADS, HEAD))

    def as_of(self, head: Document | None) -> Municipality:
        """The same when the head has been read already (None: it was not there)."""
        return self._shown(self.whole(head))

    def whole(self, head: Document | None) -> Directory:
        """Everybody there is or has been, at least as new as `head`."""
        chain, key = read_head(head or self._seed())
        known = self._known if self._key == key else None  # another key is another store: emptied, or restored
        if known is None or known.number < chain.number:
            known = self._caught_up(known or Directory(), chain.number, key)
        self._looked_at = self._vault.clock.now()
        return known

    def look_again(self) -> None:
        """Something has been written: what pages show next is as new as that."""
        self._looked_at = None

    def in_use(self) -> Municipality:
        """The municipality for pages: asks the store only when somebody looks at a unit, a person or an organisation.

        What it then finds is at most a minute old, and exact in a request that has read its session. Without a store it
        is the last that was known, else the file: no right may rest on it.
        """
        return replace(
            self._base(),
            units=_Awaited(lambda: self._lately().units),
            staff=_Awaited(lambda: self._lately().staff),
            organisations=_Awaited(lambda: self._lately().organisations),
            former=_Awaited(lambda: self._lately().former),
        )

    def _lately(self) -> Municipality:
        known, now = self._known, self._vault.clock.now()
        if known is not None and self._looked_at is not None and now - self._looked_at < LATELY:
            return self._shown(known)
        if self._failed_at is None or now - self._failed_at >= PATIENCE:
            try:
                return self.present()
            except StoreError as error:
                self._failed_at = now
                log.warn("directory.unavailable", error=type(error).__name__)
        return self._base() if known is None else self._shown(known)

    def _shown(self, directory: Directory) -> Municipality:
        asked = (directory, self._base(), local_date(self._vault.clock.now()))
        shown = self._last_shown
        if shown is None or shown[0] is not directory or shown[1:3] != asked[1:]:
            shown = self._last_shown = (*asked, directory.present(asked[1], asked[2]))
        return shown[3]

    def _caught_up(self, known: Directory, number: int, key: KeyId) -> Directory:
        """`known` with every row that has changed since, in pages of 100."""
        self._vault.ring.load([key])
        sealing, cursor = self._vault.sealing, None
        while True:
            page = self._store.query(
                DIRECTORY_SINCE, {}, limit=DIRECTORY_SINCE.page, start=known.number + 1, cursor=cursor
            )
            found = [read_entity(one, sealing) for one in page.documents]
            known = replace(known.holding(*found), number=known.number)
            cursor = page.cursor
            if cursor is None:
                break
        known = replace(known, number=number)
        with self._lock:
            if self._known is None or self._key != key or self._known.number <= number:
                self._known, self._key = known, key
            return self._known

    def _seed(self) -> Document:
        """Write what the file says, once for all processes; the head that then stands there."""
        from shared.domain.directory_changes import DirectoryAction
        from shared.records.directory_trail import first_entry

        key = self._vault.ring.create(OWNER, Retention.DIRECTORY)
        directory = seed(self._base())
        entities: list[Entity] = [
            *directory.units.values(),
            *directory.staff.values(),
            *directory.organisations.values(),
        ]
        audited, entry = first_entry(DirectoryAction.SEEDED, SYSTEM, self._vault.clock.now(), len(entities))
        head = head_row(HEADS, HEAD, 0, audited, key)
        rows = [entity_row(one, 0, audited.number, key) for one in entities]
        try:
            self._store.commit(
                [head.write(self._vault.sealing), entry, *(row.write(self._vault.sealing) for row in rows)]
            )
        except AlreadyExists:
            there = self._head()
            if read_head(there)[1] != key:  # another process was first; ours has sealed nothing that stands
                self._vault.ring.erase(key)
            return there
        return self._head()

    def _head(self) -> Document:
        found = self._store.get(HEADS, HEAD)
        if found is None:
            raise LookupError(HEAD)
        return found


class _Awaited(Mapping[_K, _V]):
    """A mapping that is fetched when somebody looks into it."""

    def __init__(self, fetch: Callable[[], Mapping[_K, _V]]) -> None:
        self._fetch = fetch

    def __getitem__(self, key: _K) -> _V:
        return self._fetch()[key]

    def __iter__(self) -> Iterator[_K]:
        return iter(self._fetch())

    def __len__(self) -> int:
        return len(self._fetch())

    def values(self) -> ValuesView[_V]:
        """All values of one fetch."""
        return self._fetch().values()

    def items(self) -> ItemsView[_K, _V]:
        """All pairs of one fetch."""
        return self._fetch().items()

    def __or__(self, other: Mapping[Any, Any]) -> dict[Any, Any]:
        return {**self, **other}
