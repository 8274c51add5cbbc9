"""How a deadline looks at a given moment: the figures behind the badge; the words are chosen on display."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from shared.domain import calendar
from shared.domain.deadlines import SOON_WORKING_DAYS, last_day

_HOUR = timedelta(hours=1)


class ClockKind(StrEnum):
    LATE = "late"
    TODAY = "today"
    SOON = "soon"
    """At most three working days are left after today."""
    OK = "ok"


@dataclass(frozen=True, slots=True)
class ClockView:
    """A running clock: `day` is the last local day; `days` and `hours` are whole ones left, or late by when LATE.

    `days` counts local dates (a clock that ran out at midnight is one day late all the next day), `hours` real hours.
    """

    kind: ClockKind
    day: date
    days: int
    hours: int


def clock_view(due: datetime, now: datetime) -> ClockView:
    """The look of a running deadline with that due instant."""
    day, today = last_day(due), calendar.local_date(now)
    if now >= due:
        return ClockView(ClockKind.LATE, day, (today - day).days, (now - due) // _HOUR)
    return ClockView(_kind(today, day), day, (day - today).days, (due - now) // _HOUR)


def day_of(anchor_at: datetime, due: datetime, now: datetime) -> tuple[int, int]:
    """Which day it is of how many ("dag 15 av 14"); the anchor's own day is day 0."""
    anchor = calendar.local_date(anchor_at)
    return (calendar.local_date(now) - anchor).days, (last_day(due) - anchor).days


def _kind(today: date, day: date) -> ClockKind:
    if today == day:
        return ClockKind.TODAY
    later = today
    for _ in range(SOON_WORKING_DAYS + 1):
        later = calendar.next_working_day(later)
    return ClockKind.SOON if day < later else ClockKind.OK
