"""A municipality decides what the law leaves open, from then on, and nothing else."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from shared.domain import calendar
from shared.domain.deadlines import ACUTE, Deadline, next_wake, start
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, DeadlineId, UnitId
from shared.domain.own_law import AS_THE_LAW, OwnRule
from tests.cases import clock, decided, preliminary_form, received
from tests.people import MONDAY

SATURDAY_LAST = datetime(2026, 11, 7, 9, 0, tzinfo=UTC)
"""Fourteen days later it is Saturday 21 November 2026."""


def begun(name: str, own: OwnRule, at: datetime = MONDAY) -> Deadline:
    return start(name, at, id=DeadlineId("d" * 32), case=CaseId("c" * 32), unit=UnitId("u"), own=own)


def first_wake(deadline: Deadline) -> tuple[str, str]:
    """When somebody is told first, by the clock on the wall, and of what."""
    found = next_wake(deadline, deadline.anchor_at)
    assert found is not None
    return f"{calendar.local(found[0]):%Y-%m-%d %H.%M}", found[1]


def test_reminders_come_on_the_days_that_were_decided() -> None:
    assert first_wake(begun("forhandsbedomning", AS_THE_LAW)) == ("2026-11-09 08.00", "T-7")
    assert first_wake(begun("forhandsbedomning", OwnRule(remind_days=(10, 0)))) == ("2026-11-06 08.00", "T-10")


def test_the_lead_is_told_sooner_of_a_case_that_nobody_has_taken() -> None:
    own = OwnRule(unassigned_after=timedelta(minutes=90))
    assert first_wake(begun("skyddsbedomning", AS_THE_LAW)) == ("2026-11-02 14.00", "unassigned")
    assert first_wake(begun("skyddsbedomning", own)) == ("2026-11-02 11.30", "unassigned")


def test_the_duty_is_told_from_the_hour_that_was_decided() -> None:
    half_past_two = MONDAY + timedelta(hours=4, minutes=30)
    usual = begun("skyddsbedomning", AS_THE_LAW, half_past_two)
    own = begun("skyddsbedomning", OwnRule(duty_from=time(14)), half_past_two)
    assert next_wake(usual, half_past_two - timedelta(seconds=1)) != (half_past_two, ACUTE)
    assert next_wake(own, half_past_two - timedelta(seconds=1)) == (half_past_two, ACUTE)


@pytest.mark.parametrize(
    ("own", "last"),
    [(AS_THE_LAW, date(2026, 11, 21)), (OwnRule(rolls=True), date(2026, 11, 23))],
    ids=["stays", "moves"],
)
def test_a_last_day_on_a_saturday_moves_only_where_that_was_decided(own: OwnRule, last: date) -> None:
    assert begun("forhandsbedomning", own, SATURDAY_LAST).last_day == last


def test_every_clock_that_a_case_starts_follows_what_was_decided() -> None:
    law = {name: OwnRule(remind_days=(1, 0)) for name in ("forhandsbedomning", "aterkoppling", "utredning")}
    report = received(law=law)
    decision = decided(report, preliminary_form(Outcome.OPEN), law=law)
    assert clock(report, "forhandsbedomning").rule.remind_days == (1, 0)
    assert clock(decision, "aterkoppling").rule.remind_days == (1, 0)
    assert clock(decision, "utredning").rule.remind_days == (1, 0)
