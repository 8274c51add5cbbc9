"""Meetings as a chronology tells of them: when, in which unit, with whom and what has happened.

Whoever shows them has logged it, and loaded their keys.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shared.domain.booking.bookings import Happened, State
from shared.domain.ids import CaseId, ItemId, PersonIndex, StaffId, UnitId
from shared.domain.queries import INVITATIONS_OF_CASE, MEETINGS_OF_PERSON, MEETINGS_OF_PERSON_IN_UNIT
from shared.ports.store import Document, Store
from shared.records.booking_rows import COLLECTION, read_history, read_place
from shared.records.merging import Stream
from shared.records.sealing import Sealing

BOOKED = "m"
CANCELLED = "c"
"""The names of the two lists: those that stand or were held, and those that were called off."""
_STATES = {BOOKED: State.CONFIRMED, CANCELLED: State.CANCELLED}


@dataclass(frozen=True, slots=True)
class ToldMeeting:
    """One meeting that was booked; what was written for it stays sealed."""

    id: ItemId
    start: datetime
    end: datetime
    unit: UnitId
    staff: StaffId
    cancelled: bool
    history: tuple[Happened, ...]


def of_person(person: PersonIndex) -> dict[str, Stream]:
    """The lists of all meetings of the person, the latest first."""
    return {
        name: Stream(MEETINGS_OF_PERSON, {"person": person, "state": state.value}) for name, state in _STATES.items()
    }


def in_unit(unit: UnitId, person: PersonIndex) -> dict[str, Stream]:
    """The same of one unit."""
    return {
        name: Stream(MEETINGS_OF_PERSON_IN_UNIT, {"unit": unit, "person": person, "state": state.value})
        for name, state in _STATES.items()
    }


def invited_from(store: Store, case: CaseId) -> list[Document]:
    """Meetings that were booked by the case's latest 25 invitations, whoever was invited; nothing is opened."""
    page = store.query(INVITATIONS_OF_CASE, {"case": case}, limit=INVITATIONS_OF_CASE.page)
    booked = [str(id) for one in page.documents if (id := one.fields["booking"])]
    found = store.get_many(COLLECTION, booked) if booked else {}
    return [one for one in found.values() if one.fields["state"] in {state.value for state in _STATES.values()}]


def told(document: Document, sealing: Sealing) -> ToldMeeting:
    """The meeting in its document."""
    fields: Any = document.fields
    place = read_place(document)
    return ToldMeeting(
        ItemId(document.id),
        place.start,
        place.end,
        UnitId(fields["unit"]),
        StaffId(place.staff),
        fields["state"] == State.CANCELLED.value,
        read_history(document, sealing),
    )
