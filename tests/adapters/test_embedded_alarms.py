"""The embedded keeper of alarms, alone and with its runner."""

import sqlite3
from collections.abc import Iterator, Mapping
from datetime import timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event

import pytest

from shared.adapters.alarm_tokens import AlarmTokens
from shared.adapters.embedded_alarms import EmbeddedAlarms, Ringing
from shared.adapters.embedded_alarms_runner import SWEEP_PATH, AlarmRunner
from shared.adapters.wakes import ALARM_PATH
from shared.ports.alarms import AlarmsUnavailable, TooFarAhead
from tests.contracts.alarms import NOON, AlarmsContract, wake
from tests.houses import HandClock

SECRET = b"s" * 32


class Bench:
    """The keeper in a file that a test may open again."""

    def __init__(self, path: Path) -> None:
        self.clock = HandClock(NOON)
        self.path = path
        self.alarms = EmbeddedAlarms(path, self.clock)

    def deliver(self, status: int = 200) -> list[tuple[str, Mapping[str, str]]]:
        rung: list[Ringing] = []

        def answer(one: Ringing) -> int:
            rung.append(one)
            return status

        self.alarms.deliver(answer)
        return [(one.name, one.payload) for one in rung]

    def restart(self) -> None:
        self.alarms.close()
        self.alarms = EmbeddedAlarms(self.path, self.clock)


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    bench = Bench(tmp_path / "alarms.db")
    yield bench
    bench.alarms.close()


class TestEmbeddedAlarms(AlarmsContract):
    """The contract."""


def test_alarms_survive_a_restart(bench: Bench) -> None:
    bench.alarms.arm([wake("a", NOON + timedelta(days=1))])
    bench.restart()
    bench.clock.advance(timedelta(days=1))
    assert [name for name, _ in bench.deliver()] == ["a"]


def test_only_an_alarm_that_is_due_asks_to_be_looked_at_now(bench: Bench) -> None:
    bench.alarms.arm([wake("later", NOON + timedelta(days=14))])
    assert not bench.alarms.changed.is_set()
    bench.alarms.arm([wake("now", NOON)])
    assert bench.alarms.changed.is_set()


def test_a_name_that_rang_is_remembered_over_a_restart(bench: Bench) -> None:
    bench.alarms.arm([wake("a", NOON)])
    bench.deliver()
    bench.restart()
    bench.alarms.arm([wake("a", NOON)])
    assert bench.deliver() == []


def test_a_call_cut_off_in_the_middle_is_made_again(bench: Bench) -> None:
    def stopped(_: Ringing) -> int:
        raise KeyboardInterrupt

    bench.alarms.arm([wake("a", NOON)])
    with pytest.raises(KeyboardInterrupt):
        bench.alarms.deliver(stopped)
    bench.restart()
    assert [name for name, _ in bench.deliver()] == ["a"]


def test_the_longest_due_rings_first_and_at_most_a_hundred_at_once(bench: Bench) -> None:
    bench.alarms.arm([wake(f"n{number:03}", NOON - timedelta(seconds=number)) for number in range(150)])
    first = [name for name, _ in bench.deliver()]
    assert (first[0], len(first), len(bench.deliver())) == ("n149", 100, 50)


