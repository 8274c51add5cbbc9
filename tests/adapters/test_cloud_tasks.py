"""The keeper of alarms in the cloud: the contract, and what it does when the queue is slow, gone or of another mind."""

import io
import json
import socket
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from time import monotonic

import grpc
import pytest

from shared import log
from shared.adapters.cloud_tasks import ANSWER_WITHIN
from shared.ports.alarms import AlarmsUnavailable, TooFarAhead
from shared.settings import ROOT
from tests.cloud.queues import ACCOUNT, TARGET, in_the_cloud, keeper
from tests.cloud.tasks_server import QUEUE, TasksServer, Waiting
from tests.contracts.alarms import NOON, AlarmsContract, wake
from tests.houses import HandClock


class Bench:
    """The keeper with a queue on loopback."""

    def __init__(self, within: float = 10.0) -> None:
        self.clock = HandClock(NOON)
        self.server = TasksServer(self.clock)
        self._open = ExitStack()
        self.port = self._open.enter_context(self.server.serving())
        self.alarms = self._open.enter_context(keeper(self.port, self.clock, within))

    def deliver(self, status: int = 200) -> list[tuple[str, Mapping[str, str]]]:
        rung = self.server.deliver(lambda one: status)
        return [(one.id, json.loads(one.task.http_request.body)) for one in rung]

    def close(self) -> None:
        self._open.close()

    @property
    def only(self) -> Waiting:
        (one,) = self.server.waiting.values()
        return one


