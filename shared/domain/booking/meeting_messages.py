"""What is sent about a meeting: reminders, that staff have cancelled, what staff are told; never what it is about."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from shared.domain import calendar
from shared.domain.booking.bookings import Booking, BookingAction, BookingChange, State, owns
from shared.domain.ids import CaseId, MessageId, PersonIndex, StaffId
from shared.domain.messages import Channel, Message, Recipient, Template, message_id, staff_recipient
from shared.domain.quiet import QuietHours
from shared.domain.resident_messages import resident_recipient

BEFORE: Final = timedelta(days=1)
"""How long before the meeting the reminder leaves."""
TOO_LATE: Final = timedelta(hours=1)
"""So long before the meeting it helps nobody any more: who lives far away has left home."""
GATHERING: Final = timedelta(minutes=1)
"""How long a message to staff waits for others."""
_TELLING: Final = frozenset({BookingAction.CONFIRMED, BookingAction.MOVED, BookingAction.CANCELLED})
JUST_BOOKED: Final = timedelta(hours=3)
"""Whoever books so shortly before the reminder would leave need not be reminded."""


def reminder_id(person: PersonIndex, booking: str, start: datetime) -> MessageId:
    """The one reminder of this meeting at this time: a meeting that moves has another."""
    return message_id(resident_recipient(person), f"meeting|{booking}|{start.isoformat()}")


def reminder(booking: Booking, quiet: QuietHours, now: datetime) -> Message | None:
    """The reminder of a booked meeting, not at night; None when there is none to send any more, or nothing booked."""
    start = booking.place.start
    at, last = quiet.over(start - BEFORE), start - TOO_LATE
    if booking.state is not State.CONFIRMED or at < now + JUST_BOOKED or at >= last:
        return None
    id = reminder_id(booking.person, booking.id, start)
    return _message(booking, id, Template.REMIND, (now, at, last))


def cancelled(change: BookingChange, quiet: QuietHours) -> Message | None:
    """The message that the time is off, when somebody else than the person has cancelled the meeting."""
    booking, now = change.after, change.at
    if change.action is not BookingAction.CANCELLED or owns(change.by, booking.person, booking.invitation):
        return None
    at = quiet.over(now)
    last = calendar.end_of_day(calendar.add_days(calendar.local_date(at), 1))
    id = message_id(resident_recipient(booking.person), f"meeting_cancelled|{booking.id}")
    return _message(booking, id, Template.OFF, (now, at, last))


def told_staff(change: BookingChange, quiet: QuietHours) -> list[Message]:
    """The messages to those who hold the meeting, before and after, that it has been booked, moved or cancelled.

    Not at night, and a minute later, so that several leave as one. Nobody is told of what they did themselves, nor of a
    held time.
    """
    if change.action not in _TELLING:
        return []
    holders = dict.fromkeys(StaffId(one.place.staff) for one in (change.before, change.after) if one)
    return [_to_staff(change, staff_recipient(one), quiet) for one in holders if one != change.by.staff]


def _to_staff(change: BookingChange, recipient: Recipient, quiet: QuietHours) -> Message:
    """Its id is the same however often the change is tried, and another for the next change."""
    booking, at = change.after, quiet.over(change.at + GATHERING)
    id = message_id(recipient, f"{change.action}|{booking.id}|{booking.audit_number}")
    last = calendar.end_of_day(calendar.add_days(calendar.local_date(at), 1))
    message = _message(booking, id, Template.TIMES, (change.at, at, last))
    return replace(message, recipient=recipient, channel=Channel.EMAIL)


def retimes(change: BookingChange) -> bool:
    """Whether the meeting is booked, moved or off by this, so that another reminder holds than before."""
    before, after = change.before, change.after
    return before is None or before.state is not after.state or before.place.start != after.place.start


def _message(
    booking: Booking, id: MessageId, template: Template, times: tuple[datetime, datetime, datetime]
) -> Message:
    now, at, last = times
    return Message(
        id=id,
        recipient=resident_recipient(booking.person),
        channel=Channel.SMS,
        template=template,
        unit=booking.unit,
        case=CaseId(booking.id),
        at=now,
        not_before=at,
        next_try=at,
        gives_up_at=last,
    )
