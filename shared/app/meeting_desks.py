"""The desks of meetings: those who book them, and those who hold them."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.file_desks import FileDesks
from shared.settings import BadSettings

if TYPE_CHECKING:
    from shared.domain.booking.offer import Offer
    from shared.ports.video import Video
    from shared.records.booking import Meetings
    from shared.records.booking_blocks import BookingBlocks
    from shared.records.calendar_links import CalendarLinks
    from shared.records.free_places import FreePlaces
    from shared.records.invited import Invited
    from shared.records.invited_meetings import InvitedMeetings
    from shared.records.meeting_news import MeetingNews
    from shared.records.staff_meetings import StaffMeetings
    from shared.records.video_rooms import VideoRooms


class MeetingDesks(FileDesks):
    """Meetings."""

    @cached_property
    def offer(self) -> "Offer":
        """What the municipality offers; raises `BadSettings` when its file cannot be read.

        Nobody is met by video where no video server is to be had.
        """
        from shared.adapters.booking_file import booking_path, load_offer
        from shared.domain.booking.meeting_kinds import MeetingForm

        offer = load_offer(booking_path(self.settings))
        return offer if self.video.connected else offer.without(MeetingForm.VIDEO)

    @cached_property
    def video(self) -> "Video":
        """Who holds video meetings: the server that the settings name, a stand-in at stage demo, else nobody."""
        if self.settings.video_url and self.settings.video_key_file:
            from shared.adapters.jitsi_rooms import JitsiRooms

            key_file = self.settings.video_key_file
            return JitsiRooms(self.settings.video_url, self.settings.video_app, key_file, self.clock)
        if self.settings.demo:
            from shared.adapters.practice_rooms import PracticeRooms

            return PracticeRooms()
        from shared.adapters.no_rooms import NoRooms

        return NoRooms()

    @cached_property
    def video_rooms(self) -> "VideoRooms":
        """The rooms of video meetings."""
        from shared.records.video_rooms import VideoRooms

        return VideoRooms(self._vault, self._disclosures, self.video)

    def read_offer(self) -> None:
        """Read what is offered now, so that a file with a mistake is told of at the start; raises `BadSettings`.

        A mistake is also a name that the directory does not know. Whoever has left or works elsewhere is none: with
        them nothing is booked, whenever that happens.
        """
        from shared.adapters.booking_file import booking_path

        if unknown := self.offer.unknown(self.municipality):
            raise BadSettings(f"{booking_path(self.settings).name}: {unknown}.")

    @cached_property
    def meetings(self) -> "Meetings":
        """A private person's own meetings."""
        return self.meetings_at(self.places)

    def meetings_at(self, places: "FreePlaces") -> "Meetings":
        """The same at these times and places."""
        from shared.records.booking import Meetings

        return Meetings(self._vault, places, self._submissions, self._disclosures, self._meeting_news)

    @cached_property
    def invited_meetings(self) -> "InvitedMeetings":
        """The one meeting of somebody who came with a code."""
        from shared.records.invited_meetings import InvitedMeetings

        return InvitedMeetings(self._vault, self.places, self._submissions, self._disclosures, self._meeting_news)

    @cached_property
    def invited(self) -> "Invited":
        """The door for codes from letters."""
        from shared.records.invited import Invited

        return Invited(self._vault, self._disclosures)

    @property
    def places(self) -> "FreePlaces":
        """Which times can be had, of what is offered now."""
        return self.places_of(self.offer)

    def places_of(self, offer: "Offer") -> "FreePlaces":
        """The same where this is offered."""
        from shared.records.free_places import FreePlaces

        return FreePlaces(self._vault, offer, lambda: self.municipality.staff)

    @cached_property
    def staff_meetings(self) -> "StaffMeetings":
        """Meetings as staff see them."""
        from shared.records.staff_meetings import StaffMeetings

        return StaffMeetings(self._vault, self._submissions, self._disclosures, self._meeting_news)

    @cached_property
    def calendar_links(self) -> "CalendarLinks":
        """Staff members' secret links to the own meetings."""
        from shared.records.calendar_links import CalendarLinks

        return CalendarLinks(self._vault, self._submissions, self.directory, self.staff_meetings)

    @cached_property
    def blocks(self) -> "BookingBlocks":
        """Blocked time."""
        from shared.records.booking_blocks import BookingBlocks

        return BookingBlocks(self._vault, self._submissions)

    @cached_property
    def _meeting_news(self) -> "MeetingNews":
        from shared.records.meeting_news import MeetingNews

        return MeetingNews(self._vault, self._outbox)
