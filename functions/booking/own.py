"""Own meetings: what is ahead, and one of them whole."""

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.booking.answers import answers
from functions.booking.residents import offered, own, own_meeting_only, private_login_only
from functions.booking.room import shown as room_shown
from shared.app import house
from shared.domain.booking.bookings import State
from shared.domain.booking.calendar_files import MIME, calendar_file, entry
from shared.web import gettext, principal, see_other

pages = Blueprint("own", __name__, url_prefix="/boka")


@pages.before_request
def residents() -> Response | None:
    """Who came with a code has the one meeting, and no list."""
    return private_login_only() if request.endpoint == "own.mine" else own_meeting_only()


@pages.get("/mina")
def mine() -> str:
    """The meetings that are not over: when, and nothing of what they are about."""
    desk = house().meetings
    return render_template("mine.html", meetings=desk.ahead(principal()), off=desk.off(principal()))


@pages.get("/tid/<id>")
def one(id: str) -> ResponseReturnValue:
    """One meeting, confirmed or cancelled; a held one leads on to what is left to do."""
    booking = own(id)
    if booking.state in {State.HELD, State.LAPSED}:
        return see_other(url_for("confirming.check", id=id))
    booking = own(id, shown=True)
    return render_template(
        "meeting.html", booking=booking, meeting=offered(booking), rows=answers(booking),
        ahead=booking.ahead(house().clock.now()), cancelled=booking.state is State.CANCELLED,
        room=room_shown(booking),
    )  # fmt: skip


@pages.get("/tid/<id>/tid.ics")
def calendar(id: str) -> ResponseReturnValue:
    """The time for the person's own calendar: called a meeting, and nothing more. A cancelled one is struck there."""
    booking = own(id)
    if booking.state in {State.HELD, State.LAPSED}:
        return see_other(url_for("confirming.check", id=id))
    made = calendar_file([entry(booking, gettext("Möte"))], house().clock.now())
    return Response(made, content_type=MIME, headers={"Content-Disposition": 'attachment; filename="tid.ics"'})
