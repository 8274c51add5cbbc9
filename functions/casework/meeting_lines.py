"""Meetings as the chronology of a case tells of them: when, with whom, how they stand and what has happened."""

from datetime import datetime
from typing import Any, Final

from flask import url_for

from functions.casework import words
from shared.domain.booking.blocks import may_read
from shared.domain.booking.bookings import BookingAction
from shared.records.told_meetings import ToldMeeting
from shared.web import gettext, language, mark, principal
from shared.web.words import capital, clock_time, moment

_CAME: Final = {BookingAction.CAME: mark("Personen kom"), BookingAction.MISSED: mark("Personen kom inte")}
_HAPPENED: Final = {
    (BookingAction.CONFIRMED, False): mark("Personen bokade"),
    (BookingAction.CONFIRMED, True): mark("Bokades av oss"),
    (BookingAction.MOVED, False): mark("Personen flyttade det"),
    (BookingAction.MOVED, True): mark("Flyttades av oss"),
    (BookingAction.CANCELLED, False): mark("Personen avbokade"),
    (BookingAction.CANCELLED, True): mark("Ställdes in av oss"),
}


def line(one: ToldMeeting, now: datetime) -> dict[str, Any]:
    """One line; it leads to the meeting for who holds it and for the lead of its unit."""
    reads = may_read(principal(), one.unit, one.staff)
    until = clock_time(one.end, language())
    return {
        "kind": "line",
        "icon": "calendar",
        "title": gettext("Möte med %(who)s", who=words.staff_name(one.staff)),
        "when": f"{capital(moment(one.start, language(), now))}–{until}",
        "state": _state(one, now),
        "details": [
            f"{gettext(said)} {moment(each.at, language(), now)}"
            for each in one.history
            if (said := _HAPPENED.get((each.what, each.by_staff)))
        ],
        "href": url_for("meeting.show", id=one.id) if reads else "",
    }


def _state(one: ToldMeeting, now: datetime) -> str:
    if one.cancelled:
        return gettext("Avbokat")
    if now < one.start:
        return gettext("Bokat")
    came = [each.what for each in one.history if each.what in _CAME]
    return gettext(_CAME[came[-1]]) if came else gettext("Det står inte om personen kom")
