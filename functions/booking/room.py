"""The way into the room of the person's own video meeting."""

from typing import Any

from flask import Blueprint, abort, url_for
from flask.typing import ResponseReturnValue

from functions.booking.answers import apart
from functions.booking.residents import own_meeting_only
from shared import log
from shared.app import house
from shared.domain.booking.bookings import Booking
from shared.domain.booking.video_rooms import Door, RoomClosed
from shared.domain.ids import ItemId, is_id
from shared.web import allow_form_target, gettext, principal, read_form, see_other
from shared.web.video_words import room

pages = Blueprint("room", __name__, url_prefix="/boka/tid/<id>/rum")
pages.before_request(own_meeting_only)


@pages.post("")
def enter(id: str) -> ResponseReturnValue:
    """Into the room (303), or back to the meeting's page when its door is not open (303)."""
    read_form(one=())
    back = url_for("own.one", id=id)
    try:
        found = house().video_rooms.enter(principal(), ItemId(id), gettext("Deltagare")) if is_id(id) else None
    except RoomClosed:
        return see_other(back)
    log.info("meeting.entered", kind="resident")
    return see_other(found or abort(404))


def shown(booking: Booking) -> dict[str, Any] | None:
    """The card of the meeting's room; None when it has none."""
    rooms = house().video_rooms
    door = rooms.door(booking)
    if door is Door.OPEN and rooms.origin:
        allow_form_target(rooms.origin)
    return room(apart(booking), door, house().municipality, hosts=False)
