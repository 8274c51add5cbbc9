"""When somebody answers at the office, and when the out-of-hours line does."""

from datetime import date, datetime, time

import pytest

from shared.domain import calendar
from shared.domain.municipality import OpeningHours
from shared.domain.opening import is_open, opens_on

HOURS = OpeningHours(frozenset({1, 2, 3, 4, 5}), time(8), time(16))


def at(day: str, clock: str) -> datetime:
    """The instant when Swedish clocks show that."""
    return calendar.at(date.fromisoformat(day), time.fromisoformat(clock))


@pytest.mark.parametrize(
    ("day", "clock", "open_then"),
    [
        ("2026-11-02", "07:59:59", False),
        ("2026-11-02", "08:00", True),
        ("2026-11-02", "15:59:59", True),
        ("2026-11-02", "16:00", False),
        ("2026-11-07", "12:00", False),
        ("2026-12-24", "12:00", False),
        ("2026-12-25", "12:00", False),
        ("2026-06-19", "12:00", False),
        ("2026-10-25", "02:30", False),
        ("2026-10-26", "08:00", True),
        ("2026-03-30", "08:00", True),
        ("2026-03-30", "07:59", False),
        ("2027-01-01", "12:00", False),
    ],
    ids=[
        "a second before opening", "opening", "the last second", "closing", "Saturday", "Christmas Eve",
        "Christmas Day", "Midsummer Eve", "the hour that comes twice", "Monday after clocks go back",
        "Monday after clocks go on", "a minute too early then", "New Year",
    ],
)  # fmt: skip
def test_somebody_answers_in_opening_hours_only(day: str, clock: str, open_then: bool) -> None:
    assert is_open(HOURS, at(day, clock)) is open_then


def test_the_office_keeps_its_own_days() -> None:
    mondays = OpeningHours(frozenset({1}), time(8), time(16))
    assert opens_on(mondays, date(2026, 11, 2))
    assert not opens_on(mondays, date(2026, 11, 3))
