"""When somebody reads: whether social services are open now, and otherwise on which day they open next."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from shared.domain import calendar
from shared.domain.municipality import OpeningHours
from shared.domain.opening import is_open, opens_on


@dataclass(frozen=True, slots=True)
class Reading:
    """Whether a report that comes in now is read at once, and the Swedish day on which it is read at the latest."""

    open: bool
    day: date


def reading(hours: OpeningHours, now: datetime) -> Reading:
    """What to promise somebody who sends at `now`: the same day before closing time, else the next open day."""
    today, clock = calendar.local_date(now), calendar.local(now).time()
    if is_open(hours, now):
        return Reading(open=True, day=today)
    if opens_on(hours, today) and clock < hours.opens:
        return Reading(open=False, day=today)
    return Reading(open=False, day=_next_open(hours, today))


def _next_open(hours: OpeningHours, after: date) -> date:
    day = after + timedelta(days=1)
    while not opens_on(hours, day):
        day += timedelta(days=1)
    return day
