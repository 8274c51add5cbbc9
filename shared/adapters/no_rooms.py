"""No video server: meetings are held in other ways."""

from shared.ports.video import Entry, VideoUnavailable


class NoRooms:
    """Lets nobody in."""

    connected = False
    origin = ""

    def way_in(self, _entry: Entry) -> str:
        """Raises `VideoUnavailable`."""
        raise VideoUnavailable
