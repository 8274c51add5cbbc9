"""Stands in for a video server at stage demo: the way in leads to a page of ours that says that it is a test."""

from typing import Final

from shared.ports.video import Entry

PATH: Final = "/lokal/rum"


class PracticeRooms:
    """Lets everybody into the same page, where nobody is seen or heard."""

    connected = True
    origin = ""

    def way_in(self, _entry: Entry) -> str:
        """The page; it is told nothing."""
        return PATH
