"""Interpreter and needs, one question a page, kept while the time is held."""

from collections.abc import Mapping
from typing import Final

from flask import Blueprint, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.booking import expired, wishes
from functions.booking.residents import desk, own, own_meeting_only
from shared.app import house
from shared.domain.booking.bookings import Booking, State
from shared.ports.store import Conflict
from shared.web import read_form, see_other
from shared.web.meeting_words import CHOICES, GENDERS, HOW

_TRIES: Final = 16
pages = Blueprint("wishing", __name__, url_prefix="/boka/tid/<id>")
pages.before_request(own_meeting_only)


@pages.get("/tolk")
def interpreter(id: str) -> ResponseReturnValue:
    """Whether an interpreter is needed."""
    return _ask("interpreter.html", own(id), {}, {})


@pages.post("/tolk")
def keep_interpreter(id: str) -> ResponseReturnValue:
    """Keep the answer and go on (303), or say what is missing (422)."""
    answers = wishes.interpreter(read_form(one=wishes.INTERPRETER, many=("stranger",)))
    booking, errors = own(id), wishes.interpreter_problems(answers)
    if errors:
        return _ask("interpreter.html", booking, answers, errors)
    return _kept(booking, answers, "confirming.check" if "needs" in booking.wishes else "wishing.needs")


@pages.get("/behov")
def needs(id: str) -> ResponseReturnValue:
    """What else we should know."""
    return _ask("needs.html", own(id), {}, {})


@pages.post("/behov")
def keep_needs(id: str) -> ResponseReturnValue:
    """Keep the answers and go on to check them (303), or say what is wrong (422)."""
    answers = wishes.needs(read_form(one=wishes.NEEDS, many=("needs",)))
    booking = own(id)
    errors = wishes.needs_problems(answers, booking.form)
    if errors:
        return _ask("needs.html", booking, answers, errors)
    return _kept(booking, answers, "confirming.check")


def _kept(booking: Booking, answers: Mapping[str, object], onward: str) -> ResponseReturnValue:
    """Keep what was written, also when the ten minutes are over: nobody writes it again for another time."""
    if booking.state not in {State.HELD, State.LAPSED}:
        return see_other(url_for("own.one", id=booking.id))
    for _ in range(_TRIES):
        try:
            desk().wish(booking, answers)
        except Conflict:  # the button was pressed twice, or somebody has just got the time
            booking = own(booking.id)
        else:
            break
    if booking.expired(house().clock.now()):
        return expired.page(own(booking.id))
    return see_other(url_for(onward, id=booking.id))


def _ask(
    template: str, booking: Booking, answers: Mapping[str, object], errors: Mapping[str, str]
) -> ResponseReturnValue:
    if booking.state not in {State.HELD, State.LAPSED}:
        return see_other(url_for("own.one", id=booking.id))
    if booking.expired(house().clock.now()) and not errors:
        return expired.page(booking)
    page = render_template(
        template, booking=booking, values=answers or booking.wishes, errors=errors,
        choices=CHOICES, genders=GENDERS, ways=HOW,
    )  # fmt: skip
    return make_response(page, 422 if errors else 200)
