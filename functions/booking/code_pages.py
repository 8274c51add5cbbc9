"""The door for a code from a letter, and the one invitation behind it: no child's name, no reason, nothing else."""

import re
from datetime import date
from typing import Any, Final

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.booking import times
from functions.booking.residents import guests_only, once
from shared import log
from shared.app import house
from shared.domain.booking.bookings import SlotTaken
from shared.domain.booking.invitations import Invitation, Standing
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.principals import Kind
from shared.formkit.dates import month_number, year_number
from shared.records.invited import Refused
from shared.web import Form, gettext, mark, principal, read_form, see_other, session, start_session
from shared.web.clients import client
from shared.web.cookies import SESSION, put_invited, read

pages = Blueprint("code", __name__, url_prefix="/boka/kod")
_LONGEST: Final = 40
_PARTS: Final = ("day", "month", "year")
_DAY: Final = re.compile(r"[0-3]?[0-9]")
_SHUT: Final = {
    Refused.WRONG: mark("Koden och födelsedagen går inte att använda"),
    Refused.WAIT: mark("Vänta en stund och försök igen"),
}


@pages.before_request
def invited() -> Response | None:
    """Anybody may try a code; what lies behind is for who had the right one."""
    return None if request.endpoint in {"code.ask", "code.enter"} else guests_only()


@pages.get("")
def ask() -> str:
    """The code and the day of birth."""
    return _ask({}, {})


@pages.post("")
def enter() -> ResponseReturnValue:
    """Open the invitation (303), or say that it cannot be opened (422) or not yet (429), and never why."""
    form = read_form(one=("code", *(f"born-{part}" for part in _PARTS)))
    typed, born = form.text("code"), _born(form)
    errors = {}
    if not typed:
        errors["code"] = gettext("Skriv koden som står i brevet")
    if born is None:
        errors["born"] = gettext("Skriv dagen, månaden och året när du är född")
    if errors:
        return _ask(_typed(form), errors), 422
    who = house().invited.enter(typed[:_LONGEST], born, client())
    if isinstance(who, Refused):
        log.info("invitation.refused", kind=who)
        return _ask(_typed(form), {"code": gettext(_SHUT[who])}, refused=who), 429 if who is Refused.WAIT else 422
    response = see_other(url_for("code.show"))
    before = read(request, SESSION, house().settings) if session() else ""
    start_session(response, house().sessions.start(who, before))
    put_invited(response, house().settings)
    log.info("invitation.opened")
    return response


@pages.get("/mote")
def show() -> ResponseReturnValue:
    """The invitation: how to meet while it is open, the meeting when there is one."""
    invitation = _invitation()
    if invitation.booking is not None:
        return see_other(url_for("own.one", id=invitation.booking))
    meeting = house().invited_meetings.choices(invitation)
    return render_template("invitation.html", meeting=meeting, unit=_unit(invitation))


@pages.get("/mote/<form>")
def when(form: str) -> ResponseReturnValue:
    """The days that have free times."""
    if (invitation := _invitation()).standing is not Standing.OPEN:
        return see_other(url_for("code.show"))
    meeting, how = _choice(invitation, form)
    held = house().invited_meetings.held(principal())
    found = times.shown(meeting, how, times.read_day(request.args.get("fran")), held)
    return _times(meeting, how, found)


@pages.post("/mote/<form>")
def hold(form: str) -> ResponseReturnValue:
    """Hold the time that was pressed (303 to the next question), or offer the nearest ones (409)."""
    begins = times.read_start(read_form(one=("start",)).text("start")) or abort(400)
    if (invitation := _invitation()).standing is not Standing.OPEN:
        return see_other(url_for("code.show"))
    meeting, how = _choice(invitation, form)
    try:
        held = house().invited_meetings.hold(principal(), (meeting, how), begins, once(start=begins))
    except SlotTaken:
        held_now = house().invited_meetings.held(principal())
        return make_response(_times(meeting, how, times.close_to(begins, meeting, how, held_now), taken=begins), 409)
    return see_other(url_for("wishing.interpreter", id=held.result))


def _times(meeting: Offered, how: MeetingForm, found: times.Shown, **more: Any) -> str:
    return render_template("times.html", meeting=meeting, form=how, shown=found, **more)


def _invitation() -> Invitation:
    return house().invited_meetings.invitation(principal()) or abort(see_other(url_for("code.ask", slut="1")))


def _choice(invitation: Invitation, form: str) -> tuple[Offered, MeetingForm]:
    meeting = house().invited_meetings.choices(invitation) or abort(see_other(url_for("code.show")))
    return meeting, next((one for one in meeting.forms if one.value == form), None) or abort(404)


def _unit(invitation: Invitation) -> str:
    found = house().municipality.units.get(invitation.unit)
    return found.name if found else house().municipality.name


def _ask(values: dict[str, Any], errors: dict[str, str], refused: Refused | None = None) -> str:
    who = principal()
    return render_template(
        "code.html",
        values=values,
        errors=errors,
        refused=refused,
        ended="slut" in request.args,
        lost="tappat" in request.args,
        elsewhere=who.kind not in {Kind.ANONYMOUS, Kind.INVITED},
    )


def _typed(form: Form) -> dict[str, Any]:
    return {"code": form.text("code"), "born": {part: form.text(f"born-{part}") for part in _PARTS}}


def _born(form: Form) -> date | None:
    typed, month, year = (form.text(f"born-{part}") for part in _PARTS)
    numbers = (year_number(year), month_number(month), int(typed) if _DAY.fullmatch(typed) else None)
    if None in numbers:
        return None
    try:
        return date(*(one or 0 for one in numbers))
    except (ValueError, OverflowError):
        return None
