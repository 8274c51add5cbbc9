"""The desks of meetings: those who book them, and those who hold them."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.file_desks import FileDesks
from shared.settings import BadSettings

if TYPE_CHECKING:
    from shared.domain.booking.offer import Offer
    from shared.records.booking import Meetings
    from shared.records.booking_blocks import BookingBlocks
    from shared.records.meeting_news import MeetingNews
    from shared.records.staff_meetings import StaffMeetings


class MeetingDesks(FileDesks):
    """Meetings."""

    @cached_property
    def offer(self) -> "Offer":
        """What the municipality offers; raises `BadSettings` when its file cannot be read.

        Also when somebody books a meeting that nobody of the staff would see: with whom the directory does not know,
        or of another unit.
        """
        from shared.adapters.booking_file import booking_path, load_offer

        path = booking_path(self.settings.municipality)
        offer = load_offer(path)
        if unseen := offer.unseen(self.municipality):
            raise BadSettings(f"{path.name}: {unseen}.")
        return offer

    def read_offer(self) -> None:
        """Read what is offered now, so that a file with a mistake is told of at the start; raises `BadSettings`."""
        _ = self.offer

    @cached_property
    def meetings(self) -> "Meetings":
        """A private person's own meetings."""
        from shared.records.booking import Meetings

        return Meetings(self._vault, self.offer, self._submissions, self._disclosures, self._meeting_news)

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
