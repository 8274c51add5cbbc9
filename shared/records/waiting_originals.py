"""Decisions whose original could not be made at once: each sweep makes some of them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Final

from shared import log
from shared.domain.ids import ItemId
from shared.domain.queries import DECISIONS_MADE
from shared.ports.clock import Clock
from shared.ports.store import AlreadyExists, Conflict, Create, Document, Replace, Store, Value
from shared.records.originals import Originals
from shared.records.sealing import SCHEMA

MANY: Final = 20
"""Originals made in one run: some seconds."""
_PAGE: Final = 100
_SETTLED: Final = timedelta(minutes=2)
"""A decision this old is not having its original made by the one who has just signed it."""


@dataclass(frozen=True, slots=True)
class _Place:
    """How far decisions have been looked at, and which of them still lack their original."""

    checked_to: datetime | None = None
    waiting: tuple[str, ...] = ()
    rev: int = 0


class WaitingOriginals:
    """Looks at each decision once, and again at those without an original until they have one."""

    def __init__(self, store: Store, originals: Originals, clock: Clock) -> None:
        self._store = store
        self._originals = originals
        self._clock = clock

    def make(self) -> int:
        """Make what waits, at most 20 in a run; how many were made. Raises `Unavailable` without a store."""
        document = self._store.get("sweeps", "originals")
        before = _Place() if document is None else _read(document)
        after = before if len(before.waiting) >= _PAGE else self._looked_on(before)
        if not after.waiting:
            return self._remember(before, after, 0)
        if reason := self._originals.refusal():
            log.warn("originals.waiting", count=len(after.waiting), code=reason.value)
            return self._remember(before, after, 0)
        tried = after.waiting[:MANY]
        failed = [id for id in tried if self._originals.make(ItemId(id)) is None]
        left = (*after.waiting[MANY:], *failed)
        return self._remember(before, replace(after, waiting=left), len(tried) - len(failed))

    def _looked_on(self, place: _Place) -> _Place:
        """The next page of decisions, those without an original added to the waiting."""
        until = self._clock.now() - _SETTLED
        if place.checked_to is not None and until <= place.checked_to:
            return place
        page = self._store.query(DECISIONS_MADE, {}, limit=_PAGE, start=place.checked_to, stop=until)
        lacking = self._lacking(page.documents)
        waiting = tuple(dict.fromkeys((*place.waiting, *lacking)))
        return replace(place, waiting=waiting, checked_to=until if page.cursor is None else _last(page.documents))

    def _lacking(self, decisions: Sequence[Document]) -> list[str]:
        ids = [one.id for one in decisions]
        made = self._store.get_many("originals", ids) if ids else {}
        return [id for id in ids if id not in made]

    def _remember(self, before: _Place, after: _Place, made: int) -> int:
        """Keep the place unless nothing has come of the run; two runs at once are harmless."""
        if after == before:
            return made
        fields: dict[str, Value] = {"checked_to": after.checked_to, "waiting": list(after.waiting), "schema": SCHEMA}
        try:
            self._store.commit(
                [
                    Replace("sweeps", "originals", before.rev, fields)
                    if before.rev
                    else Create("sweeps", "originals", fields)
                ]
            )
        except (AlreadyExists, Conflict):
            log.info("sweep.overtaken")
        return made


def _read(document: Document) -> _Place:
    fields: Any = document.fields
    return _Place(fields["checked_to"], tuple(fields["waiting"]), document.rev)


def _last(decisions: Sequence[Document]) -> datetime:
    decided = decisions[-1].fields["decided_at"]
    if not isinstance(decided, datetime):
        raise TypeError("decided_at")
    return decided
