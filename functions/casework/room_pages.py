"""The way into the room of a video meeting, for the one who holds it."""

from typing import Any

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from shared import log
from shared.app import house
from shared.domain.booking.bookings import Booking
from shared.domain.booking.video_rooms import Door, RoomClosed, seat
from shared.domain.ids import ItemId, is_id
from shared.web import allow_form_target, gettext, principal, read_form, see_other
from shared.web.video_words import room

pages = Blueprint("room", __name__, url_prefix="/arbete/moten/<id>/rum")


@pages.post("")
def enter(id: str) -> ResponseReturnValue:
    """Into the room (303), or back to the meeting's page when its door is not open (303)."""
    read_form(one=())
    back = url_for("meeting.show", id=id)
    try:
        found = house().video_rooms.enter(principal(), ItemId(id), gettext("Deltagare")) if is_id(id) else None
    except RoomClosed:
        return see_other(back)
    log.info("meeting.entered", kind="staff")
    return see_other(found or abort(404))


def shown(booking: Booking) -> dict[str, Any]:
    """The card of the meeting's room and where its button leads: nowhere for who does not hold the meeting."""
    rooms = house().video_rooms
    door = rooms.door(booking)
    let_in = seat(
        principal(), person=booking.person, invitation=booking.invitation, unit=booking.unit, staff=booking.place.staff
    )
    if door is Door.OPEN and let_in and rooms.origin:
        allow_form_target(rooms.origin)
    action = url_for("room.enter", id=booking.id) if let_in else ""
    return {"room": room(booking, door, house().municipality, hosts=True), "room_action": action}
