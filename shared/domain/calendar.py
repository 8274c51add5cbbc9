"""Legal days and local time: the only room that turns instants into Swedish dates and back."""

import calendar as gregorian
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from shared.domain.holidays import days_off

ZONE = ZoneInfo("Europe/Stockholm")
_FRIDAY = 5
_MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip


def local(instant: datetime) -> datetime:
    """The instant on a Swedish wall clock. For reading and showing only: never add or subtract local times.

    A datetime without a time zone raises ValueError.
    """
    if instant.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return instant.astimezone(ZONE)


def local_date(instant: datetime) -> date:
    """The Swedish date on which the instant falls: the day of receipt in the sense of FL 22 §."""
    return local(instant).date()


def at(day: date, clock: time) -> datetime:
    """The UTC instant when Swedish clocks show `clock` on `day`.

    The hour that spring skips is read as if the clock had not moved yet (02.30 is the instant shown as
    03.30); of the hour that autumn repeats, the first is meant. Both as RFC 5545 does.
    """
    return datetime.combine(day, clock.replace(tzinfo=None, fold=0), ZONE).astimezone(UTC)


def start_of_day(day: date) -> datetime:
    """The UTC instant of the local midnight that begins the day."""
    return at(day, time())


def end_of_day(day: date) -> datetime:
    """The first UTC instant after the day: the next local midnight, 23 to 25 hours after the start."""
    return start_of_day(day + timedelta(days=1))


def is_working_day(day: date) -> bool:
    """Whether a measure can be due on the day: not Saturday, Sunday, public holiday or one of the three eves.

    Lag (1930:173) 2 §.
    """
    return day.isoweekday() <= _FRIDAY and day not in days_off(day.year)


def next_working_day(day: date) -> date:
    """The first working day after the day."""
    return rolled(day + timedelta(days=1))


def previous_working_day(day: date) -> date:
    """The last working day before the day."""
    return moved_back(day - timedelta(days=1))


def rolled(day: date) -> date:
    """The day itself or the first working day after it: the last day for a measure by lag (1930:173) 2 §."""
    while not is_working_day(day):
        day += timedelta(days=1)
    return day


def moved_back(day: date) -> date:
    """The day itself or the last working day before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def add_days(day: date, days: int) -> date:
    """So many calendar days later; the day of the event is day 0."""
    return day + timedelta(days=days)


def add_weeks(day: date, weeks: int) -> date:
    """The same weekday so many weeks later (lag 1930:173 1 §)."""
    return day + timedelta(weeks=weeks)


def add_months(day: date, months: int) -> date:
    """The same day number so many months later, or that month's last day if it has no such day (lag 1930:173 1 §)."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, gregorian.monthrange(year, month)[1]))


def written(day: date) -> str:
    """The day as Swedish letters and decisions write it: "16 november 2026"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"
