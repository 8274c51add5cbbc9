"""The desks of meetings: those who book them, and those who hold them."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.file_desks import FileDesks
from shared.settings import BadSettings

if TYPE_CHECKING:
    from shared.domain.booking.offer import Offer
    from shared.records.booking import Meetings
    from shared.records.booking_blocks import BookingBlocks
    from shared.records.free_places import FreePlaces
    from shared.records.invited import Invited
    from shared.records.invited_meetings import InvitedMeetings
    from shared.records.meeting_news import MeetingNews
    from shared.records.staff_meetings import StaffMeetings


class MeetingDesks(FileDesks):
    """Meetings."""

    @cached_property
    def offer(self) -> "Offer":
        """What the municipality offers; raises `BadSettings` when its file cannot be read."""
        from shared.adapters.booking_file import booking_path, load_offer

        return load_offer(booking_path(self.settings.municipality))

    def read_offer(self) -> None:
        """Read what is offered now, so that a file with a mistake is told of at the start; raises `BadSettings`.

        A mistake is also a name that the directory does not know. Whoever has left or works elsewhere is none: with
        them nothing is booked, whenever that happens.
        """
        from shared.adapters.booking_file import booking_path

        if unknown := self.offer.unknown(self.municipality):
            raise BadSettings(f"{booking_path(self.settings.municipality).name}: {unknown}.")

    @cached_property
    def meetings(self) -> "Meetings":
        """A private person's own meetings."""
        from shared.records.booking import Meetings

        return Meetings(self._vault, self.places, self._submissions, self._disclosures, self._meeting_news)

    @cached_property
    def invited_meetings(self) -> "InvitedMeetings":
        """The one meeting of somebody who came with a code."""
        from shared.records.invited_meetings import InvitedMeetings

        return InvitedMeetings(self._vault, self.places, self._submissions, self._disclosures, self._meeting_news)

    @cached_property
    def invited(self) -> "Invited":
        """The door for codes from letters."""
        from shared.records.invited import Invited

        return Invited(self._vault)

    @property
    def places(self) -> "FreePlaces":
        """Which times can be had, of what is offered now."""
        from shared.records.free_places import FreePlaces

        return FreePlaces(self._vault, self.offer, lambda: self.municipality.staff)

    @cached_property
    def staff_meetings(self) -> "StaffMeetings":
        """Meetings as staff see them."""
        from shared.records.staff_meetings import StaffMeetings

        return StaffMeetings(self._vault, self._submissions, self._disclosures, self._meeting_news)

    @cached_property
    def blocks(self) -> "BookingBlocks":
        """Blocked time."""
        from shared.records.booking_blocks import BookingBlocks

        return BookingBlocks(self._vault, self._submissions)

    @cached_property
    def _meeting_news(self) -> "MeetingNews":
        from shared.records.meeting_news import MeetingNews

        return MeetingNews(self._vault, self._outbox)
