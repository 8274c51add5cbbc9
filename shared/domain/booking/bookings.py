"""One booked meeting and what may happen to it: held for ten minutes, confirmed, moved, cancelled."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.domain.booking.atoms import quarters
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.broken_rules import BrokenRule, NotAllowed
from shared.domain.ids import ItemId, KeyId, PersonIndex, UnitId
from shared.domain.principals import Kind, Principal

HOLD: Final = timedelta(minutes=10)
LONGEST: Final = timedelta(hours=8)
"""No meeting takes longer, its buffer counted."""
CANCELLED_BECAUSE: Final = "cancelled_because"
"""The field of `wishes` that holds why a meeting was cancelled."""
TOLD_OF: Final = 8
"""As many things as a meeting remembers that have happened to it; its trail holds them all."""
MOST: Final = 5
"""As many meetings as one person may have before them: enough for anybody, too few to fill a diary with."""


class State(StrEnum):
    HELD = "held"
    CONFIRMED = "confirmed"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    """A hold that was not confirmed in time and whose quarters somebody else has got, or that was let go."""


class BookingAction(StrEnum):
    """What happened; the audit entry's and the process event's name."""

    HELD = "meeting_held"
    CONFIRMED = "meeting_confirmed"
    MOVED = "meeting_moved"
    CANCELLED = "meeting_cancelled"
    LAPSED = "meeting_lapsed"
    CAME = "meeting_held_with"
    MISSED = "meeting_missed"


class Attendance(StrEnum):
    """Whether the person came."""

    UNKNOWN = ""
    CAME = "came"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Happened:
    """One thing that happened to a meeting, and whether staff did it."""

    what: BookingAction
    at: datetime
    by_staff: bool = False


class SlotTaken(BrokenRule):
    """Somebody else has the time; nothing was changed."""

    code = "slot_taken"


class HoldExpired(BrokenRule):
    """The ten minutes are over; nothing was changed."""

    code = "hold_expired"


class MeetingOver(BrokenRule):
    """The meeting is cancelled or has begun; nothing was changed."""

    code = "meeting_over"


class NotYetOver(BrokenRule):
    """The meeting has not begun, or was never booked; nothing was changed."""

    code = "meeting_not_begun"


class TooManyMeetings(BrokenRule):
    """The person has as many meetings ahead as anybody may."""

    code = "too_many_meetings"


@dataclass(frozen=True, slots=True)
class Place:
    """When and with whom: instants in UTC, `clear_at` when the buffer is over; `room` is empty when it takes none."""

    start: datetime
    end: datetime
    clear_at: datetime
    staff: str
    room: str = ""

    @property
    def resources(self) -> tuple[str, ...]:
        """The staff member, and the room if there is one."""
        return (self.staff, self.room) if self.room else (self.staff,)

    @property
    def quarters(self) -> range:
        """The quarters that each of the resources gives."""
        return quarters(self.start, self.clear_at)


@dataclass(frozen=True, slots=True)
class Booking:
    """One meeting. `wishes` is what the person has written; it, the name and the kind of meeting lie sealed."""

    id: ItemId
    rev: int
    person: PersonIndex
    key: KeyId
    unit: UnitId
    state: State
    held_until: datetime
    place: Place
    service: str
    form: MeetingForm
    name: str
    wishes: Mapping[str, object] = field(default_factory=dict)
    attendance: Attendance = Attendance.UNKNOWN
    invitation: ItemId | None = None
    """The invitation out of a case that it was booked by."""
    told: str = ""
    """What the person reads about a meeting that staff have cancelled."""
    history: tuple[Happened, ...] = ()
    """What has happened since it was booked, oldest first: the booking and the latest of the rest (`TOLD_OF`)."""
    video: str = ""
    """The random name of its video room, sealed; empty when it has none."""
    audit_number: int = 0
    audit_head: str = ""

    def expired(self, now: datetime) -> bool:
        """Whether it was held and never confirmed, and is no longer kept."""
        return self.state is State.LAPSED or (self.state is State.HELD and now >= self.held_until)

    def ahead(self, now: datetime) -> bool:
        """Whether it is confirmed and has not begun."""
        return self.state is State.CONFIRMED and now < self.place.start


@dataclass(frozen=True, slots=True)
class BookingChange:
    """What happens to one booking: `before` is None for a new one."""

    before: Booking | None
    after: Booking
    action: BookingAction
    by: Principal
    at: datetime


def history(change: BookingChange) -> tuple[Happened, ...]:
    """What has happened to the meeting when the change is written. Holding a time is not told of."""
    before = change.after.history
    if change.action in {BookingAction.HELD, BookingAction.LAPSED}:
        return before
    now = Happened(change.action, change.at, change.by.kind is Kind.STAFF)
    return (*before[:1], *before[1:][2 - TOLD_OF :], now)


def may_book(principal: Principal) -> bool:
    """Whether the principal is a private person who is logged in."""
    return principal.kind is Kind.RESIDENT and principal.person is not None


def unplaced(person: PersonIndex, name: str, meeting: Offered, form: MeetingForm) -> Booking:
    """A meeting that has no id, key or time yet."""
    never = datetime.fromtimestamp(0, UTC)
    nowhere = Place(never, never, never, "")
    return Booking(ItemId(""), 0, person, KeyId(""), meeting.unit, State.HELD, never, nowhere, meeting.id, form, name)


def owns(principal: Principal, person: object, invitation: object) -> bool:
    """Whether a meeting of this person is the principal's own: logged in as the person, or invited to it."""
    if principal.kind is Kind.INVITED:
        return principal.invitation is not None and principal.invitation == invitation
    return may_book(principal) and principal.person == person


