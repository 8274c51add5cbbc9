"""The work queue as people read it: what is late, what is due today, this week and later.

Within a group the unassigned come first. Groups are half-open ranges of due instants, so a page is a few
range scans and never a sort.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from shared.domain import calendar


class Group(StrEnum):
    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


class Filter(StrEnum):
    """What the list is narrowed to; exactly one at a time."""

    ALL = "all"
    UNASSIGNED = "unassigned"
    MINE = "mine"
    OROSANMALAN = "orosanmalan"
    UTREDNING = "utredning"
    EKONOMISKT_BISTAND = "ekonomiskt_bistand"


@dataclass(frozen=True, slots=True)
class Segment:
    """One range scan: due from `start` (inclusive) to `stop` (exclusive); `assigned` None is both."""

    group: Group
    start: datetime | None
    stop: datetime | None
    assigned: bool | None


def bounds(now: datetime) -> dict[Group, tuple[datetime | None, datetime | None]]:
    """Each group's range at `now`; `due` is the first instant that is too late, so due == now is late."""
    today = calendar.local_date(now)
    just_after = now + timedelta(microseconds=1)
    end_of_today = calendar.end_of_day(today) + timedelta(microseconds=1)
    sunday = calendar.add_days(today, 7 - today.isoweekday())
    end_of_week = calendar.end_of_day(sunday) + timedelta(microseconds=1)
    return {
        Group.LATE: (None, just_after),
        Group.TODAY: (just_after, end_of_today),
        Group.WEEK: (end_of_today, end_of_week),
        Group.LATER: (end_of_week, None),
    }


def group_of(due: datetime, now: datetime) -> Group:
    """The group a due instant belongs to at `now`."""
    return next(group for group, (_, stop) in bounds(now).items() if stop is None or due < stop)


def segments(now: datetime, narrowed: Filter, only: Group | None = None) -> list[Segment]:
    """The scans that make up the list in reading order."""
    split = {Filter.UNASSIGNED: (False,), Filter.MINE: (None,)}.get(narrowed, (False, True))
    return [
        Segment(group, start, stop, assigned)
        for group, (start, stop) in bounds(now).items()
        if only in {None, group}
        for assigned in split
    ]
