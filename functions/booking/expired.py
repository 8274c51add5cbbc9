"""A time that is not held any more: the nearest ones instead, and nothing to write again."""

from flask import Response, make_response, render_template, url_for

from functions.booking import times
from functions.booking.residents import offered
from shared.domain.booking.bookings import Booking


def page(booking: Booking, *, taken: bool = False) -> Response:
    """The page (409): `taken` when the time cannot be had, else the ten minutes are over."""
    meeting = offered(booking)
    found = times.close_to(booking.place.start, meeting, booking.form, [booking.id]) if meeting else times.Shown([])
    action = url_for("confirming.again", id=booking.id)
    return make_response(render_template("expired.html", booking=booking, shown=found, taken=taken, action=action), 409)
