"""Times that were held and never booked: after a day what was written for them is gone, and the row too.

Nobody waits for this: whose the time is, is judged where it is read.
"""

from datetime import timedelta
from typing import Final

from shared.domain.booking.bookings import State, lapse
from shared.domain.principals import SYSTEM
from shared.domain.queries import BOOKINGS_NOT_KEPT
from shared.ports.store import AlreadyExists, Conflict, Delete, Document, NotFound
from shared.records.booking_rows import booking_key, read_booking
from shared.records.booking_writes import BookingWrites
from shared.records.vault import Vault

KEPT: Final = timedelta(days=1)


class LapsedHolds:
    """Drops what was not booked, at most 100 of each kind in a run; the trail of it stays."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._ring = vault.ring
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._writes = BookingWrites(vault)

    def sweep(self) -> int:
        """How many rows were dropped. A hold whose time is over lets go of its quarters first."""
        for one in self._found(State.HELD):
            self._let_go(one)
        return sum(self._drop(one) for one in self._found(State.LAPSED))

    def _found(self, state: State) -> list[Document]:
        stop = self._clock.now() - KEPT
        page = self._store.query(BOOKINGS_NOT_KEPT, {"state": state.value}, limit=BOOKINGS_NOT_KEPT.page, stop=stop)
        return list(page.documents)

    def _let_go(self, document: Document) -> None:
        self._ring.load([booking_key(document)])
        change = lapse(read_booking(document, self._sealing), SYSTEM, self._clock.now())
        try:
            self._store.commit(self._writes.batch(change))
        except (AlreadyExists, Conflict, NotFound):
            return  # somebody else has just taken the time over, or the person goes on with it

    def _drop(self, document: Document) -> bool:
        self._ring.erase(booking_key(document))
        try:
            self._store.commit([Delete(document.collection, document.id, document.rev)])
        except (Conflict, NotFound):
            return False
        return True
