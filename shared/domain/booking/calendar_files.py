"""A meeting as a calendar file (RFC 5545): the word "Möte" and its time, and nothing of what it is about."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Final

from shared.domain.booking.bookings import Booking, State

MIME: Final = "text/calendar; charset=utf-8"
_MAKER: Final = "-//Kalender//Kalender 1.0//SV"
"""RFC 5545 wants to know what made the file; whoever opens it learns no more from that."""
_LONGEST: Final = 75
"""Octets of one line without its end (RFC 5545 3.1)."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One meeting in a calendar. `uid` is the same for ever, `sequence` rises with every change.

    `summary` is read by whoever looks at the phone: a neutral word only. A resident's has no place, which would say
    whose it is. A cancelled entry is struck from the calendar that has it.
    """

    uid: str
    sequence: int
    begins: datetime
    ends: datetime
    summary: str = "Möte"
    cancelled: bool = False
    place: str = ""


def entry(booking: Booking, summary: str) -> Entry:
    """The person's own meeting."""
    cancelled = booking.state is State.CANCELLED
    id = entry_id(booking.id)
    return Entry(id, booking.audit_number, booking.place.start, booking.place.end, summary, cancelled=cancelled)


def entry_id(booking: str) -> str:
    """The uid of the meeting, which names neither it nor us."""
    return sha256(f"calendar|{booking}".encode()).hexdigest()[:32]


def calendar_file(entries: Iterable[Entry], now: datetime) -> bytes:
    """The entries as one file; all instants in UTC, so that no calendar guesses about summer time."""
    body = [line for one in entries for line in _event(one, now)]
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:{_MAKER}", *body, "END:VCALENDAR"]
    return b"".join(_folded(line) for line in lines)


def _event(one: Entry, now: datetime) -> Sequence[str]:
    return [
        "BEGIN:VEVENT",
        f"UID:{_text(one.uid)}",
        f"SEQUENCE:{one.sequence}",
        f"DTSTAMP:{_instant(now)}",
        f"DTSTART:{_instant(one.begins)}",
        f"DTEND:{_instant(one.ends)}",
        f"SUMMARY:{_text(one.summary)}",
        *([f"LOCATION:{_text(one.place)}"] if one.place else []),
        f"STATUS:{'CANCELLED' if one.cancelled else 'CONFIRMED'}",
        "CLASS:PRIVATE",
        "END:VEVENT",
    ]


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    """Escaped (RFC 5545 3.3.11); what is no text, such as a line end of its own, can begin no new line."""
    clean = "".join(char for char in words.replace("\r\n", "\n").replace("\r", "\n") if char >= " " or char == "\n")
    for char in "\\;,":
        clean = clean.replace(char, f"\\{char}")
    return clean.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """The line in pieces of at most 75 octets, never cut within a letter."""
    pieces, piece = [], b""
    for char in line:
        encoded = char.encode()
        if len(piece) + len(encoded) > _LONGEST:
            pieces.append(piece)
            piece = b" "
        piece += encoded
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
