"""The promise of what holds video meetings: a room is there while somebody is in it, and who comes has a way in."""

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Entry:
    """Who is let in: the room's random name, as whom others in it see the person, and whether it is the host."""

    room: str
    shown: str
    host: bool


class VideoUnavailable(Exception):
    """No way in can be given; nothing was. Its cause is logged where it is found."""


class Video(Protocol):
    """Rooms on a server of the organisation's own choice."""

    @property
    def connected(self) -> bool:
        """Whether ways in can be given at all; asks no server, and is quick enough for a page."""
        ...

    @property
    def origin(self) -> str:
        """Scheme, host and port that ways in lead to; empty when they stay in this installation."""
        ...

    def way_in(self, entry: Entry) -> str:
        """The address that lets one person into one room, for some minutes; whoever has it is let in.

        It is to be given to that person's browser and nowhere else: never kept, never logged. Raises
        `VideoUnavailable`.
        """
        ...
