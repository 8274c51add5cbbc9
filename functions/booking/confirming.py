"""Checking and confirming a held time, once, however often the button is pressed."""

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.booking import expired, times
from functions.booking.answers import answers
from functions.booking.residents import desk, is_guest, offered, once, own, own_meeting_only
from functions.booking.wishes import unanswered
from shared import log
from shared.app import house
from shared.domain.booking.bookings import (
    CANCELLED_BECAUSE,
    HoldExpired,
    MeetingOver,
    SlotTaken,
    State,
    TooManyMeetings,
)
from shared.web import principal, read_form, see_other

pages = Blueprint("confirming", __name__, url_prefix="/boka/tid/<id>")
pages.before_request(own_meeting_only)


@pages.get("/kontrollera")
def check(id: str) -> ResponseReturnValue:
    """Everything that will be booked."""
    booking = own(id)
    if booking.state not in {State.HELD, State.LAPSED}:
        return see_other(url_for("own.one", id=id))
    if booking.expired(house().clock.now()):
        return expired.page(booking)
    if question := unanswered(booking):
        return see_other(url_for(f"wishing.{question}", id=id))
    return render_template("check.html", booking=booking, meeting=offered(booking), rows=answers(booking, change=True))


@pages.post("/kontrollera")
def confirm(id: str) -> ResponseReturnValue:
    """Book the time (303 to its page), or offer others when it is gone (409)."""
    read_form(one=())
    booking = own(id)
    if booking.state is State.HELD and (question := unanswered(booking)):
        return see_other(url_for(f"wishing.{question}", id=id))
    try:
        sent = desk().confirm(principal(), booking.id, once(confirm=id))
    except HoldExpired:
        return expired.page(booking)
    except SlotTaken:
        return expired.page(booking, taken=True)
    except MeetingOver:
        return see_other(url_for("own.one", id=id))
    log.info("meeting.confirmed", kind="first" if sent.first else "again")
    return see_other(url_for("own.one", id=id))


@pages.get("/igen")
def other(id: str) -> ResponseReturnValue:
    """Other times for a meeting that is cancelled; what was written goes along."""
    booking = own(id)
    meeting = offered(booking)
    if booking.state is not State.CANCELLED or meeting is None or is_guest():
        return see_other(url_for("own.one", id=id))
    found = times.shown(meeting, booking.form, times.read_day(request.args.get("fran")), [])
    return render_template("new_time.html", booking=booking, shown=found)


@pages.post("/igen")
def again(id: str) -> ResponseReturnValue:
    """Hold another time for what was written already (303), or offer the nearest ones (409)."""
    begins = times.read_start(read_form(one=("start",)).text("start")) or abort(400)
    booking = own(id)
    meeting = offered(booking) or abort(404)
    if booking.state is State.CONFIRMED:
        return see_other(url_for("own.one", id=id))
    wishes = {name: said for name, said in booking.wishes.items() if name != CANCELLED_BECAUSE}
    try:
        what = (meeting, booking.form)
        held = desk().hold(principal(), what, begins, once(start=begins), wishes)
    except SlotTaken:
        return expired.page(booking, taken=True)
    except TooManyMeetings:
        return render_template("too_many.html"), 409
    return see_other(url_for("confirming.check", id=held.result))
