"""A meeting as rows to read: what, how, when and everything that was wished."""

from typing import Any

from flask import url_for

from functions.booking.residents import is_guest, offered
from functions.booking.times import in_words
from shared.domain import calendar
from shared.domain.booking.bookings import Booking
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.web import gettext, language, local_text
from shared.web.meeting_words import FORMS, interpreter, needs
from shared.web.words import capital, day


def answers(booking: Booking, *, change: bool = False) -> list[dict[str, Any]]:
    """Rows for the summary; with `change` each of what was wished leads back to its question."""
    wished = interpreter(booking), needs(booking)
    hrefs = ("wishing.interpreter", "wishing.needs")
    rows = _meeting(booking)
    for found, page in zip(wished, hrefs, strict=True):
        href = url_for(page, id=booking.id) if change else None
        rows += [{**one, "href": href} for one in found]
    return rows


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
