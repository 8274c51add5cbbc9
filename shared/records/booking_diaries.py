"""Diaries: what each staff member and room has given away, one small document each; a projection, never the lock.

Blocked time is the exception: it stands here alone. Every booking writes the diary with compare-and-set, so that none
can slip in under a block, nor a block over a booking unseen.

Free times are looked for far more often than a diary is written. So a diary is kept as they are looked for: the booked
quarters are the bits of one number, and which meeting has which stands beside as a text that only writers take apart.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from shared.domain.booking.atoms import instant
from shared.domain.booking.bookings import Booking
from shared.domain.booking.quarter_bits import Frame, Taken
from shared.ports.store import Create, Document, Replace, Store, Value, Write
from shared.records.sealing import SCHEMA

COLLECTION: Final = "diaries"


class Diary:
    """One resource's meetings ahead; `blocks` are its blocked times: block id → [first quarter, quarters]."""

    def __init__(self, resource: str, document: Document | None = None) -> None:
        self._resource = resource
        self._rev = 0 if document is None else document.rev
        fields: Any = {"kept": {}} if document is None else document.fields
        self._fields = fields
        kept = fields["kept"]
        self._kept: dict[str, list[int]] | None = dict(kept) if isinstance(kept, dict) else None
        self.blocks: dict[str, list[int]] = dict(fields.get("blocks") or {})

    @property
    def kept(self) -> dict[str, list[int]]:
        """Booking id → [first quarter, quarters, end of the hold in seconds or 0]; whole entries are set and struck."""
        if self._kept is None:
            self._kept = dict(_read(self._fields["kept"]))
        return self._kept

    def enter(self, booking: Booking, *, held: bool) -> None:
        """The meeting takes its quarters here."""
        there = booking.place.quarters
        self.kept[booking.id] = [there.start, len(there), int(booking.held_until.timestamp()) if held else 0]

    def strike(self, booking: str) -> None:
        """The meeting takes nothing here any more."""
        if self._kept is not None or booking in self._fields["kept"]:
            self.kept.pop(booking, None)

    def block(self, id: str, span: range) -> None:
        """Nobody books these quarters until `unblock`."""
        self.blocks[id] = [span.start, len(span)]

    def unblock(self, id: str) -> None:
        """The block is gone."""
        self.blocks.pop(id, None)

    def blocks_ahead(self, now: datetime) -> dict[str, list[int]]:
        """The blocks that are not over."""
        return {id: one for id, one in self.blocks.items() if instant(one[0] + one[1]) > now}

    def is_blocked(self, span: range) -> bool:
        """Whether any of the quarters is blocked."""
        return any(first < span.stop and span.start < first + count for first, count in self.blocks.values())

    def taken(self, now: datetime) -> Taken:
        """The quarters that are given away; those of a hold whose time is over are free."""
        seconds = now.timestamp()
        blocks = [range(first, first + count) for first, count in self.blocks.values()]
        if self._kept is not None:
            return Taken(spans=[*blocks, *_spans(one for one in self._kept.values() if not one[2] or seconds < one[2])])
        held: list[int] = self._fields["held"]
        holds = (held[n : n + 3] for n in range(0, len(held), 3))
        spans = [*blocks, *_spans(one for one in holds if seconds < one[2])]
        return Taken(self._fields["origin"], int(self._fields["booked"], 16), spans)

    def write(self, now: datetime) -> Write:
        """The diary without what is over; fails with `Conflict` or `AlreadyExists` when it was written meanwhile."""
        ahead = {id: one for id, one in self.kept.items() if instant(one[0] + one[1]) > now}
        booked = list(_spans(one for one in ahead.values() if not one[2]))
        origin = min((one.start for one in booked), default=0)
        frame = Frame(origin, max((one.stop for one in booked), default=origin) - origin)
        fields: dict[str, Value] = {
            "kept": ",".join(f"{id} {first} {count} {until}" for id, (first, count, until) in ahead.items()),
            "origin": origin,
            "booked": f"{frame.bits(booked):x}",
            "held": [number for one in ahead.values() if one[2] for number in one],
            "blocks": {id: [*one] for id, one in self.blocks_ahead(now).items()},
            "schema": SCHEMA,
        }
        if self._rev:
            return Replace(COLLECTION, self._resource, self._rev, fields)
        return Create(COLLECTION, self._resource, fields)


def diaries(store: Store, resources: Iterable[str]) -> dict[str, Diary]:
    """The diaries of these resources, empty ones where nothing was ever booked. One read each."""
    ids: Sequence[str] = sorted(set(resources))
    found: Mapping[str, Document] = store.get_many(COLLECTION, ids)
    return {id: Diary(id, found.get(id)) for id in ids}


def _read(text: str) -> Iterator[tuple[str, list[int]]]:
    for one in text.split(",") if text else ():
        id, *numbers = one.split(" ")
        yield id, [int(number) for number in numbers]


def _spans(entries: Iterable[Sequence[int]]) -> Iterator[range]:
    return (range(one[0], one[0] + one[1]) for one in entries)
