"""The words that declared forms borrow: numbers to call, the municipality's name, and dates in words."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from shared.domain.calendar import local_date
from shared.domain.municipality import Municipality
from shared.web import language
from shared.web.words import day


def borrowed(municipality: Municipality) -> Mapping[str, str]:
    """The words for the places in a form's texts."""
    emergency = municipality.emergency
    return {
        "acute": emergency.acute,
        "out_of_hours": emergency.out_of_hours_phone,
        "phone": municipality.intake.phone,
        "municipality": municipality.short_name,
    }


def in_words(when: date) -> str:
    """A date with its weekday, in the reader's language."""
    return day(when, language())


def last_whole_day(expires_at: datetime) -> date:
    """The last Swedish day that ends before a draft goes."""
    return local_date(expires_at) - timedelta(days=1)
