"""Whether an appeal came in time: three weeks from when the party was told (FL 44 §)."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from shared.domain.appeal_forms import TimeForm
from shared.domain.appeal_time import Told, last_day_after, time_check
from shared.domain.assessments import Answer
from shared.domain.calendar import at, end_of_day
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId, UnitId
from shared.domain.letters import How, Letter, LetterKind, Text
from tests.letters import recipient
from tests.people import MONDAY

SENT = Letter(
    ItemId("1" * 32), 0, CaseId("c" * 32), KeyId("k"), UnitId("u"), recipient(),
    Text(LetterKind.DECISION, 1, "sv", "Beslut", (), "", "EB-4T7-X9K", {}), StaffId("anna"), MONDAY, How.INBOX,
)  # fmt: skip
OPENED = replace(SENT, read_at=MONDAY)
LAST_MOMENT = end_of_day(date(2026, 11, 23)) - timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("told", "last"),
    [
        (date(2026, 11, 2), date(2026, 11, 23)),
        (date(2026, 11, 28), date(2026, 12, 21)),  # a Saturday: the next working day is a Monday
        (date(2026, 12, 4), date(2026, 12, 28)),  # Christmas Day, then a Saturday and a Sunday
    ],
)
def test_the_last_day_is_the_same_weekday_moved_to_a_working_day(told: date, last: date) -> None:
    assert last_day_after(told) == last


@pytest.mark.parametrize(("received", "in_time"), [(LAST_MOMENT, True), (end_of_day(date(2026, 11, 23)), False)])
def test_the_whole_last_day_counts_and_not_a_moment_more(received: datetime, in_time: bool) -> None:
    check = time_check([OPENED], received)

    assert (check.told, check.day, check.last_day, check.in_time) == (
        Told.OPENED,
        date(2026, 11, 2),
        date(2026, 11, 23),
        in_time,
    )


def test_a_letter_that_lies_unopened_has_started_no_time() -> None:
    check = time_check([SENT], MONDAY + timedelta(days=200))

    assert (check.told, check.last_day, check.in_time) == (Told.UNOPENED, None, True)


def test_when_a_posted_letter_arrived_nobody_knows_so_nobody_is_called_late() -> None:
    posted = replace(SENT, how=How.PRINT, posted_at=MONDAY)

    assert time_check([posted], LAST_MOMENT).in_time is True
    assert time_check([posted], LAST_MOMENT + timedelta(days=9)).in_time is None
    assert time_check([], MONDAY).in_time is None


def test_of_several_letters_the_one_that_was_opened_first_counts() -> None:
    again = replace(SENT, id=ItemId("2" * 32), read_at=MONDAY + timedelta(days=5))

    assert time_check([again, OPENED, SENT], MONDAY + timedelta(days=6)).day == date(2026, 11, 2)


LATE = TimeForm("late", "Sex veckor har gått.", "2026-11-02", Answer.YES)
RECEIVED = date(2026, 12, 14)


@pytest.mark.parametrize(
    ("form", "lacks"),
    [
        (LATE, ()),
        (replace(LATE, reasons=" "), ("reasons",)),
        (replace(LATE, told=""), ("told",)),
        (replace(LATE, told="2026-12-01"), ("told",)),  # three weeks have not gone: nobody is dismissed
        (replace(LATE, name_stands=None), ("name_stands",)),
        (replace(LATE, name_stands=Answer.NO), ("name_reason",)),
        (TimeForm(""), ("outcome",)),
        (TimeForm("in_time"), ()),
        (TimeForm("in_time", told="2026-11-02"), ("reasons",)),  # late by the count, and excused: why?
        (TimeForm("in_time", "Vi skrev fel tid i brevet.", "2026-11-02"), ()),
    ],
)
def test_nobody_is_late_without_a_day_that_makes_it_so_and_reasons(form: TimeForm, lacks: tuple[str, ...]) -> None:
    assert form.missing(RECEIVED) == lacks


def test_the_instant_of_receipt_is_a_swedish_day_also_near_midnight() -> None:
    nearly = at(date(2026, 11, 23), time(23, 59))

    assert time_check([OPENED], nearly).in_time is True
    assert time_check([OPENED], nearly + timedelta(minutes=1)).in_time is False
