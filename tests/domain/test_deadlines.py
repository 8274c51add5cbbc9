"""The clocks of the law, tried on the days where counting goes wrong."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.domain import calendar, deadlines
from shared.domain.deadline_law import LAW, NoSuchDeadline, Roll, rule
from shared.domain.deadlines import Deadline, State
from shared.domain.ids import CaseId, DeadlineId, UnitId

NAMES = [row.name for row in LAW]


def begun(name: str, at: datetime) -> Deadline:
    return deadlines.start(name, at, id=DeadlineId("d1"), case=CaseId("c1"), unit=UnitId("u1"))


def local(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return calendar.at(date(year, month, day), time(hour, minute))


def schedule(deadline: Deadline, until: datetime) -> dict[str, str]:
    """Reminder name → local time, as far as `until`."""
    return {one.name: f"{calendar.local(one.at):%Y-%m-%d %H.%M}" for one in deadlines.missed(deadline, until)}


# ── When it is due ────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("name", "received", "last_day"),
    [
        ("forhandsbedomning", local(2026, 11, 2), (2026, 11, 16)),
        ("forhandsbedomning", local(2026, 12, 12, 22), (2026, 12, 26)),
        ("forhandsbedomning", datetime(2026, 11, 2, 23, 30, tzinfo=UTC), (2026, 11, 17)),
        ("forhandsbedomning", local(2026, 12, 20), (2027, 1, 3)),
        ("forhandsbedomning", local(2028, 2, 15), (2028, 2, 29)),
        ("forhandsbedomning", local(2026, 10, 11, 2, 30), (2026, 10, 25)),
        ("forhandsbedomning", local(2027, 3, 14, 2, 30), (2027, 3, 28)),
        ("skyddsbedomning", local(2026, 12, 31, 23, 59), (2026, 12, 31)),
        ("aterkoppling", local(2026, 12, 23), (2026, 12, 30)),
        ("aterkoppling_genast", local(2026, 12, 23, 16), (2026, 12, 23)),
        ("utredning", local(2026, 10, 31), (2027, 2, 28)),
        ("utredning", local(2027, 10, 31), (2028, 2, 29)),
        ("utredning", local(2028, 2, 29), (2028, 6, 29)),
    ],
)
def test_the_last_day_is_counted_in_swedish_calendar_days(
    name: str, received: datetime, last_day: tuple[int, int, int]
) -> None:
    deadline = begun(name, received)
    assert deadline.last_day == date(*last_day)
    assert deadline.due == calendar.start_of_day(date(*last_day) + timedelta(days=1))


def test_fourteen_days_over_the_autumn_night_are_an_hour_longer() -> None:
    received = local(2026, 10, 12, 0, 0)
    assert begun("forhandsbedomning", received).due - received == timedelta(days=15, hours=1)


def test_a_last_day_at_christmas_is_not_moved_but_the_legal_view_shows_the_rolled_day() -> None:
    deadline = begun("forhandsbedomning", local(2026, 12, 12))
    assert deadline.last_day == date(2026, 12, 26)
    assert deadline.latest_lawful_day == date(2026, 12, 28)


def test_the_protection_assessment_is_never_rolled_not_even_in_the_legal_view() -> None:
    assert begun("skyddsbedomning", local(2026, 12, 12)).latest_lawful_day == date(2026, 12, 12)


def test_a_row_that_rolls_its_due_day_ends_on_a_working_day() -> None:
    appeal_like = replace(rule("aterkoppling", date(2026, 12, 5)), roll=Roll.DUE)
    assert appeal_like.last_day(date(2026, 12, 19)) == date(2026, 12, 28)


def test_before_the_new_act_the_table_has_no_row() -> None:
    with pytest.raises(NoSuchDeadline):
        begun("forhandsbedomning", local(2025, 6, 30))


def test_every_row_names_its_paragraph_and_no_two_rows_hold_at_once() -> None:
    assert all("SoL (2025:400)" in row.source or "FL (2017:900)" in row.source for row in LAW)
    assert all(rule(row.name, row.valid_from) is row for row in LAW)


# ── Who is reminded when ──────────────────────────────────────────────────────────────────────────────────────────────


def test_an_ordinary_report_is_reminded_of_seven_three_one_and_no_days_before() -> None:
    deadline = begun("forhandsbedomning", local(2026, 11, 4))  # a Wednesday, due Wednesday 18
    assert schedule(deadline, deadline.due) == {
        "T-7": "2026-11-11 08.00",
        "T-3": "2026-11-13 08.00",  # the 15th is a Sunday
        "T-1": "2026-11-17 08.00",
        "T-0": "2026-11-18 08.00",
    }


def test_reminders_at_christmas_come_on_the_last_working_day_before() -> None:
    deadline = begun("forhandsbedomning", local(2026, 12, 12))
    reminders = schedule(deadline, deadline.due)
    assert reminders["T-7"] == "2026-12-18 08.00"
    assert {reminders["T-3"], reminders["T-1"], reminders["T-0"]} == {"2026-12-23 08.00"}


def test_reminders_at_midsummer_come_on_the_thursday() -> None:
    deadline = begun("forhandsbedomning", local(2027, 6, 12))  # due on Midsummer Day
    assert schedule(deadline, deadline.due)["T-0"] == "2027-06-24 08.00"


def test_a_reminder_moved_back_before_the_decision_comes_with_the_decision() -> None:
    decided = local(2026, 12, 23, 14)
    deadline = begun("aterkoppling", decided)  # T-3 is Sunday 27, moved back to the 23rd at eight
    assert schedule(deadline, decided) == {"T-3": "2026-12-23 14.00"}


def test_an_investigation_is_reminded_from_a_month_before() -> None:
    deadline = begun("utredning", local(2026, 11, 2))  # due Tuesday 2 March 2027
    assert list(schedule(deadline, deadline.due)) == ["T-30", "T-14", "T-7", "T-3", "T-1", "T-0"]
    assert schedule(deadline, deadline.due)["T-30"] == "2027-01-29 08.00"


def test_an_overdue_deadline_is_repeated_every_morning_also_on_sunday() -> None:
    deadline = begun("forhandsbedomning", local(2026, 10, 9))  # due Friday 23; the clocks change on Sunday
    after = schedule(deadline, local(2026, 10, 26, 7, 59))
    assert [at for name, at in after.items() if name.startswith("overdue")] == ["2026-10-24 08.00", "2026-10-25 08.00"]


@pytest.mark.parametrize(
    ("received", "told"),
    [
        (local(2026, 11, 4, 14, 59), False),
        (local(2026, 11, 4, 15, 0), True),
        (local(2026, 11, 7, 10), True),
        (local(2026, 12, 24, 10), True),
        (local(2026, 11, 4, 7), False),
    ],
)
def test_a_report_after_three_or_on_a_day_off_reaches_the_duty_at_once(received: datetime, *, told: bool) -> None:
    assert (deadlines.ACUTE in schedule(begun("skyddsbedomning", received), received)) is told


def test_four_hours_are_real_hours_also_in_the_night_the_clocks_change() -> None:
    deadline = begun("skyddsbedomning", local(2026, 10, 25, 0, 30))
    assert schedule(deadline, deadline.due)[deadlines.UNASSIGNED] == "2026-10-25 03.30"


# ── Alarms and hops ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_new_deadline_wakes_at_its_first_reminder_and_is_swept_within_a_minute_if_not_armed() -> None:
    received = local(2026, 11, 4)
    deadline = begun("forhandsbedomning", received)
    assert deadline.wake_at == local(2026, 11, 11, 8)
    assert deadline.sweep_at == received + timedelta(seconds=60)


def test_an_armed_deadline_is_swept_five_minutes_after_its_alarm() -> None:
    deadline = deadlines.armed(begun("forhandsbedomning", local(2026, 11, 4)))
    assert deadline.sweep_at == local(2026, 11, 11, 8, 5)


def test_a_report_in_the_evening_wakes_at_once() -> None:
    received = local(2026, 11, 4, 20)
    assert begun("skyddsbedomning", received).wake_at == received


def test_four_months_are_walked_in_hops_of_25_days_at_most() -> None:
    opened = local(2026, 11, 2)
    deadline, woken = begun("utredning", opened), [opened]
    while deadline.wake_at < deadline.due:
        woken.append(deadline.wake_at)
        deadline = deadlines.reminded(deadline, deadline.wake_at)
    assert max(after - before for before, after in pairwise(woken)) <= timedelta(days=25)
    assert deadline.warned == ("T-30", "T-14", "T-7", "T-3", "T-1", "T-0")


def test_every_hop_and_every_epoch_has_an_alarm_of_its_own() -> None:
    deadline = begun("forhandsbedomning", local(2026, 11, 4))
    others = [replace(deadline, hop=2), replace(deadline, epoch=2), replace(deadline, id=DeadlineId("d2"))]
    names = {deadlines.alarm_name(one) for one in (deadline, *others)}
    assert len(names) == len(others) + 1
    assert all(len(name) == 32 and set(name) <= set("0123456789abcdef") for name in names)


def test_a_deadline_that_is_met_or_cancelled_reminds_nobody_ever() -> None:
    deadline, now = begun("forhandsbedomning", local(2026, 11, 4)), local(2026, 11, 5)
    for ended in (deadlines.met(deadline, now), deadlines.cancelled(deadline, now)):
        assert not ended.open
        assert deadlines.missed(ended, local(2027, 1, 1)) == []
        assert deadlines.next_wake(ended, now) is None
    assert deadlines.met(deadline, now).state is State.MET


def test_the_next_wake_is_told_by_name() -> None:
    deadline = begun("forhandsbedomning", local(2026, 11, 4))
    assert deadlines.next_wake(deadline, local(2026, 11, 11, 8)) == (local(2026, 11, 13, 8), "T-3")


def test_a_year_overdue_is_remembered_in_a_few_words() -> None:
    deadline = begun("forhandsbedomning", local(2026, 11, 4))
    after = deadlines.reminded(deadline, local(2027, 11, 18, 12))
    assert after.warned == ("T-7", "T-3", "T-1", "T-0", "overdue 2027-11-18")


moments = some.datetimes(datetime(2026, 1, 1), datetime(2029, 12, 31), timezones=some.just(UTC))  # noqa: DTZ001
steps = some.lists(some.integers(min_value=0, max_value=40 * 24 * 60), max_size=25)


@given(some.sampled_from(NAMES), moments, steps)
def test_each_reminder_comes_exactly_once_whenever_somebody_looks(
    name: str, anchor: datetime, minutes: list[int]
) -> None:
    deadline, now, seen = begun(name, anchor), anchor, []
    for step in minutes:
        now += timedelta(minutes=step)
        seen += deadlines.missed(deadline, now)
        deadline = deadlines.reminded(deadline, now)
    assert seen == (deadlines.missed(begun(name, anchor), now) if minutes else [])
    assert len(seen) == len({one.name for one in seen})


@given(some.sampled_from(NAMES), moments, steps)
def test_an_alarm_never_lies_before_now_nor_a_reminder_before_the_anchor(
    name: str, anchor: datetime, minutes: list[int]
) -> None:
    deadline, now = begun(name, anchor), anchor
    for step in minutes:
        now += timedelta(minutes=step)
        deadline = deadlines.reminded(deadline, now)
        assert now < deadline.wake_at <= now + deadlines.LONGEST_HOP
    assert all(one.at >= anchor for one in deadlines.missed(begun(name, anchor), now))


@given(some.sampled_from(NAMES), moments)
def test_reminders_by_date_come_on_working_days_unless_they_come_with_the_anchor(name: str, anchor: datetime) -> None:
    deadline = begun(name, anchor)
    dated = [one for one in deadlines.missed(deadline, deadline.due) if one.name.startswith("T-") and one.at > anchor]
    assert all(calendar.is_working_day(calendar.local_date(one.at)) for one in dated)
    assert all(calendar.local(one.at).time() == time(8) for one in dated)