@pytest.fixture
def bench() -> Iterator[Bench]:
    bench = Bench()
    yield bench
    bench.close()


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that was logged."""
    written = io.StringIO()
    log.start(written)
    yield written
    log.start()


class TestCloudTasks(AlarmsContract):
    """The contract."""


# ── What the queue is told ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_call_goes_to_the_deadlines_function_and_nowhere_else(bench: Bench) -> None:
    bench.alarms.arm([wake("a", NOON)])
    call = bench.only.task.http_request
    assert (call.url, call.http_method.name) == (f"{TARGET}/intern/larm", "POST")
    assert dict(call.headers) == {"Content-Type": "application/json"}


def test_the_call_proves_itself_for_this_one_function(bench: Bench) -> None:
    bench.alarms.arm([wake("a", NOON)])
    proof = bench.only.task.http_request.oidc_token
    assert (proof.service_account_email, proof.audience) == (ACCOUNT, TARGET)


def test_the_queue_waits_longer_for_an_answer_than_the_function_may_work(bench: Bench) -> None:
    bench.alarms.arm([wake("a", NOON)])
    spec = tomllib.loads((ROOT / "functions" / "deadlines" / "function.toml").read_text("utf-8"))
    assert bench.only.task.dispatch_deadline == ANSWER_WITHIN > timedelta(seconds=spec["timeout_s"])


def test_wake_ups_are_set_at_the_same_time(bench: Bench) -> None:
    bench.server.meeting = Barrier(8)
    bench.alarms.arm([wake(f"n{number}", NOON) for number in range(8)])
    assert len(bench.server.waiting) == 8


def test_one_alarm_too_far_ahead_sets_none_of_its_batch(bench: Bench) -> None:
    with pytest.raises(TooFarAhead):
        bench.alarms.arm([wake("a", NOON), wake("b", NOON + timedelta(days=31))])
    assert bench.server.asked == 0


@pytest.mark.parametrize("name", ["", "a b", "å", "a/b", "a" * 501])
def test_a_name_that_the_queue_would_refuse_is_refused_here(bench: Bench, name: str) -> None:
    with pytest.raises(ValueError, match="name"):
        bench.alarms.arm([wake(name, NOON)])
    assert bench.server.asked == 0


def test_a_name_known_among_new_ones_hinders_none_of_them(bench: Bench) -> None:
    bench.alarms.arm([wake("a", NOON)])
    bench.alarms.arm([wake("a", NOON), wake("b", NOON)])
    assert {one.id for one in bench.server.waiting.values()} == {"a", "b"}


def test_a_wake_up_as_large_as_no_queue_takes_is_a_matter_for_a_person(bench: Bench, lines: io.StringIO) -> None:
    with pytest.raises(AlarmsUnavailable):
        bench.alarms.arm([wake("a", NOON, deadline="d" * 100_000)])
    assert '"INVALID_ARGUMENT"' in lines.getvalue()


# ── A queue in trouble ────────────────────────────────────────────────────────────────────────────────────────────────


def test_what_passes_is_tried_once_more(bench: Bench) -> None:
    bench.server.fails = [grpc.StatusCode.UNAVAILABLE]
    bench.alarms.arm([wake("a", NOON), wake("b", NOON)])
    assert (len(bench.server.waiting), bench.server.asked) == (2, 3)


@pytest.mark.parametrize("status", ["UNAVAILABLE", "DEADLINE_EXCEEDED", "INTERNAL", "RESOURCE_EXHAUSTED", "ABORTED"])
def test_what_does_not_pass_is_left_to_the_sweep(bench: Bench, status: str) -> None:
    bench.server.fails = [grpc.StatusCode[status]] * 9
    with pytest.raises(AlarmsUnavailable):
        bench.alarms.arm([wake("a", NOON)])
    assert bench.server.asked == 2


@pytest.mark.parametrize("status", ["PERMISSION_DENIED", "NOT_FOUND", "INVALID_ARGUMENT", "UNAUTHENTICATED"])
def test_a_queue_that_refuses_us_is_asked_once_and_a_person_is_told_why(
    bench: Bench, lines: io.StringIO, status: str
) -> None:
    bench.server.fails = [grpc.StatusCode[status]]
    with pytest.raises(AlarmsUnavailable):
        bench.alarms.arm([wake("a", NOON)])
    (line,) = lines.getvalue().splitlines()
    assert bench.server.asked == 1
    assert {"severity": "ERROR", "event": "alarms.misconfigured", "code": status}.items() <= json.loads(line).items()


def test_a_queue_that_is_not_there_is_a_matter_for_a_person(bench: Bench, lines: io.StringIO) -> None:
    elsewhere = replace(in_the_cloud(), tasks_queue=QUEUE.replace("deadlines", "gone"))
    with keeper(bench.port, bench.clock, settings=elsewhere) as alarms, pytest.raises(AlarmsUnavailable):
        alarms.arm([wake("a", NOON)])
    assert '"NOT_FOUND"' in lines.getvalue()


def test_a_queue_that_hangs_keeps_nobody_waiting() -> None:
    bench = Bench(within=0.2)
    started = monotonic()
    with bench.server.hanging(), pytest.raises(AlarmsUnavailable):
        bench.alarms.arm([wake(f"n{number}", NOON) for number in range(20)])
    assert 0.3 < monotonic() - started < 2
    bench.close()


def test_a_connection_that_is_taken_and_never_answered_keeps_nobody_waiting() -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    port, started = silent.getsockname()[1], monotonic()
    with closing(silent), keeper(port, HandClock(NOON), within=0.2) as alarms, pytest.raises(AlarmsUnavailable):
        alarms.arm([wake("a", NOON)])
    assert monotonic() - started < 2


def test_an_answer_that_was_lost_does_no_harm(bench: Bench) -> None:
    with keeper(bench.port, bench.clock, within=0.2) as impatient, bench.server.silent():
        impatient.arm([wake("a", NOON)])
    assert bench.server.asked == 2
    assert [name for name, _ in bench.deliver()] == ["a"]


def test_a_closed_keeper_says_that_it_is_unavailable(bench: Bench) -> None:
    bench.alarms.close()
    with pytest.raises(AlarmsUnavailable):
        bench.alarms.arm([wake("a", NOON)])


@pytest.mark.slow
def test_a_queue_that_is_down_is_used_again_when_it_is_back() -> None:
    server, clock = TasksServer(HandClock(NOON)), HandClock(NOON)
    with ExitStack() as opened:
        with server.serving() as port:
            alarms = opened.enter_context(keeper(port, clock, within=1))
            alarms.arm([wake("before", NOON)])
        with pytest.raises(AlarmsUnavailable):
            alarms.arm([wake("during", NOON)])
        opened.enter_context(server.serving(port))
        alarms.arm([wake("after", NOON)])
    assert {one.id for one in server.waiting.values()} == {"before", "after"}
