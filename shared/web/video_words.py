"""The room of a video meeting in words, for the person and for who holds it: whether it is open, and who is in it."""

from typing import Any

from shared.domain.booking.bookings import Booking
from shared.domain.booking.video_rooms import Door, opens_at
from shared.domain.ids import StaffId
from shared.domain.municipality import Municipality, Staff
from shared.web.meeting_words import interpreter_line
from shared.web.texts import gettext


def room(booking: Booking, door: Door, directory: Municipality, *, hosts: bool) -> dict[str, Any] | None:
    """What the card of the room says (ui/room.html); None for a meeting that has none. `hosts`: staff look at it."""
    if door in {Door.NONE, Door.OFF}:
        return None
    return {
        "door": door.value,
        "opens": opens_at(booking),
        "people": _people(booking, directory, hosts=hosts),
        "number": str(booking.wishes.get("phone", "")),
        "hosts": hosts,
    }


def _people(booking: Booking, directory: Municipality, *, hosts: bool) -> list[dict[str, str]]:
    """Who is in the room, as booked: {name, about}; nobody else is let in."""
    found = [_holder(booking, directory)]
    found.append({"name": booking.name if hosts else gettext("Du"), "about": ""})
    if language := interpreter_line(booking):
        found.append({"name": gettext("En tolk"), "about": language})
    if comes := str(booking.wishes.get("support_person", "")):
        words = gettext("Är med hos personen.") if hosts else gettext("Är med hos dig.")
        found.append({"name": comes, "about": words})
    return found


def _holder(booking: Booking, directory: Municipality) -> dict[str, str]:
    id = StaffId(booking.place.staff)
    colleague: Staff | None = directory.staff.get(id) or directory.former.get(id)
    if colleague is None:
        return {"name": gettext("Den som håller mötet"), "about": gettext("För anteckningar.")}
    name = f"{colleague.name}, {colleague.title}" if colleague.title else colleague.name
    return {"name": name, "about": gettext("Håller mötet och för anteckningar.")}
