"""Free times as a page shows them: the next days that have any, and the way to later and earlier ones."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import Final

from shared.app import house
from shared.domain import calendar
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.booking.offer import Free, nearest
from shared.web import gettext, language
from shared.web.words import clock_time

_DAYS: Final = 5
_YEARS: Final = range(2000, 2200)


@dataclass(frozen=True, slots=True)
class Start:
    """One time to press: the instant as it is posted, and the clock time in words."""

    value: str
    text: str


@dataclass(frozen=True, slots=True)
class Shown:
    """Days with their times; `later` and `earlier` are the first days of the pages beside, or None."""

    days: list[tuple[date, list[Start]]]
    later: date | None = None
    earlier: date | None = None


def shown(meeting: Offered, form: MeetingForm, since: date | None, apart: Collection[str]) -> Shown:
    """The first five days with free times from `since` on."""
    days = by_day(_all(meeting, form, apart))
    dates = [day for day, _ in days]
    first = next((n for n, day in enumerate(dates) if since is None or day >= since), len(dates))
    first = max(0, min(first, len(dates) - 1))
    later = dates[first + _DAYS] if first + _DAYS < len(dates) else None
    earlier = dates[max(0, first - _DAYS)] if first else None
    return Shown(days[first : first + _DAYS], later, earlier)


def close_to(wished: datetime, meeting: Offered, form: MeetingForm, apart: Collection[str]) -> Shown:
    """The free times nearest to one that is taken, by day."""
    return Shown(by_day(nearest(_all(meeting, form, apart), wished)))


def by_day(free: list[Free]) -> list[tuple[date, list[Start]]]:
    """The times under their Swedish days."""
    grouped = groupby(free, key=lambda one: calendar.local_date(one.start))
    return [(day, [Start(one.start.isoformat(), in_words(one.start)) for one in times]) for day, times in grouped]


def in_words(start: datetime) -> str:
    """The clock time; in the hour that autumn repeats also whether it is before or after the change."""
    said, local = clock_time(start, language()), calendar.local(start)
    if local.replace(fold=0).utcoffset() == local.replace(fold=1).utcoffset():
        return said
    change = gettext("vintertid") if local.fold else gettext("sommartid")
    return f"{said} {change}"


def read_start(text: str) -> datetime | None:
    """The posted instant, or None for what no page of ours posts."""
    try:
        start = datetime.fromisoformat(text)
    except ValueError:
        return None
    if start.tzinfo is None or start.year not in _YEARS:
        return None
    return start.astimezone(UTC)


def read_day(text: str | None) -> date | None:
    """The day that a page begins with; None for none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _all(meeting: Offered, form: MeetingForm, apart: Collection[str]) -> list[Free]:
    today = calendar.local_date(house().clock.now())
    return house().places.free(meeting, form, (today, today + timedelta(days=meeting.ahead)), apart)
