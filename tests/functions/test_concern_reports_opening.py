"""What a reporter is told about when the report is read."""

from datetime import date, datetime, time

import pytest

from functions.concern_reports.opening import Reading, reading
from shared.domain import calendar
from shared.domain.municipality import OpeningHours

HOURS = OpeningHours(frozenset({1, 2, 3, 4, 5}), time(8), time(16))


def at(local: str) -> datetime:
    when = datetime.fromisoformat(local)
    return calendar.at(when.date(), when.time())


@pytest.mark.parametrize(
    ("now", "open_", "day"),
    [
        ("2026-11-02T08:00", True, date(2026, 11, 2)),
        ("2026-11-02T15:59", True, date(2026, 11, 2)),
        ("2026-11-02T16:00", False, date(2026, 11, 3)),
        ("2026-11-03T07:59", False, date(2026, 11, 3)),
        ("2026-11-06T17:00", False, date(2026, 11, 9)),
        ("2026-11-07T12:00", False, date(2026, 11, 9)),
        ("2026-12-23T16:30", False, date(2026, 12, 28)),
        ("2026-12-24T10:00", False, date(2026, 12, 28)),
        ("2026-10-25T02:30", False, date(2026, 10, 26)),
    ],
)
def test_a_report_is_read_the_same_day_in_opening_hours_and_else_the_next_open_day(
    now: str, open_: bool, day: date
) -> None:
    assert reading(HOURS, at(now)) == Reading(open_, day)
