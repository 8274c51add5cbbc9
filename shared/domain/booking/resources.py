"""Who and what a meeting takes: staff members and rooms, their weekly hours and the days that differ."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from shared.domain import calendar
from shared.domain.holidays import days_off


class ResourceKind(StrEnum):
    STAFF = "staff"
    ROOM = "room"


class Absence(StrEnum):
    """Why a day differs; no resident is told which."""

    BLOCK = "block"
    ILLNESS = "illness"
    LEAVE = "leave"


@dataclass(frozen=True, slots=True)
class Hours:
    """Every week on this day (1 is Monday), from one Swedish clock time to another."""

    weekday: int
    begins: time
    ends: time


@dataclass(frozen=True, slots=True)
class Away:
    """Not there from the first day to the last, both included; with clock times only between those, each day."""

    why: Absence
    first: date
    last: date
    begins: time = time.min
    ends: time | None = None
    """None: until midnight."""


@dataclass(frozen=True, slots=True)
class Span:
    """From one UTC instant up to another."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Resource:
    """A staff member or a room."""

    id: str
    kind: ResourceKind
    name: str
    hours: tuple[Hours, ...]
    away: tuple[Away, ...] = ()

    def open(self, day: date) -> Iterator[Span]:
        """When it can be booked on the Swedish day, absences not taken away; nothing on a Swedish day off or an eve.

        An hour that spring skips is not there, and one that autumn repeats is there twice.
        """
        if day in days_off(day.year):
            return
        for one in self.hours:
            if one.weekday == day.isoweekday():
                start, end = calendar.at(day, one.begins), calendar.at(day, one.ends)
                if start < end:
                    yield Span(start, end)

    def absent(self, day: date) -> Iterator[Span]:
        """When it is away on the Swedish day."""
        for one in self.away:
            if one.first <= day <= one.last:
                end = calendar.end_of_day(day) if one.ends is None else calendar.at(day, one.ends)
                yield Span(calendar.at(day, one.begins), end)
