"""Writing what happens to a meeting: its row, trail, event, atoms and diaries in one batch, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from shared.domain.booking.atoms import atom
from shared.domain.booking.bookings import Booking, BookingChange, State, history, lapse
from shared.domain.principals import SYSTEM
from shared.ports.store import Conflict, Create, Delete, Document, Replace, Value, Write
from shared.records.booking_diaries import COLLECTION, diaries
from shared.records.booking_rows import booking_key, booking_row, is_alive, read_booking
from shared.records.booking_trail import audited, event
from shared.records.sealing import SCHEMA
from shared.records.vault import Vault

ATOMS: Final = "booking_atoms"
_KEEPS: Final = frozenset({State.HELD, State.CONFIRMED})


@dataclass(frozen=True, slots=True)
class _Claim:
    """One atom that the meeting needs: its id, and the document that stands there (a dead hold's), if any."""

    id: str
    there: Document | None


class BookingWrites:
    """The only writer of meetings; reads what stands in the way first, and gives the whole batch."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._fresh = vault.fresh
        self._vault = vault

    def batch(self, *changes: BookingChange) -> list[Write]:
        """Everything that the changes of one person's meetings mean; raises `Conflict` when the time is somebody's, and
        `InvitationOver` when its invitation books nothing any more.

        A hold in the way whose ten minutes are over is written over in the same batch, with compare-and-set.
        """
        now = changes[0].at
        released = {id for change in changes for id in _had(change)}
        claims = [one for change in changes for one in self._claims(change)]
        dead = self._dead(claims, {change.after.id for change in changes}, now)
        whole = [*changes, *(lapse(one, SYSTEM, now) for one in dead)]
        released |= {id for one in dead for id in _atoms(one)}
        needed = {one.id for one in claims}
        owner = {id: change.after for change in changes for id in _needs(change)}
        writes: list[Write] = [_claimed(one, owner[one.id]) for one in claims]
        writes += [Delete(ATOMS, id) for id in sorted(released - needed - owner.keys())]
        for change in whole:
            writes += [*self._rows(change), *self._told(change)]
        return [*writes, *self._diaries(whole, now)]

    def _told(self, change: BookingChange) -> list[Write]:
        """What an invitation and its case learn of it. Few meetings have one, and what it takes is much to load."""
        if change.after.invitation is None:
            return []
        from shared.records.invitation_writes import InvitationWrites

        return InvitationWrites(self._vault).of(change)

    def _claims(self, change: BookingChange) -> list[_Claim]:
        ids = sorted(_needs(change) - _had(change))
        found = self._store.get_many(ATOMS, ids) if ids else {}
        return [_Claim(id, found.get(id)) for id in ids]

    def _dead(self, claims: Iterable[_Claim], own: set[str], now: datetime) -> list[Booking]:
        """The meetings in the way, all of which have lost their time; raises `Conflict` for a living one.

        It came after the diary was read: whoever reads anew may find a colleague who is free.
        """
        ids = sorted({str(one.there.fields["booking"]) for one in claims if one.there is not None} - own)
        rows = self._store.get_many("bookings", ids) if ids else {}
        if len(rows) != len(ids) or any(is_alive(one, now) for one in rows.values()):
            raise Conflict(ATOMS)
        self._ring.load([booking_key(one) for one in rows.values()])
        return [read_booking(one, self._sealing) for one in rows.values()]

    def _rows(self, change: BookingChange) -> list[Write]:
        after = change.after
        written = audited(after.id, after.audit_number, after.audit_head, change)
        linked = replace(after, audit_number=written.number, audit_head=written.head, history=history(change))
        row = booking_row(linked).write(self._sealing)
        return [row, written.entry, event(self._fresh(), after.unit, change)]

    def _diaries(self, changes: Iterable[BookingChange], now: datetime) -> list[Write]:
        touched = {id for one in changes for had in (one.before, one.after) if had for id in had.place.resources}
        found = diaries(self._store, touched)
        for change in changes:
            for id in change.before.place.resources if change.before else ():
                found[id].strike(change.after.id)
            if change.after.state in _KEEPS:
                for id in change.after.place.resources:
                    if _takes(change) and found[id].is_blocked(change.after.place.quarters):
                        raise Conflict(COLLECTION)  # the block came after the diary was read: look again
                    found[id].enter(change.after, held=change.after.state is State.HELD)
        return [one.write(now) for one in found.values()]


def _takes(change: BookingChange) -> bool:
    """Whether the change takes a time, and does not only say more of one that the meeting has."""
    before = change.before
    return before is None or before.state is State.HELD or before.place != change.after.place


def _claimed(claim: _Claim, booking: Booking) -> Write:
    fields: dict[str, Value] = {"booking": booking.id, "schema": SCHEMA}
    if claim.there is None:
        return Create(ATOMS, claim.id, fields)
    return Replace(ATOMS, claim.id, claim.there.rev, fields)


def _atoms(booking: Booking) -> set[str]:
    if booking.state not in _KEEPS:
        return set()
    return {atom(id, quarter) for id in booking.place.resources for quarter in booking.place.quarters}


def _needs(change: BookingChange) -> set[str]:
    return _atoms(change.after)


def _had(change: BookingChange) -> set[str]:
    return _atoms(change.before) if change.before else set()
