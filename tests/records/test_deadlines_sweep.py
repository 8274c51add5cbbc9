"""The sweep: what alarms, crashes and restores leave behind is found within minutes and mended once."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as tried
from hypothesis import strategies as some

from shared.adapters.embedded_alarms import EmbeddedAlarms, Ringing
from shared.domain import deadlines
from shared.domain.deadlines import LONGEST_HOP
from shared.domain.retention import Retention
from shared.domain.sweeps import SweepReport
from shared.ports.alarms import Wake
from shared.ports.keys import KeyGone
from shared.ports.store import Create, Delete, Replace, Value
from shared.records.drafts import LIFE
from tests.records.deadline_watch import ANNA, WEDNESDAY, Watch

LEAD = "team_lead"


@pytest.fixture
def watch() -> Watch:
    return Watch()


def report(watch: Watch, case: str, id: str = "r1") -> None:
    fields: dict[str, Value] = {"case": case, "received_at": watch.clock.now()}
    watch.store.commit([Create("reports", id, fields)])


def later(watch: Watch, **span: float) -> SweepReport:
    watch.clock.advance(timedelta(**span))
    return watch.sweep.run()


# ── Deadlines ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_crash_between_storing_and_arming_is_mended(watch: Watch) -> None:
    deadline = watch.begin(arm=False)
    assert later(watch, minutes=5).armed == 1
    assert deadlines.alarm_name(deadline) in watch.alarms.armed
    assert watch.stored(deadline).sweep_at == deadline.wake_at + timedelta(minutes=5)


def test_a_deadline_of_this_minute_is_left_to_whoever_is_arming_it(watch: Watch) -> None:
    watch.begin(arm=False)
    assert later(watch, seconds=59).found == 0


def test_a_lost_alarm_is_answered_by_the_sweep(watch: Watch) -> None:
    deadline = watch.begin()
    watch.clock.at = deadline.wake_at
    assert later(watch, minutes=6).rang == 1
    assert watch.told(ANNA) == ["T-7"]


def test_sweeping_again_finds_nothing_more(watch: Watch) -> None:
    watch.begin(arm=False)
    first, again = later(watch, days=8), later(watch, seconds=1)
    assert (first.rang, again.found, watch.told(ANNA)) == (1, 0, ["T-7"])


def test_what_is_decided_is_never_swept(watch: Watch) -> None:
    deadline = watch.begin(arm=False)
    watch.write(deadlines.met(deadline, watch.clock.now()))
    assert later(watch, days=30).found == 0


def test_while_the_alarm_keeper_is_down_the_sweep_itself_reminds(watch: Watch) -> None:
    watch.alarms.down = True
    watch.begin()
    report = later(watch, minutes=5)
    assert (report.armed, report.errors) == (0, 1)
    watch.live(timedelta(days=15))
    assert watch.told(ANNA) == ["T-7", "T-3", "T-1", "T-0", "overdue"]


def test_the_alarms_are_set_when_the_keeper_is_back(watch: Watch) -> None:
    watch.alarms.down = True
    deadline = watch.begin()
    later(watch, minutes=5)
    watch.alarms.down = False
    assert later(watch, minutes=5).armed == 1
    assert deadlines.alarm_name(deadline) in watch.alarms.armed


def test_three_days_of_silence_give_one_notice_and_no_reminder_twice(watch: Watch) -> None:
    deadline = watch.begin()
    watch.until(deadline, datetime(2026, 11, 16, 12, tzinfo=UTC))
    later(watch, days=3)  # T-1, T-0 and one overdue morning went by with everything stopped
    watch.live(timedelta(days=1))
    assert watch.told(ANNA) == ["T-7", "T-3", "overdue", "overdue"]
    assert watch.stored(deadline).warned[:4] == ("T-7", "T-3", "T-1", "T-0")


def test_a_document_that_is_no_deadline_is_counted_and_stops_nobody(watch: Watch) -> None:
    broken: dict[str, Value] = {"open": True, "sweep_at": WEDNESDAY, "name": "forhandsbedomning"}
    unknown = {**watch.document("deadlines", watch.begin(arm=False).id).fields, "name": "no such", "wake_at": WEDNESDAY}
    watch.store.commit([Create("deadlines", "broken", broken), Create("deadlines", "unknown", unknown)])
    report = later(watch, minutes=5)
    assert (report.found, report.armed, report.errors) == (3, 1, 2)


def test_a_thousand_neglected_deadlines_are_taken_in_bounded_runs(watch: Watch) -> None:
    for _ in range(600):
        watch.begin(arm=False)
    first, second = later(watch, minutes=5), later(watch, minutes=5)
    assert (first.armed, first.more, second.armed, second.more) == (500, True, 100, False)


@tried(max_examples=10)
@given(some.integers(min_value=0, max_value=10**6))
def test_every_reminder_comes_once_however_bad_the_alarm_keeper_is(seed: int) -> None:
    watch = Watch(seed=seed)
    mine, nobodys = watch.begin(), watch.begin(assignee=None)
    watch.live(timedelta(days=16), every=timedelta(minutes=55))
    assert watch.told(ANNA) == ["T-7", "T-3", "T-1", "T-0", "overdue", "overdue"]
    assert sorted(watch.told(LEAD)) == sorted(["T-7", "T-3", "T-1", "T-0", *4 * ["overdue"]])
    assert watch.stored(mine).warned == watch.stored(nobodys).warned


class Counting(EmbeddedAlarms):
    """The embedded keeper, noting how far ahead it is asked."""

    def arm(self, wakes: Sequence[Wake]) -> None:
        self.furthest = max([getattr(self, "furthest", timedelta(0)), *(one.at - self._clock.now() for one in wakes)])
        super().arm(wakes)


def test_the_four_months_of_an_investigation_run_through_the_embedded_keeper(watch: Watch, tmp_path: Path) -> None:
    alarms = Counting(tmp_path / "alarms.db", watch.clock)
    watch.keep_alarms_in(alarms)

    def answer(ringing: Ringing) -> int:
        watch.answer(ringing.payload)
        return 200

    watch.begin("utredning")
    for _ in range(120):
        watch.clock.advance(timedelta(days=1))
        alarms.deliver(answer)
    alarms.close()
    assert watch.told(ANNA) == ["T-30", "T-14", "T-7", "T-3", "T-1", "T-0"]
    assert alarms.furthest == LONGEST_HOP


# ── Reports ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_whole_report_is_looked_at_once(watch: Watch) -> None:
    deadline = watch.begin()
    report(watch, deadline.case)
    assert later(watch, minutes=5).checked_to == WEDNESDAY + timedelta(minutes=3)
    watch.store.commit([Delete("deadlines", deadline.id)])
    assert later(watch, minutes=5).incomplete == ()


def test_a_receipt_without_a_case_is_found_and_stays_until_it_is_mended(watch: Watch) -> None:
    report(watch, "missing", "r9")
    assert later(watch, minutes=5).incomplete == ("r9",)
    assert later(watch, days=1).incomplete == ("r9",)
    found = watch.document("reports", "r9")
    watch.store.commit([Replace("reports", "r9", found.rev, {**found.fields, "case": watch.begin().case})])
    assert later(watch, minutes=5).incomplete == ()


def test_a_case_without_its_clock_is_found(watch: Watch) -> None:
    deadline = watch.begin()
    report(watch, deadline.case)
    watch.store.commit([Delete("deadlines", deadline.id)])
    assert later(watch, minutes=5).incomplete == ("r1",)


def test_an_open_case_in_which_no_clock_runs_is_found_and_a_closed_one_is_not(watch: Watch) -> None:
    deadline = watch.begin()
    report(watch, deadline.case)
    case = watch.document("cases", deadline.case)
    watch.store.commit([Replace("cases", case.id, case.rev, {**case.fields, "clocks": {}})])
    assert later(watch, minutes=5).incomplete == ("r1",)
    watch.store.commit([Replace("cases", case.id, case.rev + 1, {**case.fields, "clocks": {}, "open": False})])
    assert later(watch, minutes=5).incomplete == ()


def test_a_report_of_this_minute_waits_for_the_next_run(watch: Watch) -> None:
    report(watch, "missing")
    assert later(watch, minutes=1).incomplete == ()
    assert later(watch, minutes=5).incomplete == ("r1",)


def test_many_reports_are_taken_a_hundred_at_a_time(watch: Watch) -> None:
    for number in range(150):
        watch.clock.advance(timedelta(seconds=1))
        report(watch, "missing", f"r{number:03}")
    first = later(watch, minutes=5)
    assert (len(first.incomplete), first.more) == (100, True)
    assert not later(watch, minutes=5).more


# ── What has expired, and the sweep's own report ──────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("kind", LIFE)
def test_an_expired_draft_goes_with_its_key(watch: Watch, kind: str) -> None:
    key, kept = (watch.house.kept.ring.create("draft", Retention.DRAFTS) for _ in range(2))
    now = watch.clock.now()
    old: dict[str, Value] = {"kind": kind, "key": key, "expires_at": now + timedelta(minutes=1)}
    new: dict[str, Value] = {"kind": kind, "key": kept, "expires_at": now + timedelta(days=1)}
    watch.store.commit([Create("drafts", "old", old), Create("drafts", "new", new)])
    assert later(watch, minutes=5).dropped == 1
    assert watch.store.get("drafts", "old") is None
    assert watch.house.cipher.seal(kept, b"mine", ["place"])
    with pytest.raises(KeyGone):
        watch.house.cipher.seal(key, b"mine", ["place"])


def test_the_last_run_is_remembered(watch: Watch) -> None:
    assert watch.sweep.last() is None
    watch.begin(arm=False)
    first, last = later(watch, minutes=5), later(watch, minutes=5)
    assert watch.sweep.last() == last
    assert (first.at, first.found, first.armed) == (WEDNESDAY + timedelta(minutes=5), 1, 1)


def test_two_sweeps_at_once_are_harmless(watch: Watch) -> None:
    watch.begin(arm=False)
    watch.sweep.run()
    before = watch.document("sweeps", "latest")
    later(watch, minutes=5)
    watch.sweep._remember(SweepReport(watch.clock.now()), before)
    assert watch.document("sweeps", "latest").rev == before.rev + 1
