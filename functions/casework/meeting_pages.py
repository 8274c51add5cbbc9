"""One booked meeting: who, what, when, where and what the person needs; cancelling it, and whether the person came."""

from typing import Any, Final

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import meeting_days as days
from functions.casework import words
from functions.casework.access import demand_same, submission
from functions.casework.room_pages import shown as room_shown
from shared import log
from shared.app import house
from shared.domain import calendar
from shared.domain.booking.bookings import CANCELLED_BECAUSE, Attendance, Booking, State
from shared.domain.booking.resources import Span
from shared.domain.ids import ItemId, is_id
from shared.web import Form, gettext, local_text, mark, principal, read_form, see_other
from shared.web.meeting_words import FORMS, interpreter, needs

pages = Blueprint("meeting", __name__, url_prefix="/arbete/moten/<id>")
LIMIT: Final = 500
TOLD: Final = mark("Vi behöver ställa in mötet. Du kan boka en ny tid här, eller ringa oss.")
_CAME: Final = {"yes": Attendance.CAME, "no": Attendance.MISSED}


@pages.get("")
def show(id: str) -> str:
    """The whole meeting; the opening is logged."""
    booking = _opened(id)
    now = house().clock.now()
    return render_template(
        "meeting.html",
        rows=_rows(booking),
        ahead=booking.ahead(now),
        begun=booking.state is State.CONFIRMED and now >= booking.place.start,
        **room_shown(booking),
        **_head(booking),
    )


@pages.get("/avboka")
def ask(id: str) -> ResponseReturnValue:
    """Why the meeting is cancelled, and what the person is told."""
    booking = _opened(id)
    if not booking.ahead(house().clock.now()):
        return see_other(url_for("meeting.show", id=id))
    return _cancel_page(booking, {"told": gettext(TOLD)}, {})


@pages.post("/avboka")
def cancel(id: str) -> ResponseReturnValue:
    """Cancel it, once (303 to its page), or say what is missing (422)."""
    form = read_form(one=("reason", "told"))
    booking = _found(id)
    if errors := _problems(form):
        return _cancel_page(_opened(id), form.answers(), errors), 422
    said = (form.text("reason"), form.text("told"))
    demand_same(house().staff_meetings.call_off(principal(), booking.id, said, submission(cancel=id, said=said)))
    log.info("meeting.called_off")
    return see_other(url_for("meeting.show", id=id))


@pages.post("/kom")
def attended(id: str) -> ResponseReturnValue:
    """Whether the person came (303)."""
    came = _CAME.get(read_form(one=("came",)).text("came")) or abort(400)
    booking = _found(id)
    demand_same(house().staff_meetings.attended(principal(), booking.id, came, submission(came=id, what=came.value)))
    return see_other(url_for("meeting.show", id=id))


def _opened(id: str) -> Booking:
    return (house().staff_meetings.open(principal(), ItemId(id)) if is_id(id) else None) or abort(404)


def _found(id: str) -> Booking:
    """The meeting, to be acted upon and not shown."""
    return (house().staff_meetings.find(principal(), ItemId(id)) if is_id(id) else None) or abort(404)


def _cancel_page(booking: Booking, values: dict[str, Any], errors: dict[str, str]) -> str:
    reachable = house().staff_meetings.reachable(booking)
    return render_template(
        "meeting_cancel.html", reachable=reachable, values=values, errors=errors, limit=LIMIT, **_head(booking)
    )


def _problems(form: Form) -> dict[str, str]:
    missing = {"told": gettext("Skriv vad personen ska få veta"), "reason": gettext("Skriv varför mötet ställs in")}
    too_long = gettext("Korta ner texten till högst %(limit)s tecken", limit=LIMIT)
    found = {name: said if not form.text(name) else too_long for name, said in missing.items()}
    return {name: said for name, said in found.items() if not 0 < len(form.text(name)) <= LIMIT}


def _head(booking: Booking) -> dict[str, Any]:
    """What every page about the meeting begins with."""
    place = booking.place
    when = calendar.local_date(place.start)
    own = place.staff == principal().staff
    return {
        "booking": booking,
        "date": days.in_full(when),
        "time": days.between(Span(place.start, place.end)),
        "holder": words.staff_name(place.staff),
        "day_href": url_for("meetings.day", dag=when.isoformat(), vem=None if own else place.staff),
        "number": str(booking.wishes.get("phone", "")),
        "cancelled": booking.state is State.CANCELLED,
        "reason": str(booking.wishes.get(CANCELLED_BECAUSE, "")),
    }


def _rows(booking: Booking) -> list[dict[str, Any]]:
    meeting, place = house().offer.meetings.get(booking.service), booking.place
    room = house().offer.resources.get(place.room)
    rows = [
        {"key": gettext("Möte"), "value": local_text(meeting.name) if meeting else gettext("Möte")},
        {"key": gettext("Hur"), "value": gettext(FORMS[booking.form])},
        {"key": gettext("Rum"), "value": room.name if room else place.room},
        {"key": gettext("Med"), "value": words.staff_name(place.staff)},
        {"key": gettext("Bokat genom"), "value": gettext("Inbjudan från ett ärende") if booking.invitation else ""},
        *interpreter(booking),
        *needs(booking),
    ]
    return [one for one in rows if one["value"]]