def hold(booking: Booking, by: Principal, now: datetime) -> BookingChange:
    """Keep the time for ten minutes; raises `NotAllowed` for anybody whose meeting it is not."""
    if not owns(by, booking.person, booking.invitation):
        raise NotAllowed
    held = replace(booking, state=State.HELD, held_until=now + HOLD)
    return BookingChange(None, held, BookingAction.HELD, by, now)


def book_for(booking: Booking, by: Principal, now: datetime) -> BookingChange:
    """Staff book the meeting for the person at once; raises `NotAllowed` for anybody else."""
    if by.kind is not Kind.STAFF:
        raise NotAllowed
    return BookingChange(None, replace(booking, state=State.CONFIRMED), BookingAction.CONFIRMED, by, now)


def confirm(booking: Booking, by: Principal, now: datetime) -> BookingChange:
    """The held time is booked; raises `HoldExpired` or `MeetingOver`."""
    if booking.expired(now):
        raise HoldExpired
    if booking.state is not State.HELD:
        raise MeetingOver
    return BookingChange(booking, replace(booking, state=State.CONFIRMED), BookingAction.CONFIRMED, by, now)


def move(booking: Booking, place: Place, by: Principal, now: datetime) -> BookingChange:
    """The same meeting at another time; raises `MeetingOver` when it has begun or is cancelled."""
    if not booking.ahead(now):
        raise MeetingOver
    return BookingChange(booking, replace(booking, place=place), BookingAction.MOVED, by, now)


def cancel(booking: Booking, reason: str, by: Principal, now: datetime) -> BookingChange:
    """The meeting is off and its time free again; raises `MeetingOver`. `reason` may be empty."""
    if not booking.ahead(now):
        raise MeetingOver
    wishes = {**booking.wishes, CANCELLED_BECAUSE: reason}
    after = replace(booking, state=State.CANCELLED, wishes=wishes)
    return BookingChange(booking, after, BookingAction.CANCELLED, by, now)


def call_off(booking: Booking, reason: str, told: str, by: Principal, now: datetime) -> BookingChange:
    """Staff cancel: `told` is what the person reads, `reason` stays in the file. Raises `MeetingOver`."""
    change = cancel(booking, reason, by, now)
    return replace(change, after=replace(change.after, told=told))


def attend(booking: Booking, attendance: Attendance, by: Principal, now: datetime) -> BookingChange:
    """Whether the person came, or the last word about it; raises `NotYetOver` before the meeting has begun."""
    if booking.state is not State.CONFIRMED or now < booking.place.start:
        raise NotYetOver
    action = BookingAction.CAME if attendance is Attendance.CAME else BookingAction.MISSED
    return BookingChange(booking, replace(booking, attendance=attendance), action, by, now)


def lapse(booking: Booking, by: Principal, now: datetime) -> BookingChange:
    """A hold that is let go, by the person or because its time is over."""
    return BookingChange(booking, replace(booking, state=State.LAPSED), BookingAction.LAPSED, by, now)
