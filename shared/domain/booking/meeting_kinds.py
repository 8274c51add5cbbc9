"""What can be booked: a kind of meeting, how long it is, how people meet, and who holds it."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.domain.ids import UnitId

QUARTER: Final = 15
"""Minutes of one atom; lengths, buffers and grids are multiples of it."""
_MOST_MINUTES: Final = 8 * 60


class MeetingForm(StrEnum):
    VISIT = "visit"
    VIDEO = "video"
    PHONE = "phone"


class BadOffer(ValueError):
    """What is offered cannot be: the message says what, for who wrote the file."""


@dataclass(frozen=True, slots=True)
class Offered:
    """One kind of meeting that residents may book.

    `length`, `buffer` (after the meeting, nobody else comes) and `every` (minutes between two starts) are minutes in
    whole quarters; `lead` is hours from now to the first time, `ahead` days to the last. `staff` and `rooms` are
    resource ids; a visit takes one of the rooms, and without rooms there are no visits. `place` says in sv and en
    where a visit is.
    """

    id: str
    unit: UnitId
    name: Mapping[str, str]
    about: Mapping[str, str]
    length: int
    forms: tuple[MeetingForm, ...]
    staff: tuple[str, ...]
    rooms: tuple[str, ...] = ()
    place: Mapping[str, str] | None = None
    buffer: int = 15
    every: int = 30
    lead: int = 24
    ahead: int = 42

    def __post_init__(self) -> None:
        minutes = (self.length, self.every)
        if any(one <= 0 or one % QUARTER for one in minutes) or self.buffer < 0 or self.buffer % QUARTER:
            raise BadOffer(f"{self.id}: length, buffer and every are whole quarters")
        if self.length + self.buffer > _MOST_MINUTES or self.lead < 0 or self.ahead <= 0:
            raise BadOffer(f"{self.id}: too long, or never")
        if not self.forms or not self.staff:
            raise BadOffer(f"{self.id}: nobody holds it")
        if MeetingForm.VISIT in self.forms and not (self.rooms and self.place):
            raise BadOffer(f"{self.id}: a visit has a room and a place")