def test_pauses_double_up_to_five_minutes(bench: Bench) -> None:
    bench.alarms.arm([wake("a", NOON)])
    rang = []
    for second in range(1200):
        rang += [second] * len(bench.deliver(503))
        bench.clock.advance(timedelta(seconds=1))
    assert [after - before for before, after in pairwise(rang)] == [1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_one_alarm_too_far_ahead_sets_none_of_its_batch(bench: Bench) -> None:
    with pytest.raises(TooFarAhead):
        bench.alarms.arm([wake("a", NOON), wake("b", NOON + timedelta(days=31))])
    assert bench.deliver() == []


@pytest.mark.parametrize("name", ["", "a b", "å", "a/b", "a" * 501])
def test_a_name_that_the_cloud_would_refuse_is_refused_here(bench: Bench, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        bench.alarms.arm([wake(name, NOON)])


def test_a_closed_or_broken_keeper_says_that_it_is_unavailable(bench: Bench) -> None:
    with sqlite3.connect(bench.path) as other:
        other.execute("DROP TABLE alarms")
    other.close()
    with pytest.raises(AlarmsUnavailable):
        bench.alarms.arm([wake("a", NOON)])
    bench.alarms.close()
    with pytest.raises(AlarmsUnavailable):
        bench.alarms.arm([wake("a", NOON)])


# ── The runner ────────────────────────────────────────────────────────────────────────────────────────────────────────


class Listener:
    """Takes posts as a function would."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, bytes, Mapping[str, str]]] = []
        self.rang = Event()
        self.breaks = False

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> int:
        self.calls.append((path, body, headers))
        if path == ALARM_PATH:
            self.rang.set()
        if self.breaks:
            raise RuntimeError
        return 200

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.calls]


@pytest.fixture
def listener() -> Listener:
    return Listener()


@pytest.fixture
def runner(bench: Bench, listener: Listener) -> Iterator[AlarmRunner]:
    runner = AlarmRunner(bench.alarms, AlarmTokens(SECRET, bench.clock), bench.clock, listener.post)
    yield runner
    runner.stop()


def test_a_call_is_signed_for_its_path_and_body(bench: Bench, listener: Listener, runner: AlarmRunner) -> None:
    bench.alarms.arm([wake("a", NOON)])
    runner.step()
    (path, body, headers), (swept, nothing, also) = listener.calls
    tokens = AlarmTokens(SECRET, bench.clock)
    assert (path, body) == (ALARM_PATH, b'{"deadline": "d1", "epoch": "1", "hop": "1"}')
    assert tokens.verify(headers["Authorization"], path, body)
    assert (swept, tokens.verify(also["Authorization"], swept, nothing)) == (SWEEP_PATH, True)
    assert headers["X-CloudTasks-TaskName"] == "a"


def test_the_sweep_comes_at_once_and_then_every_five_minutes(
    bench: Bench, listener: Listener, runner: AlarmRunner
) -> None:
    for _ in range(11):
        runner.step()
        bench.clock.advance(timedelta(minutes=1))
    assert listener.paths() == [SWEEP_PATH] * 3


def test_a_clock_set_back_does_not_stop_the_sweep(bench: Bench, listener: Listener, runner: AlarmRunner) -> None:
    runner.step()
    bench.clock.advance(timedelta(days=-1))
    runner.step()
    assert listener.paths() == [SWEEP_PATH] * 2


def test_a_call_that_breaks_is_made_again_later(bench: Bench, listener: Listener, runner: AlarmRunner) -> None:
    bench.alarms.arm([wake("a", NOON)])
    listener.breaks = True
    runner.step()
    listener.breaks = False
    bench.clock.advance(timedelta(seconds=1))
    runner.step()
    assert listener.paths().count(ALARM_PATH) == 2


def test_an_alarm_for_now_rings_without_waiting_for_the_clock(
    bench: Bench, listener: Listener, runner: AlarmRunner
) -> None:
    runner.start()
    bench.alarms.arm([wake("a", NOON)])
    assert listener.rang.wait(10)


def test_a_clock_that_was_moved_rings_promptly(bench: Bench, listener: Listener, runner: AlarmRunner) -> None:
    bench.alarms.arm([wake("a", NOON + timedelta(days=14))])
    runner.start()
    bench.clock.advance(timedelta(days=14))
    runner.hurry()
    assert listener.rang.wait(10)


def test_the_runner_outlives_a_keeper_that_fails(bench: Bench, listener: Listener, runner: AlarmRunner) -> None:
    bench.alarms.close()
    runner.start()
    runner.stop()
    assert listener.calls == []


def test_what_is_more_urgent_passes_the_many_that_wait(bench: Bench) -> None:
    rang: list[str] = []

    def post(path: str, body: bytes, headers: Mapping[str, str]) -> int:
        rang.append(headers.get("X-CloudTasks-TaskName", ""))
        if len(rang) == 2:
            bench.alarms.arm([wake("page", NOON - timedelta(hours=1), message="m" * 32)])
        return 200

    bench.alarms.arm([wake(f"n{number:02}", NOON) for number in range(60)])
    AlarmRunner(bench.alarms, AlarmTokens(SECRET, bench.clock), bench.clock, post).step()

    assert rang.index("page") <= 5
    assert len(rang) == 62  # and the sweep


def test_a_message_is_rung_where_messages_are_sent(bench: Bench) -> None:
    called: list[str] = []

    def post(path: str, body: bytes, headers: Mapping[str, str]) -> int:
        called.append(path)
        return 200

    bench.alarms.arm([wake("m", NOON, message="m" * 32), wake("d", NOON)])
    AlarmRunner(bench.alarms, AlarmTokens(SECRET, bench.clock), bench.clock, post).step()

    assert called == ["/intern/larm", "/intern/meddelande", SWEEP_PATH]
