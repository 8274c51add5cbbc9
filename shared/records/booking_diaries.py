"""Diaries: what each staff member and room has given away, one small document each; a projection, never the lock.

Blocked time is the exception: it stands here alone. Every booking writes the diary with compare-and-set, so that none
can slip in under a block, nor a block over a booking unseen.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from shared.domain.booking.atoms import instant
from shared.domain.booking.bookings import Booking
from shared.ports.store import Create, Document, Replace, Store, Value, Write
from shared.records.sealing import SCHEMA

COLLECTION: Final = "diaries"


@dataclass(slots=True)
class Diary:
    """One resource's meetings ahead: booking id → [first quarter, quarters, end of the hold in seconds or 0].

    `blocks` are its blocked times: block id → [first quarter, quarters].
    """

    resource: str
    rev: int = 0
    kept: dict[str, list[int]] = field(default_factory=dict)
    blocks: dict[str, list[int]] = field(default_factory=dict)

    def enter(self, booking: Booking, *, held: bool) -> None:
        """The meeting takes its quarters here."""
        there = booking.place.quarters
        self.kept[booking.id] = [there.start, len(there), int(booking.held_until.timestamp()) if held else 0]

    def strike(self, booking: str) -> None:
        """The meeting takes nothing here any more."""
        self.kept.pop(booking, None)

    def block(self, id: str, span: range) -> None:
        """Nobody books these quarters until `unblock`."""
        self.blocks[id] = [span.start, len(span)]

    def unblock(self, id: str) -> None:
        """The block is gone."""
        self.blocks.pop(id, None)

    def is_blocked(self, span: range) -> bool:
        """Whether any of the quarters is blocked."""
        return any(first < span.stop and span.start < first + count for first, count in self.blocks.values())

    def taken(self, now: datetime) -> list[range]:
        """The quarters that are given away; those of a hold whose time is over are free."""
        seconds = now.timestamp()
        meetings = [range(one[0], one[0] + one[1]) for one in self.kept.values() if not one[2] or seconds < one[2]]
        return meetings + [range(one[0], one[0] + one[1]) for one in self.blocks.values()]

    def write(self, now: datetime) -> Write:
        """The diary without what is over; fails with `Conflict` or `AlreadyExists` when it was written meanwhile."""
        ahead: dict[str, Value] = {id: [*one] for id, one in self.kept.items() if instant(one[0] + one[1]) > now}
        blocks: dict[str, Value] = {id: [*one] for id, one in self.blocks.items() if instant(one[0] + one[1]) > now}
        fields: dict[str, Value] = {"kept": ahead, "blocks": blocks, "schema": SCHEMA}
        if self.rev:
            return Replace(COLLECTION, self.resource, self.rev, fields)
        return Create(COLLECTION, self.resource, fields)


def diaries(store: Store, resources: Iterable[str]) -> dict[str, Diary]:
    """The diaries of these resources, empty ones where nothing was ever booked. One read each."""
    ids: Sequence[str] = sorted(set(resources))
    found: Mapping[str, Document] = store.get_many(COLLECTION, ids)
    return {id: _read(id, found.get(id)) for id in ids}


def _read(id: str, document: Document | None) -> Diary:
    if document is None:
        return Diary(id)
    kept: Any = document.fields["kept"]
    blocks: Any = document.fields.get("blocks") or {}
    return Diary(id, document.rev, dict(kept), dict(blocks))  # whole entries are set and struck, none is changed
