"""What the meeting is about, how to meet, and when: up to the time that is held."""

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.booking import times
from functions.booking.residents import once, private_login_only
from shared.app import house
from shared.domain.booking.bookings import SlotTaken, TooManyMeetings
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.web import principal, read_form, see_other

pages = Blueprint("choosing", __name__, url_prefix="/boka")


@pages.before_request
def residents() -> Response | None:
    """Anybody reads what can be booked; times are for who is logged in."""
    return None if request.endpoint == "choosing.start" else private_login_only()


@pages.get("")
def start() -> str:
    """What can be booked; the menu is there for who is logged in."""
    principal()
    return render_template("start.html", meetings=house().offer.meetings.values())


@pages.get("/ny/<service>")
def forms(service: str) -> ResponseReturnValue:
    """How to meet; straight to the times when there is one way only."""
    meeting = _meeting(service)
    if len(meeting.forms) == 1:
        return see_other(url_for("choosing.when", service=service, form=meeting.forms[0].value))
    return render_template("forms.html", meeting=meeting)


@pages.get("/ny/<service>/<form>")
def when(service: str, form: str) -> str:
    """The days that have free times."""
    meeting, how = _meeting(service), _form(service, form)
    since = times.read_day(request.args.get("fran"))
    found = times.shown(meeting, how, since, house().meetings.held(principal()))
    return render_template("times.html", meeting=meeting, form=how, shown=found)


@pages.post("/ny/<service>/<form>")
def hold(service: str, form: str) -> ResponseReturnValue:
    """Hold the time that was pressed (303 to the next question), or offer the nearest ones (409)."""
    meeting, how = _meeting(service), _form(service, form)
    begins = times.read_start(read_form(one=("start",)).text("start")) or abort(400)
    try:
        held = house().meetings.hold(principal(), (meeting, how), begins, once(start=begins))
    except SlotTaken:
        found = times.close_to(begins, meeting, how, house().meetings.held(principal()))
        return make_response(render_template("times.html", meeting=meeting, form=how, shown=found, taken=begins), 409)
    except TooManyMeetings:
        return make_response(render_template("too_many.html"), 409)
    return see_other(url_for("wishing.interpreter", id=held.result))


def _meeting(service: str) -> Offered:
    return house().offer.meetings.get(service) or abort(404)


def _form(service: str, form: str) -> MeetingForm:
    return next((one for one in _meeting(service).forms if one.value == form), None) or abort(404)
