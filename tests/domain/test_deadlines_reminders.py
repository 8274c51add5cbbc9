"""Who hears of a deadline, and how its badge looks."""

from datetime import date, datetime, time, timedelta

import pytest

from shared.domain import calendar, deadlines
from shared.domain.clock_view import ClockKind, ClockView, clock_view, day_of
from shared.domain.deadlines import Deadline
from shared.domain.ids import CaseId, DeadlineId, StaffId, UnitId
from shared.domain.notices import NoticeKind
from shared.domain.principals import Role
from shared.domain.reminders import notices
from shared.domain.sweeps import sweep_is_late

UNIT, ANNA = UnitId("mottagningen"), StaffId("anna.exempel")


def local(year: int, month: int, day: int, hour: int = 9) -> datetime:
    return calendar.at(date(year, month, day), time(hour))


def begun(name: str, at: datetime) -> Deadline:
    return deadlines.start(name, at, id=DeadlineId("d1"), case=CaseId("c1"), unit=UNIT)


def told(deadline: Deadline, assignee: StaffId | None, now: datetime) -> dict[str, str]:
    """Person or role → reminder."""
    return {str(one.staff or one.role): one.warning for one in notices(deadline, assignee=assignee, unit=UNIT, now=now)}


REPORT = begun("forhandsbedomning", local(2026, 11, 4))
EVENING = begun("skyddsbedomning", local(2026, 11, 4, 20))


def test_the_caseworker_is_reminded_of_the_own_case() -> None:
    assert told(REPORT, ANNA, local(2026, 11, 11)) == {ANNA: "T-7"}


def test_the_lead_is_reminded_of_a_case_nobody_has() -> None:
    assert told(REPORT, None, local(2026, 11, 11)) == {Role.TEAM_LEAD: "T-7"}


def test_an_overdue_case_reaches_both_the_caseworker_and_the_lead() -> None:
    deadline = deadlines.reminded(REPORT, local(2026, 11, 18))
    assert told(deadline, ANNA, local(2026, 11, 19)) == {ANNA: "overdue", Role.TEAM_LEAD: "overdue"}


def test_after_a_long_stop_each_person_gets_one_notice_about_the_latest_state() -> None:
    assert told(REPORT, ANNA, local(2026, 11, 25)) == {ANNA: "overdue", Role.TEAM_LEAD: "overdue"}


def test_the_duty_is_told_of_an_evening_report_even_when_the_alarm_comes_days_late() -> None:
    assert told(EVENING, None, local(2026, 11, 7)) == {Role.DUTY: "acute", Role.TEAM_LEAD: "overdue"}


def test_a_case_taken_within_four_hours_does_not_trouble_the_lead() -> None:
    deadline = begun("skyddsbedomning", local(2026, 11, 4, 9))
    assert told(deadline, ANNA, local(2026, 11, 4, 13)) == {}
    assert told(deadline, None, local(2026, 11, 4, 13)) == {Role.TEAM_LEAD: "unassigned"}


def test_a_notice_names_the_case_and_the_deadline_and_no_person_but_the_one_told() -> None:
    (notice,) = notices(EVENING, assignee=None, unit=UNIT, now=local(2026, 11, 4, 20))
    assert (notice.kind, notice.case, notice.deadline) == (NoticeKind.DEADLINE, "c1", "skyddsbedomning")
    assert (notice.acute, notice.due, notice.staff, notice.role) == (True, EVENING.due, None, Role.DUTY)


def test_a_notice_has_the_same_id_however_often_it_is_computed_and_another_for_each_reminder() -> None:
    first, again = (notices(REPORT, assignee=ANNA, unit=UNIT, now=local(2026, 11, 11, hour)) for hour in (8, 9))
    later = notices(deadlines.reminded(REPORT, local(2026, 11, 11)), assignee=ANNA, unit=UNIT, now=local(2026, 11, 13))
    assert first[0].id == again[0].id != later[0].id


@pytest.mark.parametrize(
    ("now", "view"),
    [
        (local(2026, 11, 11), (ClockKind.OK, 7, 183)),
        (local(2026, 11, 12), (ClockKind.OK, 6, 159)),
        (local(2026, 11, 13), (ClockKind.SOON, 5, 135)),
        (local(2026, 11, 17), (ClockKind.SOON, 1, 39)),
        (local(2026, 11, 18), (ClockKind.TODAY, 0, 15)),
        (local(2026, 11, 19, 0), (ClockKind.LATE, 1, 0)),
        (local(2026, 11, 20, 9), (ClockKind.LATE, 2, 33)),
    ],
)
def test_a_badge_says_late_today_soon_or_nothing(now: datetime, view: tuple[ClockKind, int, int]) -> None:
    kind, days, hours = view
    assert clock_view(REPORT.due, now) == ClockView(kind, date(2026, 11, 18), days, hours)


def test_before_christmas_soon_counts_working_days() -> None:
    due = begun("forhandsbedomning", local(2026, 12, 14)).due  # Monday 28 December
    assert clock_view(due, local(2026, 12, 21)).kind is ClockKind.SOON
    assert clock_view(due, local(2026, 12, 18)).kind is ClockKind.OK


def test_day_15_of_14_is_one_day_late() -> None:
    assert day_of(REPORT.anchor_at, REPORT.due, local(2026, 11, 19)) == (15, 14)


def test_a_sweep_silent_for_more_than_a_quarter_of_an_hour_is_late() -> None:
    now = local(2026, 11, 4)
    assert sweep_is_late(None, now)
    assert not sweep_is_late(now - timedelta(minutes=15), now)
    assert sweep_is_late(now - timedelta(minutes=15, seconds=1), now)
