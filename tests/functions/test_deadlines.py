"""The two calls of machines: who may make them, and what comes of them."""

import io
import json
from collections.abc import Iterator, Sequence
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared import log
from shared.adapters.alarm_tokens import LIFE, AlarmTokens
from shared.adapters.memory_store import MemoryStore
from shared.app import House, use
from shared.domain import deadlines
from shared.domain.deadlines import Deadline
from shared.domain.ids import CaseId, DeadlineId
from shared.domain.queries import NOTICES_OF_ROLE
from shared.ports.store import Document, Unavailable
from shared.records.deadlines import deadline_row, read_deadline
from tests.houses import HandClock, demo_house
from tests.people import MONDAY, UNIT
from tests.records.test_originals import decided_case

ALARM, SWEEP = "/intern/larm", "/intern/svep"


class Troubled(MemoryStore):
    """A store that fails as it is told to."""

    trouble: Exception | None = None

    def get_many(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        if self.trouble is not None:
            raise self.trouble
        return super().get_many(collection, ids)


class Bench:
    """The function in a house with one deadline, called as the alarm keeper calls it."""

    def __init__(self, house: House, clock: HandClock, store: Troubled) -> None:
        from functions.deadlines.main import app

        self.house = house
        self.clock = clock
        self.store = store
        self.client: FlaskClient = app.test_client()
        deadline = deadlines.start(
            "forhandsbedomning", MONDAY, id=DeadlineId("d" * 32), case=CaseId("c" * 32), unit=UNIT
        )
        house.store.commit([deadline_row(deadline).write(None)])  # type: ignore[arg-type] # nothing of it is sealed
        house.deadlines.arm([deadline])

    @property
    def deadline(self) -> Deadline:
        document = self.house.store.get("deadlines", "d" * 32)
        assert document is not None
        return read_deadline(document)

    def body(self, **changes: object) -> bytes:
        said = {"deadline": self.deadline.id, "epoch": str(self.deadline.epoch), "hop": str(self.deadline.hop)}
        return json.dumps({**said, **changes}).encode()

    def post(self, path: str, body: bytes, authorization: str | None = None) -> TestResponse:
        """The call; signed by us unless something else is said."""
        shown = self.house.tokens.sign(path, body) if authorization is None else authorization
        return self.client.post(path, data=body, headers={"Authorization": shown})

    def due(self) -> None:
        """It is time for the first reminder."""
        self.clock.at = self.deadline.wake_at

    @property
    def notices(self) -> int:
        shape, equals = NOTICES_OF_ROLE, {"unit": UNIT, "role": "team_lead"}
        return self.house.store.count(shape, equals, cap=100)


@pytest.fixture
def bench() -> Iterator[Bench]:
    clock, store = HandClock(), Troubled()
    with use(demo_house(store, clock)) as house:
        yield Bench(house, clock, store)


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that was logged."""
    written = io.StringIO()
    log.start(written)
    yield written
    log.start()


# ── Alarms ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_alarm_that_is_due_reminds(bench: Bench) -> None:
    bench.due()
    answer = bench.post(ALARM, bench.body())
    assert (answer.status_code, answer.json, bench.notices) == (200, {"outcome": "rang"}, 1)


def test_an_alarm_before_its_time_is_answered_and_reminds_nobody(bench: Bench) -> None:
    answer = bench.post(ALARM, bench.body())
    assert (answer.status_code, answer.json, bench.notices) == (200, {"outcome": "early"}, 0)


def test_an_old_alarm_and_one_after_the_decision_are_answered_and_do_nothing(bench: Bench) -> None:
    bench.due()
    assert bench.post(ALARM, bench.body(epoch="0")).json == {"outcome": "stale"}
    bench.house.store.commit([deadline_row(deadlines.met(bench.deadline, MONDAY)).write(None)])  # type: ignore[arg-type]
    assert bench.post(ALARM, bench.body()).json == {"outcome": "over"}
    assert bench.notices == 0


def test_the_alarm_that_was_really_set_is_understood(bench: Bench) -> None:
    (wake,) = bench.house.alarms.wakes.values()  # type: ignore[attr-defined]
    bench.due()
    assert bench.post(ALARM, json.dumps(dict(wake.payload)).encode()).json == {"outcome": "rang"}


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b"[" * 10_000,
        b'{"deadline": "d1", "epoch": "1", "hop": "1"}',
        b'{"deadline": "../../cases/x", "epoch": "1", "hop": "1"}',
        b'{"deadline": "' + b"d" * 32 + b'", "epoch": 1, "hop": 1}',
        b'{"deadline": "' + b"d" * 32 + b'", "epoch": "-1", "hop": "1"}',
        b'{"deadline": "' + b"d" * 32 + b'", "epoch": "' + b"9" * 5000 + b'", "hop": "1"}',
        b'{"deadline": "' + b"d" * 32 + b'", "epoch": "1"}',
    ],
)
def test_what_can_not_be_read_is_noted_and_never_comes_again(bench: Bench, lines: io.StringIO, body: bytes) -> None:
    answer = bench.post(ALARM, body)
    assert (answer.status_code, answer.json) == (200, {"outcome": "malformed"})
    assert "alarm.malformed" in lines.getvalue()


def test_an_alarm_for_a_deadline_that_is_gone_never_comes_again(bench: Bench) -> None:
    assert bench.post(ALARM, bench.body(deadline="0" * 32)).json == {"outcome": "gone"}


# ── Who may call ──────────────────────────────────────────────────────────────────────────────────────────────────────


def foreign_calls(bench: Bench, path: str, body: bytes) -> dict[str, str]:
    """Authorizations that prove nothing here."""
    ours, theirs = bench.house.tokens, AlarmTokens(b"x" * 32, bench.clock)
    return {
        "none": "",
        "forged": f"Bearer {int(bench.clock.now().timestamp()) + 60}.{'0' * 32}.{'0' * 64}",
        "another installation": theirs.sign(path, body),
        "another path": ours.sign("/intern/annat", body),
        "another body": ours.sign(path, body + b" "),
        "no scheme": ours.sign(path, body).removeprefix("Bearer "),
        "a signature taken away": "Bearer h.p.SIGNATURE_REMOVED_BY_GOOGLE",
    }


@pytest.mark.parametrize("path", [ALARM, SWEEP])
def test_a_call_that_is_not_ours_is_refused_and_nothing_happens(bench: Bench, path: str) -> None:
    bench.due()
    body = bench.body()
    for why, shown in foreign_calls(bench, path, body).items():
        answer = bench.post(path, body, shown)
        assert (answer.status_code, answer.json) == (403, {"outcome": "refused"}), why
    assert (bench.notices, bench.house.sweep.last()) == (0, None)


def test_the_headers_of_a_cloud_queue_prove_nothing(bench: Bench) -> None:
    named = {"X-CloudTasks-QueueName": "deadlines", "X-CloudTasks-TaskName": "t", "User-Agent": "Google-Cloud-Tasks"}
    assert bench.client.post(ALARM, data=bench.body(), headers=named).status_code == 403


def test_a_call_seen_on_the_wire_can_not_be_made_again(bench: Bench) -> None:
    body = bench.body()
    shown = bench.house.tokens.sign(ALARM, body)
    bench.post(ALARM, body, shown)
    before = bench.deadline
    assert (bench.post(ALARM, body, shown).status_code, bench.deadline) == (403, before)


def test_a_call_that_is_too_old_is_refused(bench: Bench) -> None:
    body = bench.body()
    shown = bench.house.tokens.sign(ALARM, body)
    bench.clock.advance(LIFE + timedelta(seconds=1))
    assert bench.post(ALARM, body, shown).status_code == 403


@pytest.mark.parametrize("path", [ALARM, SWEEP])
def test_a_browser_finds_nothing_here(bench: Bench, path: str) -> None:
    answer = bench.client.get(path)
    assert (answer.status_code, answer.mimetype) == (405, "application/json")


def test_an_enormous_call_is_refused_unread(bench: Bench) -> None:
    assert bench.post(ALARM, b"x" * 20_000).status_code == 413


# ── The sweep, and trouble ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_sweep_answers_for_an_alarm_that_never_came(bench: Bench) -> None:
    bench.due()
    bench.clock.advance(timedelta(minutes=6))
    answer = bench.post(SWEEP, b"{}")
    assert (answer.json, bench.notices) == ({"found": 1, "rang": 1, "armed": 0, "errors": 0}, 1)
    last = bench.house.sweep.last()
    assert last is not None
    assert last.at == bench.clock.now()


def test_the_sweep_makes_the_original_of_a_decision_that_lacks_it(bench: Bench) -> None:
    _, decision = decided_case(bench.house)
    bench.clock.advance(timedelta(minutes=3))

    assert bench.post(SWEEP, b"{}").status_code == 200
    assert bench.house.originals.find(decision) is not None


def test_without_the_store_the_call_is_asked_for_again(bench: Bench, lines: io.StringIO) -> None:
    bench.due()
    body = bench.body()
    bench.store.trouble = Unavailable("a name that must not be logged")
    for path in (ALARM, SWEEP):
        answer = bench.post(path, body)
        assert (answer.status_code, answer.json) == (503, {"outcome": "later"})
    assert "must not be logged" not in lines.getvalue()


def test_a_defect_is_answered_shortly_and_wakes_a_person(bench: Bench, lines: io.StringIO) -> None:
    body = bench.body()
    bench.store.trouble = ZeroDivisionError()
    answer = bench.post(ALARM, body)
    assert (answer.status_code, answer.json) == (500, {"outcome": "failed"})
    assert '"severity": "ERROR"' in lines.getvalue()
