"""A meeting as rows to read: what, how, when and everything that was wished."""

from dataclasses import replace
from typing import Any, Final

from flask import url_for

from functions.booking.residents import is_guest, offered
from functions.booking.times import in_words
from shared.domain import calendar
from shared.domain.booking.bookings import Booking, State
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.web import gettext, language, local_text
from shared.web.meeting_words import FORMS, interpreter, needs
from shared.web.words import capital, day

_REACHES: Final = frozenset({"phone", "prepare", "support_person"})
"""What was written for a meeting that tells how to reach the person, or who helps."""


def answers(booking: Booking, *, change: bool = False) -> list[dict[str, Any]]:
    """Rows for the summary; with `change` each of what was wished leads back to its question."""
    wished = interpreter(booking), needs(apart(booking))
    hrefs = ("wishing.interpreter", "wishing.needs")
    rows = _meeting(booking)
    for found, page in zip(wished, hrefs, strict=True):
        href = url_for(page, id=booking.id) if change else None
        rows += [{**one, "href": href} for one in found]
    if apart(booking) is not booking:
        rows.append({"key": gettext("Det du skrev"), "value": gettext("Visas inte, om någon annan har ditt brev")})
    return rows


def apart(booking: Booking) -> Booking:
    """The booked meeting without what somebody else with the letter could use to reach or find the person."""
    if not is_guest() or booking.state in {State.HELD, State.LAPSED}:
        return booking
    kept = {name: said for name, said in booking.wishes.items() if name not in _REACHES or not said}
    return booking if len(kept) == len(booking.wishes) else replace(booking, wishes=kept)


def _meeting(booking: Booking) -> list[dict[str, Any]]:
    meeting, place = offered(booking), booking.place
    when = capital(day(calendar.local_date(place.start), language()))
    rows: list[dict[str, Any]] = [
        {"key": gettext("Dag"), "value": when},
        {"key": gettext("Tid"), "value": f"{in_words(place.start)}\N{EN DASH}{in_words(place.end)}"},
        {"key": gettext("Hur"), "value": gettext(FORMS[booking.form])},
    ]
    if meeting is not None and not is_guest():  # what a letter led to is a meeting, and no more
        rows.insert(0, {"key": gettext("Möte"), "value": local_text(meeting.name)})
    if meeting is not None and booking.form is MeetingForm.VISIT and meeting.place:
        rows.append({"key": gettext("Var"), "value": local_text(meeting.place)})
    return rows
