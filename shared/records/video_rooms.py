"""Into the room of a video meeting: for the person whose meeting it is and for who holds it, each time logged."""

from typing import Any

from shared.domain.booking import video_rooms
from shared.domain.booking.bookings import Booking
from shared.domain.booking.video_rooms import Door, RoomClosed, Seat
from shared.domain.ids import CaseId, ItemId, PersonIndex, UnitId
from shared.domain.principals import Principal
from shared.ports.keys import KeyGone
from shared.ports.store import Document
from shared.ports.video import Entry, Video, VideoUnavailable
from shared.records.booking_rows import booking_key, read_booking
from shared.records.invitations import Invitations
from shared.records.trail import Disclosures
from shared.records.vault import Vault


class VideoRooms:
    """Asks who it is, then whether the door is open, and gives a way in only then."""

    def __init__(self, vault: Vault, disclosures: Disclosures, video: Video) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._disclosures = disclosures
        self._video = video
        self._invitations = Invitations(vault)

    @property
    def origin(self) -> str:
        """Where ways in lead (`Video.origin`)."""
        return self._video.origin

    def door(self, booking: Booking) -> Door:
        """How the room of a meeting is found that the viewer has opened."""
        return video_rooms.door(booking, self._clock.now(), connected=self._video.connected)

    def enter(self, principal: Principal, id: ItemId, guest: str) -> str | None:
        """The address of the room, for this principal's browser alone; None for whom the meeting does not exist.

        Others in the room see a guest under the word `guest`, and who holds the meeting under the own name. Raises
        `RoomClosed`; also when no way in can be given.
        """
        document = self._store.get("bookings", id)
        seat = None if document is None else _seat(principal, document)
        if document is None or seat is None or not self._invitations.newest_letter(principal):
            return None
        booking = self._read(document)
        if booking is None:
            return None
        if self.door(booking) is not Door.OPEN:
            raise RoomClosed
        self._disclosures.record(principal, CaseId(id), "video_room")
        host = seat is Seat.HOST
        try:
            return self._video.way_in(Entry(booking.video, principal.name if host else guest, host))
        except VideoUnavailable as error:
            raise RoomClosed from error

    def _read(self, document: Document) -> Booking | None:
        self._ring.load([booking_key(document)])
        try:
            return read_booking(document, self._sealing)
        except KeyGone:
            return None


def _seat(principal: Principal, document: Document) -> Seat | None:
    fields: Any = document.fields
    said = fields.get("invitation")
    return video_rooms.seat(
        principal, person=PersonIndex(fields["person"]), invitation=ItemId(said) if said else None,
        unit=UnitId(fields["unit"]), staff=fields["staff"],
    )  # fmt: skip
