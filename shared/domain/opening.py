"""Whether social services are open: what decides which phone number comes first."""

from datetime import date, datetime

from shared.domain import calendar
from shared.domain.municipality import OpeningHours


def opens_on(hours: OpeningHours, day: date) -> bool:
    """Whether there are opening hours on the Swedish day; public holidays are closed."""
    return day.isoweekday() in hours.days and calendar.is_working_day(day)


def is_open(hours: OpeningHours, now: datetime) -> bool:
    """Whether somebody answers now: from the minute of opening until the minute of closing."""
    return opens_on(hours, calendar.local_date(now)) and hours.opens <= calendar.local(now).time() < hours.closes
