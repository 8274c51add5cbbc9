"""The room of a video meeting: when its door is open, and who is let in as what. The only place that decides it."""

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.domain.booking.bookings import Booking, State, owns
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.broken_rules import BrokenRule
from shared.domain.ids import ItemId, PersonIndex, UnitId
from shared.domain.principals import CASE_ROLES, Kind, Principal

BEFORE: Final = timedelta(minutes=10)
"""How long before the meeting the door opens."""
AFTER: Final = timedelta(minutes=30)
"""How long after its end whoever has lost the line gets in again."""


class Door(StrEnum):
    """How the room is found."""

    NONE = "none"
    """It is no video meeting, or was never booked."""
    OFF = "off"
    """The meeting is cancelled."""
    CALL = "call"
    """There is no room to be had: people meet by phone instead."""
    EARLY = "early"
    OPEN = "open"
    OVER = "over"


class Seat(StrEnum):
    """As what somebody is let in."""

    GUEST = "guest"
    HOST = "host"
    """Holds the meeting: may mute somebody and end it for all."""


class RoomClosed(BrokenRule):
    """The door is not open; nothing was given out."""

    code = "room_closed"


def opens_at(booking: Booking) -> datetime:
    """The first instant when anybody is let in."""
    return booking.place.start - BEFORE


def door(booking: Booking, now: datetime, *, connected: bool) -> Door:
    """How the meeting's room is found now; `connected` is whether there is a server that could hold it."""
    if booking.form is not MeetingForm.VIDEO or booking.state not in {State.CONFIRMED, State.CANCELLED}:
        return Door.NONE
    if booking.state is State.CANCELLED:
        return Door.OFF
    if now >= booking.place.end + AFTER:
        return Door.OVER
    if not connected or not booking.video:
        return Door.CALL
    return Door.EARLY if now < opens_at(booking) else Door.OPEN


def seat(
    principal: Principal, *, person: PersonIndex, invitation: ItemId | None, unit: UnitId, staff: str
) -> Seat | None:
    """As what the principal is let into the room of this person's meeting with this colleague; None for all others.

    Also for the lead, who may read the meeting: nobody sits in unseen, or comes instead of the one who was booked.
    """
    if principal.kind is Kind.STAFF:
        holds = principal.staff == staff and principal.unit == unit and principal.roles & CASE_ROLES
        return Seat.HOST if holds else None
    return Seat.GUEST if owns(principal, person, invitation) else None
