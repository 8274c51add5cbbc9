"""When somebody reads: whether social services are open now, and otherwise on which day they open next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.domain import calendar
from shared.domain.municipality import OpeningHours


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether a report that comes in now is read at once, and the Swedish day on which it is read at the latest."""

    open: bool
    day: date


def reading(hours: OpeningHours, now: datetime) -> Reading:
    """What to promise somebody who sends at `now`: the same day before closing time, else the next open day."""
    today, clock = calendar.local_date(now), calendar.local(now).time()
    opens_today = _is_open(hours, today)
    if opens_today and hours.opens <= clock < hours.closes:
        return Reading(open=True, day=today)
    if opens_today and clock < hours.opens:
        return Reading(open=False, day=today)
    return Reading(open=False, day=_next_open(hours, today))


def _next_open(hours: OpeningHours, after: date) -> date:
    day = after + timedelta(days=1)
    while not _is_open(hours, day):
        day += timedelta(days=1)
    return day


def _is_open(hours: OpeningHours, day: date) -> bool:
    return day.isoweekday() in hours.days and calendar.is_working_day(day)
