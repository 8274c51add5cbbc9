"""What every keeper of alarms must do; a keeper's test inherits the suite and says how it is reached."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Protocol

import pytest

from shared.ports.alarms import Alarms, TooFarAhead, Wake
from tests.houses import HandClock

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


class AlarmBench(Protocol):
    """A keeper as a test reaches it: with a clock to move and a listener that answers."""

    clock: HandClock

    @property
    def alarms(self) -> Alarms:
        """The keeper under test."""
        ...

    def deliver(self, status: int = 200) -> list[tuple[str, Mapping[str, str]]]:
        """Let the keeper ring what is due now; the listener answers `status`. Names and payloads in order."""
        ...


def wake(name: str, at: datetime, **payload: str) -> Wake:
    return Wake(name, at, payload or {"deadline": "d1", "epoch": "1", "hop": "1"})


class AlarmsContract:
    """Inherited by every keeper's test class, which gives the fixture `bench`."""

    def test_an_alarm_rings_when_it_is_time_and_not_before(self, bench: AlarmBench) -> None:
        bench.alarms.arm([wake("a", NOON + timedelta(days=7))])
        bench.clock.advance(timedelta(days=7, seconds=-1))
        assert bench.deliver() == []
        bench.clock.advance(timedelta(seconds=1))
        assert bench.deliver() == [("a", {"deadline": "d1", "epoch": "1", "hop": "1"})]

    def test_an_alarm_for_now_or_the_past_rings_at_once(self, bench: AlarmBench) -> None:
        bench.alarms.arm([wake("now", NOON), wake("past", NOON - timedelta(hours=1))])
        assert {name for name, _ in bench.deliver()} == {"now", "past"}

    def test_what_was_answered_is_not_rung_again(self, bench: AlarmBench) -> None:
        bench.alarms.arm([wake("a", NOON)])
        bench.deliver()
        bench.clock.advance(timedelta(days=1))
        assert bench.deliver() == []

    @pytest.mark.parametrize("status", [400, 403, 404, 409, 429, 500, 503, 302])
    def test_every_answer_but_2xx_is_tried_again(self, bench: AlarmBench, status: int) -> None:
        bench.alarms.arm([wake("a", NOON)])
        bench.deliver(status)
        bench.clock.advance(timedelta(hours=1))
        assert [name for name, _ in bench.deliver()] == ["a"]

    def test_a_refused_alarm_is_not_hammered(self, bench: AlarmBench) -> None:
        bench.alarms.arm([wake("a", NOON)])
        bench.deliver(503)
        assert bench.deliver(503) == []

    def test_thirty_days_ahead_is_the_furthest(self, bench: AlarmBench) -> None:
        bench.alarms.arm([wake("a", NOON + timedelta(days=30))])
        with pytest.raises(TooFarAhead):
            bench.alarms.arm([wake("b", NOON + timedelta(days=30, seconds=1))])

    def test_a_waiting_name_is_left_as_it_is(self, bench: AlarmBench) -> None:
        bench.alarms.arm([wake("a", NOON + timedelta(days=1), deadline="first")])
        bench.alarms.arm([wake("a", NOON, deadline="second")])
        assert bench.deliver() == []
        bench.clock.advance(timedelta(days=1))
        assert bench.deliver() == [("a", {"deadline": "first"})]

    def test_a_name_is_blocked_for_a_day_after_it_rang(self, bench: AlarmBench) -> None:
        bench.alarms.arm([wake("a", NOON)])
        bench.deliver()
        bench.clock.advance(timedelta(hours=23, minutes=59))
        bench.alarms.arm([wake("a", NOON)])
        assert bench.deliver() == []
        bench.clock.advance(timedelta(minutes=2))
        bench.alarms.arm([wake("a", NOON)])
        assert [name for name, _ in bench.deliver()] == ["a"]

    def test_an_alarm_nobody_answers_is_forgotten_31_days_after_it_was_set(self, bench: AlarmBench) -> None:
        bench.alarms.arm([wake("a", NOON + timedelta(days=30))])
        bench.clock.advance(timedelta(days=30))
        assert [name for name, _ in bench.deliver(503)] == ["a"]
        bench.clock.advance(timedelta(days=1))
        assert bench.deliver() == []

    def test_setting_nothing_is_no_error(self, bench: AlarmBench) -> None:
        bench.alarms.arm([])
        assert bench.deliver() == []
