"""Dates in three fields and times of day, as people write them; kept as ISO texts in local time."""

import re
from contextlib import suppress
from datetime import date
from typing import Final

from shared.formkit.definition import Answer, Field
from shared.formkit.plain_text import cleaned, with_plain_digits
from shared.formkit.reading import NOTHING, Kind, Parts, Reading, ShowDate, first, flawed
from shared.formkit.words import words

MONTHS: Final = (
    ("januari", "january"), ("februari", "february"), ("mars", "march"), ("april",), ("maj", "may"), ("juni", "june"),
    ("juli", "july"), ("augusti", "august"), ("september",), ("oktober", "october"), ("november",), ("december",),
)  # fmt: skip
_DATE: Final = ("-day", "-month", "-year")
_TIME: Final = "-time"
_SHORTEST_NAME: Final = 3
_EARLIEST: Final = 1875
_LONGEST: Final = 40
_CLOCK: Final = re.compile(r"(?:kl|klockan|at)?\.? *([01]?\d|2[0-3])[.: ]*([0-5]\d)?", re.IGNORECASE)
_KEPT_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d")
_KEPT_DATETIME: Final = re.compile(r"\d{4}-\d\d-\d\d(T\d\d:\d\d)?")


def _read_date(field: Field, parts: Parts, today: date) -> Reading:
    day, month, year = (_part(parts, part) for part in _DATE)
    if not (day or month or year):
        return NOTHING
    for text, part, code in ((day, "-day", "date_day"), (month, "-month", "date_month"), (year, "-year", "date_year")):
        if not text:
            return flawed(code, part)
    return _whole_date(field, (_day(day), month_number(month), year_number(year)), today)


def _whole_date(field: Field, numbers: tuple[int | None, int | None, int | None], today: date) -> Reading:
    day, month, year = numbers
    if day is None:
        return flawed("day_words", "-day")
    if month is None:
        return flawed("month_words", "-month")
    if year is None:
        return flawed("year_words", "-year")
    with suppress(ValueError):
        when = date(year, month, day)
        return flawed("date_past", "-year") if field.past and when > today else Reading(when.isoformat())
    return flawed("date_exists", "-day")


def _read_datetime(field: Field, parts: Parts, today: date) -> Reading:
    reading = _read_date(field, parts, today)
    clock = _part(parts, _TIME)
    if reading.flaw or not clock:
        return reading
    if reading.answer is None:
        return flawed("date_day", "-day")
    match = _CLOCK.fullmatch(clock)
    if match is None:
        return flawed("time_words", _TIME)
    return Reading(f"{reading.answer}T{int(match[1]):02}:{match[2] or '00'}")


def _part(parts: Parts, part: str) -> str:
    return with_plain_digits(cleaned(first(parts, part)[:_LONGEST], lines=False))


def _day(text: str) -> int | None:
    text = text.rstrip(".")
    return int(text) if re.fullmatch(r"0?[1-9]|[12]\d|3[01]", text) else None


def month_number(text: str) -> int | None:
    """The number of a month written as a number or as the beginning of its name; None when it is neither."""
    text = text.rstrip(".").casefold()
    if re.fullmatch(r"0?[1-9]|1[0-2]", text):
        return int(text)
    if len(text) < _SHORTEST_NAME:
        return None
    return next((n for n, names in enumerate(MONTHS, 1) if any(name.startswith(text) for name in names)), None)


def year_number(text: str) -> int | None:
    """A year of four digits in which somebody alive may have been born, or later; else None."""
    return int(text) if re.fullmatch(r"\d{4}", text) and int(text) >= _EARLIEST else None


def _keep_date(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    return answer if isinstance(answer, str) and _KEPT_DATE.fullmatch(answer) else None


def _keep_datetime(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    return answer if isinstance(answer, str) and _KEPT_DATETIME.fullmatch(answer) else None


def _write(answer: Answer) -> dict[str, list[str]]:
    day, _, clock = str(answer).partition("T")
    year, month, day = day.split("-")
    return {"-day": [str(int(day))], "-month": [str(int(month))], "-year": [year], _TIME: [clock.replace(":", ".")]}


def _show(field: Field, answer: Answer, language: str, show_date: ShowDate) -> tuple[str, ...]:  # noqa: ARG001
    day, _, clock = str(answer).partition("T")
    shown = show_date(date.fromisoformat(day))
    if not clock:
        return (shown,)
    hour, _, minute = clock.partition(":")
    return (words("at", date=shown, hour=hour, minute=minute)[language],)


DATE: Final = Kind(_DATE, _read_date, _keep_date, _write, _show)
DATETIME: Final = Kind((*_DATE, _TIME), _read_datetime, _keep_datetime, _write, _show)
