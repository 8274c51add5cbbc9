"""An invitation to a meeting out of a case: what its code opens, how long, and what becomes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from hmac import compare_digest
from typing import Final

from shared.domain import calendar
from shared.domain.booking.bookings import BookingAction, BookingChange
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.broken_rules import BrokenRule
from shared.domain.ids import CaseId, ItemId, KeyId, PersonIndex, StaffId, UnitId

TRIES: Final = 5
"""Wrong days of birth after which the code opens nothing any more."""
_HOUR: Final = timedelta(hours=1)


class Standing(StrEnum):
    """How far an invitation has come."""

    OPEN = "open"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    """Its meeting is off; the code says so, and books no other."""
    WITHDRAWN = "withdrawn"


class Shown(StrEnum):
    """The same as staff see it at one moment."""

    OPEN = "open"
    BOOKED = "booked"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    """Nobody chose a time."""
    OVER = "over"
    """The meeting has been."""
    LOCKED = "locked"
    """The wrong day of birth was written too often."""


class InvitationOver(BrokenRule):
    """The invitation is booked, withdrawn or too old; nothing was changed."""

    code = "invitation_over"


@dataclass(frozen=True, slots=True)
class Terms:
    """What the invited person may choose among: with whom, how, and the first and the last Swedish day."""

    service: str
    staff: tuple[str, ...]
    forms: tuple[MeetingForm, ...]
    first: date
    last: date

    def narrowed(self, offered: Offered, now: datetime) -> Offered | None:
        """The kind of meeting as it is offered here; None when nothing of it is left to choose."""
        staff = tuple(one for one in offered.staff if one in self.staff)
        forms = tuple(one for one in offered.forms if one in self.forms)
        days = (self.last - calendar.local_date(now)).days
        if not staff or not forms or days <= 0:
            return None
        until_first = -((now - calendar.start_of_day(self.first)) // _HOUR)
        return replace(
            offered, staff=staff, forms=forms, lead=max(offered.lead, until_first), ahead=min(offered.ahead, days)
        )


@dataclass(frozen=True, slots=True)
class Invitation:
    """One person's invitation. `code` is the keyed index of the code in `letter`, the newest one; `born` an ISO date.

    Who is invited, the day of birth and the terms lie sealed with the case's key. The code itself is kept nowhere.
    """

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    unit: UnitId
    standing: Standing
    person: PersonIndex
    name: str
    born: str
    terms: Terms
    code: str
    letter: ItemId
    made_at: datetime
    expires_at: datetime
    by: StaffId
    tries: int = 0
    booking: ItemId | None = None

    def works(self, now: datetime) -> bool:
        """Whether its code opens anything."""
        return self.standing is not Standing.WITHDRAWN and now < self.expires_at

    def is_born(self, said: date | None) -> bool:
        """Whether that is the person's day of birth."""
        return said is not None and compare_digest(self.born, said.isoformat())

    def shown(self, now: datetime) -> Shown:
        """What staff see."""
        if self.standing is Standing.BOOKED and now >= self.expires_at:
            return Shown.OVER
        if self.standing is Standing.OPEN and now >= self.expires_at:
            return Shown.EXPIRED
        if self.tries >= TRIES and self.standing in {Standing.OPEN, Standing.BOOKED}:
            return Shown.LOCKED
        return Shown(self.standing.value)


FOLLOWED: Final[Mapping[BookingAction, Standing]] = {
    BookingAction.CONFIRMED: Standing.BOOKED,
    BookingAction.MOVED: Standing.BOOKED,
    BookingAction.CANCELLED: Standing.CANCELLED,
}
"""What a change of its meeting makes of the invitation; holding a time makes nothing of it."""


def follow(invitation: Invitation, change: BookingChange) -> Invitation:
    """The invitation after its meeting was booked, moved or cancelled: the code then lives until the meeting ends.

    Raises `InvitationOver` when another meeting was booked by it meanwhile, or none may be any more.
    """
    meeting = change.after
    if change.action is BookingAction.CONFIRMED:
        if invitation.standing is not Standing.OPEN or not invitation.works(change.at):
            raise InvitationOver
    elif invitation.booking != meeting.id:
        raise InvitationOver
    return replace(invitation, standing=FOLLOWED[change.action], booking=meeting.id, expires_at=meeting.place.end)


def opened(invitation: Invitation) -> Invitation:
    """Somebody had both."""
    return replace(invitation, tries=0)


def guessed(invitation: Invitation) -> Invitation:
    """Somebody had the code and not the day of birth."""
    return replace(invitation, tries=invitation.tries + 1)


def withdraw(invitation: Invitation) -> Invitation:
    """The code opens nothing from now on; raises `InvitationOver` when a meeting is booked by it, or it is over."""
    if invitation.standing is not Standing.OPEN:
        raise InvitationOver
    return replace(invitation, standing=Standing.WITHDRAWN)


def anew(invitation: Invitation, letter: ItemId, code: str, terms: Terms, expires_at: datetime) -> Invitation:
    """Another letter with another code; the old one opens nothing. Raises `InvitationOver` for one that is off."""
    if invitation.standing not in {Standing.OPEN, Standing.BOOKED}:
        raise InvitationOver
    return replace(invitation, letter=letter, code=code, terms=terms, expires_at=expires_at, tries=0)
