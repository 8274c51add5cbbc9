"""An alarm rings: it is answered from what is stored, and everybody is told once."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.domain import deadlines
from shared.domain.deadlines import armed
from shared.domain.ids import DeadlineId, StaffId
from shared.domain.municipality import Absence
from shared.domain.notices import NoticeKind
from shared.domain.queries import EVENTS_SINCE
from shared.ports.store import Conflict, Delete, Replace, Unavailable, Write
from shared.records.deadlines import Outcome
from tests.directories import change
from tests.records.deadline_watch import ANNA, WEDNESDAY, Watch

LEAD, DUTY = "team_lead", "duty"


@pytest.fixture
def watch() -> Watch:
    return Watch()


def november(day: int, hour: int = 8) -> datetime:
    """Stockholm time in November 2026."""
    return datetime(2026, 11, day, hour - 1, tzinfo=UTC)


# ── Who is told ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_caseworker_is_told_a_week_before(watch: Watch) -> None:
    watch.until(watch.begin(), november(11))
    (notice,) = watch.notices_of(ANNA)
    assert (notice.kind, notice.deadline, notice.warning) == (NoticeKind.DEADLINE, "forhandsbedomning", "T-7")
    assert (notice.at, notice.unit, notice.read_at) == (november(11), "mottagningen", None)


def test_fourteen_days_without_a_decision_warn_and_then_escalate(watch: Watch) -> None:
    watch.until(watch.begin(), november(20, 12))
    assert watch.told(ANNA) == ["T-7", "T-3", "T-1", "T-0", "overdue", "overdue"]
    assert watch.told(LEAD) == ["overdue", "overdue"]


def test_a_case_nobody_has_is_the_leads(watch: Watch) -> None:
    watch.until(watch.begin(assignee=None), november(18, 12))
    assert watch.told(LEAD) == ["T-7", "T-3", "T-1", "T-0"]


def test_whoever_has_the_case_when_it_rings_is_told(watch: Watch) -> None:
    deadline = watch.begin()
    watch.assign(deadline, "samir.exempel")
    watch.until(deadline, november(11))
    assert (watch.told("samir.exempel"), watch.told(ANNA)) == (["T-7"], [])


def test_while_the_caseworker_is_away_the_substitute_is_told_instead(watch: Watch) -> None:
    week = Absence(date(2026, 11, 9), date(2026, 11, 15), StaffId("samir.exempel"))
    change(watch.house, ANNA, away=week)
    watch.until(watch.begin(), november(17, 12))
    assert watch.told("samir.exempel") == ["T-7", "T-3"]
    assert watch.told(ANNA) == ["T-1"]


def test_while_the_caseworker_is_away_without_a_substitute_the_lead_is_told(watch: Watch) -> None:
    change(watch.house, ANNA, away=Absence(date(2026, 11, 9), date(2026, 11, 11)))
    watch.until(watch.begin(), november(11))
    assert (watch.told(LEAD), watch.told(ANNA)) == (["T-7"], [])


def test_a_caseworker_who_has_left_is_not_told_but_the_lead_is(watch: Watch) -> None:
    watch.until(watch.begin(assignee="borta.exempel"), november(11))
    assert (watch.told("borta.exempel"), watch.told(LEAD)) == ([], ["T-7"])


def test_a_report_in_the_evening_reaches_the_duty_at_once(watch: Watch) -> None:
    watch.clock.at = november(4, 20)
    watch.call(watch.begin("skyddsbedomning", None))
    assert watch.told(DUTY) == ["acute"]
    assert watch.notices_of(DUTY)[0].acute


def test_a_report_nobody_takes_for_four_hours_reaches_the_lead(watch: Watch) -> None:
    watch.until(watch.begin("skyddsbedomning", None), WEDNESDAY + timedelta(hours=4))
    assert watch.told(LEAD) == ["unassigned"]


def test_a_notice_goes_to_the_unit_that_has_the_case_now(watch: Watch) -> None:
    deadline = watch.begin()
    case = watch.document("cases", deadline.case)
    watch.store.commit([Replace("cases", case.id, case.rev, {**case.fields, "unit": "familjeenheten"})])
    watch.until(deadline, november(11))
    assert watch.notices_of(ANNA)[0].unit == "familjeenheten"


def test_a_deadline_whose_case_is_missing_reaches_the_lead_of_its_unit(watch: Watch) -> None:
    deadline = watch.begin()
    watch.store.commit([Delete("cases", deadline.case)])
    watch.until(deadline, november(11))
    assert watch.told(LEAD) == ["T-7"]


def test_an_event_without_any_person_says_that_a_reminder_was_sent(watch: Watch) -> None:
    watch.until(watch.begin(), november(11))
    (event,) = watch.store.query(EVENTS_SINCE, {"kind": "orosanmalan"}, limit=100).documents
    assert {name: event.fields[name] for name in ("step", "unit", "channel")} == {
        "step": "forhandsbedomning:T-7",
        "unit": "mottagningen",
        "channel": "alarm",
    }
    assert set(event.fields) == {"kind", "step", "at", "unit", "channel", "schema"}


# ── Once, whatever the alarm does ─────────────────────────────────────────────────────────────────────────────────────


def test_an_alarm_that_rings_twice_tells_once(watch: Watch) -> None:
    deadline = watch.begin()
    watch.clock.at = deadline.wake_at
    assert [watch.call(deadline), watch.call(deadline)] == [Outcome.RANG, Outcome.STALE]
    assert watch.told(ANNA) == ["T-7"]


def test_an_alarm_that_rings_late_tells_once_about_the_latest_state(watch: Watch) -> None:
    deadline = watch.begin()
    watch.clock.at = november(21, 12)
    assert watch.call(deadline) is Outcome.RANG
    assert watch.told(ANNA) == ["overdue"]
    assert watch.stored(deadline).warned == ("T-7", "T-3", "T-1", "T-0", "overdue 2026-11-21")


def test_an_alarm_that_rings_early_tells_nobody_and_is_set_anew(watch: Watch) -> None:
    deadline = watch.begin()
    watch.clock.at = deadline.wake_at - timedelta(hours=1)
    assert watch.call(deadline) is Outcome.EARLY
    after = watch.stored(deadline)
    assert (watch.told(ANNA), after.wake_at, after.hop) == ([], deadline.wake_at, deadline.hop + 1)
    assert deadlines.alarm_name(after) in watch.alarms.armed


def test_an_alarm_of_an_older_epoch_or_hop_does_nothing(watch: Watch) -> None:
    deadline = watch.begin()
    watch.clock.at = deadline.wake_at
    for old in (replace(deadline, epoch=0), replace(deadline, hop=0), replace(deadline, hop=9)):
        assert watch.call(old) is Outcome.STALE
    assert watch.stored(deadline) == deadline


def test_an_alarm_after_the_decision_does_nothing(watch: Watch) -> None:
    deadline = watch.begin()
    watch.write(deadlines.met(deadline, watch.clock.now()))
    watch.clock.at = deadline.wake_at
    assert (watch.call(deadline), watch.told(ANNA)) == (Outcome.OVER, [])


def test_an_alarm_for_what_is_gone_does_nothing(watch: Watch) -> None:
    assert watch.deadlines.ring(DeadlineId("0" * 32), 1, 1) is Outcome.GONE


class Meddled(MemoryStore):
    """A store in which somebody else is always quicker."""

    def __init__(self, times: int) -> None:
        super().__init__()
        self.times = times

    def commit(self, writes: Sequence[Write]) -> None:
        if any(one.collection == "events" for one in writes) and self.times > 0:
            self.times -= 1
            raise Conflict
        super().commit(writes)


def test_a_change_in_the_same_moment_is_read_and_answered_again() -> None:
    watch = Watch(store=Meddled(times=4))
    watch.until(watch.begin(), november(11))
    assert watch.told(ANNA) == ["T-7"]


def test_endless_changes_end_in_another_try_later() -> None:
    watch = Watch(store=Meddled(times=1000))
    deadline = watch.begin()
    watch.clock.at = deadline.wake_at
    with pytest.raises(Conflict):
        watch.call(deadline)


def test_a_decision_in_the_same_moment_wins_over_the_reminder(watch: Watch) -> None:
    deadline = watch.begin()
    watch.clock.at = deadline.wake_at
    stale = replace(watch.stored(deadline))
    watch.call(deadline)
    with pytest.raises(Conflict):
        watch.write(deadlines.met(stale, watch.clock.now()))


# ── Setting alarms ────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_deadline_that_was_just_written_gets_its_alarm_and_is_not_written_again(watch: Watch) -> None:
    deadline = watch.begin(arm=False)
    watch.deadlines.arm([deadline])
    assert list(watch.alarms.armed) == [deadlines.alarm_name(deadline)]
    assert watch.stored(deadline) == deadline


def test_a_deadline_that_the_sweep_has_seen_is_noted_as_armed(watch: Watch) -> None:
    deadline = watch.begin()
    assert deadline.sweep_at == deadline.wake_at + timedelta(minutes=5)
    assert list(watch.alarms.armed) == [deadlines.alarm_name(deadline)]


def test_the_alarm_carries_opaque_ids_and_counters_only(watch: Watch) -> None:
    deadline = watch.begin()
    (wake,) = watch.alarms.armed.values()
    assert wake.payload == {"deadline": deadline.id, "epoch": "1", "hop": "1"}


def test_without_the_alarm_keeper_the_report_is_still_received(watch: Watch) -> None:
    watch.alarms.down = True
    deadline = watch.begin(arm=False)
    watch.deadlines.arm([deadline])
    assert watch.stored(deadline).sweep_at <= watch.clock.now() + deadlines.UNARMED_GRACE


def test_one_of_two_deadlines_that_moved_on_does_not_keep_the_other_from_being_armed(watch: Watch) -> None:
    first, second = watch.begin(arm=False), watch.begin(arm=False)
    watch.write(armed(first))  # an alarm for now rang before it was noted
    assert watch.deadlines.confirm([first, second]) == 2
    assert watch.stored(second) == replace(armed(second), rev=2)


class Down(MemoryStore):
    """A store that stops answering when told to."""

    down = False

    def commit(self, writes: Sequence[Write]) -> None:
        if self.down:
            raise Unavailable
        super().commit(writes)


def test_a_store_that_stops_answering_after_the_alarm_is_set_is_no_error_for_the_person() -> None:
    store = Down()
    watch = Watch(store=store)
    deadline = watch.begin(arm=False)
    store.down = True
    assert watch.deadlines.confirm([deadline]) == 1


def test_a_store_that_does_not_answer_lets_the_alarm_come_again() -> None:
    store = Down()
    watch = Watch(store=store)
    deadline = watch.begin()
    watch.clock.at, store.down = deadline.wake_at, True
    with pytest.raises(Unavailable):
        watch.call(deadline)
    store.down = False
    assert (watch.call(deadline), watch.told(ANNA)) == (Outcome.RANG, ["T-7"])
