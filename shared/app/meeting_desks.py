"""The desk of meetings that residents book."""

from functools import cached_property
from typing import TYPE_CHECKING

from shared.app.file_desks import FileDesks
from shared.settings import BadSettings

if TYPE_CHECKING:
    from shared.domain.booking.offer import Offer
    from shared.records.booking import Meetings


class MeetingDesks(FileDesks):
    """Meetings."""

    @cached_property
    def offer(self) -> "Offer":
        """What the municipality offers; raises `BadSettings` when its file cannot be read, or not be followed yet."""
        from shared.adapters.booking_file import booking_path, load_offer

        path = booking_path(self.settings.municipality)
        if path.is_file() and not self.settings.demo:
            raise BadSettings(f"{path.name}: staff cannot see meetings yet, so they are offered at stage demo only.")
        return load_offer(path)

    def read_offer(self) -> None:
        """Read what is offered now, so that a file with a mistake is told of at the start; raises `BadSettings`."""
        _ = self.offer

    @cached_property
    def meetings(self) -> "Meetings":
        """A private person's own meetings."""
        from shared.records.booking import Meetings

        return Meetings(self._vault, self.offer, self._submissions, self._disclosures)
