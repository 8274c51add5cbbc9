"""Dates and times in words, in Swedish and English, without a locale library."""

from datetime import date, datetime, timedelta
from typing import Final

from shared.domain.calendar import local

_DAYS: Final = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_MONTHS: Final = {
    "sv": (
        "januari", "februari", "mars", "april", "maj", "juni",
        "juli", "augusti", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip
_NBSP: Final = "\N{NO-BREAK SPACE}"
_NEAR: Final = {
    "sv": {-1: f"i{_NBSP}går", 0: f"i{_NBSP}dag", 1: f"i{_NBSP}morgon"},
    "en": {-1: "yesterday", 0: "today", 1: "tomorrow"},
}


def _in(language: str) -> str:
    return language if language in _DAYS else "sv"


def day(when: date, language: str, *, year: bool = True) -> str:
    """The date with its weekday: "tisdag 1 december 2026", "Tuesday 1 December 2026"."""
    words = f"{_DAYS[_in(language)][when.weekday()]} {when.day}{_NBSP}{_MONTHS[_in(language)][when.month - 1]}"
    return f"{words}{_NBSP}{when.year}" if year else words


def short_day(when: date, language: str) -> str:
    """The date for narrow places: "tis 1 dec", "Tue 1 Dec"."""
    weekday, month = _DAYS[_in(language)][when.weekday()], _MONTHS[_in(language)][when.month - 1]
    return f"{weekday[:3]}{_NBSP}{when.day}{_NBSP}{month[:3]}"


def near_day(when: date, today: date, language: str) -> str:
    """Yesterday, today and tomorrow by name, other days with weekday; the year only when it is another."""
    near = _NEAR[_in(language)].get((when - today) // timedelta(days=1))
    return near or day(when, language, year=when.year != today.year)


def clock_time(instant: datetime, language: str) -> str:
    """The Swedish wall clock at an aware instant: "14.31" or "14:31"."""
    return local(instant).strftime("%H:%M" if _in(language) == "en" else "%H.%M")


def moment(instant: datetime, language: str, now: datetime | None = None) -> str:
    """Day and time of an aware instant: "i dag kl. 14.31"; without `now` always the full date."""
    when = local(instant).date()
    named = day(when, language) if now is None else near_day(when, local(now).date(), language)
    joint = " at " if _in(language) == "en" else f" kl.{_NBSP}"
    return f"{named}{joint}{clock_time(instant, language)}"


def capital(text: str) -> str:
    """The text with a capital first letter, the rest untouched."""
    return text[:1].upper() + text[1:]
