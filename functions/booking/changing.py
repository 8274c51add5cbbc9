"""Moving and cancelling a meeting that has not begun."""

from flask import Blueprint, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.booking import times
from functions.booking.residents import desk, offered, once, own, own_meeting_only
from shared import log
from shared.app import house
from shared.domain.booking.bookings import MeetingOver, SlotTaken
from shared.web import gettext, principal, read_form, see_other

pages = Blueprint("changing", __name__, url_prefix="/boka/tid/<id>")
pages.before_request(own_meeting_only)
_LONGEST = 500


@pages.get("/flytta")
def choose(id: str) -> ResponseReturnValue:
    """Other times for the same meeting."""
    booking = own(id)
    if not booking.ahead(house().clock.now()):
        return see_other(url_for("own.one", id=id))
    meeting = offered(booking)
    since = times.read_day(request.args.get("fran"))
    found = times.shown(meeting, booking.form, since, [booking.id]) if meeting else times.Shown([])
    return render_template("move.html", booking=booking, shown=found)


@pages.post("/flytta")
def move(id: str) -> ResponseReturnValue:
    """Move it (303 to its page), or offer the nearest times (409); the old time stays until then."""
    begins = times.read_start(read_form(one=("start",)).text("start")) or abort(400)
    booking = own(id)
    try:
        desk().move(principal(), booking.id, begins, once(start=begins))
    except SlotTaken:
        meeting = offered(booking)
        found = times.close_to(begins, meeting, booking.form, [booking.id]) if meeting else times.Shown([])
        return make_response(render_template("move.html", booking=booking, shown=found, taken=begins), 409)
    except MeetingOver:
        return see_other(url_for("own.one", id=id))
    log.info("meeting.moved")
    return see_other(url_for("own.one", id=id))


@pages.get("/avboka")
def ask(id: str) -> ResponseReturnValue:
    """Whether the meeting is to be cancelled, and why if the person wants to say."""
    booking = own(id)
    if not booking.ahead(house().clock.now()):
        return see_other(url_for("own.one", id=id))
    return render_template("cancel.html", booking=booking, values={}, errors={})


@pages.post("/avboka")
def cancel(id: str) -> ResponseReturnValue:
    """Cancel it (303 to its page), or say what is wrong (422)."""
    form = read_form(one=("reason",))
    booking = own(id)
    if len(form.text("reason")) > _LONGEST:
        errors = {"reason": gettext("Korta ner texten till högst %(limit)s tecken", limit=_LONGEST)}
        return make_response(render_template("cancel.html", booking=booking, values=form.answers(), errors=errors), 422)
    try:
        desk().cancel(principal(), booking.id, form.text("reason"), once(reason=form.text("reason")))
    except MeetingOver:
        return see_other(url_for("own.one", id=id))
    log.info("meeting.cancelled")
    return see_other(url_for("own.one", id=id))
