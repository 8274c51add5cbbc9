"""A month of a year, chosen among the months around today or written; kept as `2026-12`."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from shared.formkit.dates import MONTHS, month_number, year_number
from shared.formkit.definition import Answer, Field
from shared.formkit.plain_text import cleaned, with_plain_digits
from shared.formkit.reading import NOTHING, Kind, Parts, Reading, ShowDate, first, flawed

_MONTH: Final = "-month"
_YEAR: Final = "-year"
_LONGEST: Final = 40
_IN_A_YEAR: Final = 12
_KEPT: Final = re.compile(r"\d{4}-(?:0[1-9]|1[0-2])")


def is_chosen(field: Field) -> bool:
    """Whether the month is one of a few that are offered; otherwise it is written."""
    return field.least < field.most


def is_month(text: str) -> bool:
    """Whether the text is a month as it is kept."""
    return _KEPT.fullmatch(text) is not None


def months_around(field: Field, today: date) -> Iterator[str]:
    """The months that the field offers today, earliest first."""
    present = today.year * _IN_A_YEAR + today.month - 1
    for number in range(present + field.least, present + field.most + 1):
        year, month = divmod(number, _IN_A_YEAR)
        yield f"{year:04}-{month + 1:02}"


def month_in_words(month: str, language: str) -> str:
    """A kept month as people say it: "december 2026", "December 2026"."""
    year, _, number = month.partition("-")
    names = MONTHS[int(number) - 1]
    name = names[-1].capitalize() if language == "en" else names[0]
    return f"{name}\N{NO-BREAK SPACE}{year}"


def _read(field: Field, parts: Parts, today: date) -> Reading:
    if not is_chosen(field):
        return _read_written(parts)
    chosen = first(parts)
    if not chosen:
        return NOTHING
    return Reading(chosen) if chosen in months_around(field, today) else flawed("choose")


def _read_written(parts: Parts) -> Reading:
    month, year = (_part(parts, part) for part in (_MONTH, _YEAR))
    if not (month or year):
        return NOTHING
    if not month:
        return flawed("date_month", _MONTH)
    if not year:
        return flawed("date_year", _YEAR)
    number, four = month_number(month), year_number(year)
    if number is None:
        return flawed("month_words", _MONTH)
    return flawed("year_words", _YEAR) if four is None else Reading(f"{four:04}-{number:02}")


def _part(parts: Parts, part: str) -> str:
    return with_plain_digits(cleaned(first(parts, part)[:_LONGEST], lines=False))


def _keep(field: Field, answer: Answer) -> Answer:  # noqa: ARG001
    return answer if isinstance(answer, str) and is_month(answer) else None


def _write(answer: Answer) -> dict[str, list[str]]:
    year, _, month = str(answer).partition("-")
    return {"": [str(answer)], _MONTH: [str(int(month))], _YEAR: [year]}


def _show(field: Field, answer: Answer, language: str, show_date: ShowDate) -> tuple[str, ...]:  # noqa: ARG001
    return (month_in_words(str(answer), language),)


MONTH: Final = Kind(("", _MONTH, _YEAR), _read, _keep, _write, _show)
