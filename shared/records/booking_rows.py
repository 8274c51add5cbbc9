"""Meetings as they are stored: ids, state and instants clear; who, about what and every wish sealed."""

from datetime import datetime
from typing import Any

from shared.domain.booking.bookings import Attendance, Booking, BookingAction, Happened, Place, State
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.meeting_messages import reminder_id
from shared.domain.ids import ItemId, KeyId, PersonIndex, UnitId
from shared.domain.messages import Message
from shared.ports.keys import KeyGone
from shared.ports.store import Document, Value
from shared.records.rows import Row
from shared.records.sealing import Sealing

COLLECTION = "bookings"
_PARTS = ("meeting", "wishes")


def booking_row(booking: Booking) -> Row:
    """The meeting; `start` and `end` are the person's, `clear_at` is when the buffer is over."""
    place = booking.place
    clear: dict[str, Value] = {
        "person": booking.person,
        "unit": booking.unit,
        "state": booking.state.value,
        "held_until": booking.held_until,
        "start": place.start,
        "end": place.end,
        "clear_at": place.clear_at,
        "staff": place.staff,
        "room": place.room,
        "invitation": booking.invitation,
        "audit_number": booking.audit_number,
        "audit_head": booking.audit_head,
    }
    meeting = {
        "service": booking.service,
        "form": booking.form.value,
        "name": booking.name,
        "attendance": booking.attendance.value,
        "told": booking.told,
        "history": [[one.what.value, one.at, one.by_staff] for one in booking.history],
        "video": booking.video,
    }
    return Row(
        COLLECTION,
        booking.id,
        booking.rev,
        clear,
        booking.key,
        dict(zip(_PARTS, (meeting, booking.wishes), strict=True)),
    )


def booking_key(document: Document) -> KeyId:
    """The key that seals the document's parts."""
    return KeyId(str(document.fields["key"]))


def read_place(document: Document) -> Place:
    """When and with whom, without opening anything."""
    fields: Any = document.fields
    return Place(fields["start"], fields["end"], fields["clear_at"], fields["staff"], fields["room"])


def read_history(document: Document, sealing: Sealing) -> tuple[Happened, ...]:
    """What has happened to it; nothing else is opened. Nothing for a meeting whose key is erased."""
    try:
        return _history(sealing.open(document, booking_key(document), _PARTS[:1])["meeting"])
    except KeyGone:
        return ()


def _history(meeting: Any) -> tuple[Happened, ...]:
    kept = meeting.get("history", ())
    return tuple(Happened(BookingAction(what), datetime.fromisoformat(at), staff) for what, at, staff in kept)


def is_alive(document: Document, now: datetime) -> bool:
    """Whether the meeting keeps its time: confirmed, or held and the ten minutes are not over. Nothing is opened."""
    fields: Any = document.fields
    return bool(
        fields["state"] == State.CONFIRMED.value or (fields["state"] == State.HELD.value and now < fields["held_until"])
    )


def reminded_start(message: Message, document: Document) -> datetime | None:
    """When the meeting begins that the message reminds of; None when that is no more. Nothing is opened."""
    fields: Any = document.fields
    start: datetime = fields["start"]
    standing = fields["state"] == State.CONFIRMED.value
    return start if standing and message.id == reminder_id(PersonIndex(fields["person"]), document.id, start) else None


def read_booking(document: Document, sealing: Sealing) -> Booking:
    """The whole meeting; its key is best loaded before."""
    fields: Any = document.fields
    key = booking_key(document)
    opened = sealing.open(document, key, _PARTS)
    meeting = opened["meeting"]
    return Booking(
        id=ItemId(document.id),
        rev=document.rev,
        person=PersonIndex(fields["person"]),
        key=key,
        unit=UnitId(fields["unit"]),
        state=State(fields["state"]),
        held_until=fields["held_until"],
        place=read_place(document),
        service=meeting["service"],
        form=MeetingForm(meeting["form"]),
        name=meeting["name"],
        wishes=opened["wishes"],
        attendance=Attendance(meeting.get("attendance", "")),
        told=meeting.get("told", ""),
        history=_history(meeting),
        invitation=ItemId(said) if (said := fields.get("invitation")) else None,
        video=meeting.get("video", ""),
        audit_number=fields["audit_number"],
        audit_head=fields["audit_head"],
    )
