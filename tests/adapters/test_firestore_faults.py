"""The Firestore keeper when the network or the emulator behaves badly: bounded in time, and never a wrong answer."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from threading import Event
from time import monotonic

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.ports.store import AlreadyExists, Conflict, Create, Delete, Replace, Store, Unavailable
from tests.adapters.wire import Wire, wire_to
from tests.contracts.store_case import BY_DUE, SHAPES, fields_of, thing
from tests.contracts.store_races import at_once
from tests.emulator import Emulator

pytestmark = [pytest.mark.slow, pytest.mark.emulator]

PROMISED_S = 8


@pytest.fixture
def wire(emulator: Emulator) -> Iterator[Wire]:
    with wire_to(emulator.port) as wire:
        yield wire


@pytest.fixture
def near(emulator: Emulator, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The database as somebody sees it who has a good connection, and time however busy the machine is."""
    store = FirestoreStore(emulator.database(request.node.name), shapes=SHAPES, patience=60, try_s=20)
    yield store
    store.close()


@pytest.fixture
def far(emulator: Emulator, wire: Wire, request: pytest.FixtureRequest) -> Iterator[Store]:
    """The same database at the other end of the wire."""
    store = FirestoreStore(emulator.database(request.node.name, wire.port), shapes=SHAPES, try_s=1)
    yield store
    store.close()


def test_a_commit_whose_answer_was_lost_is_known_as_ones_own(near: Store, far: Store, wire: Wire) -> None:
    far.commit([thing("a", n=1), thing("b", n=1)])
    wire.lose_answers()

    far.commit([Replace("things", "a", 1, {"n": 2}), thing("c", n=2), Delete("things", "b", 1)])

    found = near.get_many("things", ["a", "b", "c"])
    assert {id: (document.rev, document.fields["n"]) for id, document in found.items()} == {"a": (2, 2), "c": (1, 2)}


def test_who_lost_the_race_and_the_answer_is_told_so(near: Store, far: Store, wire: Wire) -> None:
    near.commit([thing("a", n=1)])
    assert far.get("things", "a") is not None
    near.commit([Replace("things", "a", 1, {"n": "the other's"})])
    wire.lose_answers()

    with pytest.raises(Conflict):
        far.commit([Replace("things", "a", 1, {"n": 2})])
    with pytest.raises(AlreadyExists):
        far.commit([thing("a")])
    assert fields_of(near.get("things", "a")) == {"n": "the other's"}


def test_a_lost_deletion_is_not_claimed_for_oneself_nor_for_another(near: Store, far: Store, wire: Wire) -> None:
    far.commit([thing("a")])
    wire.lose_answers()

    with pytest.raises(Unavailable):
        far.commit([Delete("things", "a", 1)])
    assert near.get("things", "a") is None


def test_a_half_open_connection_is_left_for_a_new_one(far: Store, wire: Wire) -> None:
    far.commit([thing("a", due=1)])
    for ask in (
        lambda: far.get("things", "a"),
        lambda: far.query(BY_DUE, {"unit": "north"}, limit=1),
        lambda: far.count(BY_DUE, {"unit": "north"}, cap=1),
        lambda: far.commit([Delete("things", "none")]),
    ):
        wire.go_half_open()
        ask()


def test_a_reset_connection_is_made_anew(far: Store, wire: Wire) -> None:
    far.commit([thing("a", n=0)])
    for rev in range(1, 6):
        wire.cut()
        far.commit([Replace("things", "a", rev, {"n": rev})])
    assert fields_of(far.get("things", "a")) == {"n": 5}


def test_a_store_five_seconds_away_is_unavailable_within_the_promised_time(far: Store, wire: Wire) -> None:
    far.commit([thing("a", due=1)])
    wire.delay_s = 5
    started = monotonic()

    with pytest.raises(Unavailable):
        far.get("things", "a")

    assert monotonic() - started < PROMISED_S


def test_a_slow_store_is_still_a_store(far: Store, wire: Wire) -> None:
    far.commit([thing("a", n=1)])
    wire.delay_s = 0.3

    far.commit([Replace("things", "a", 1, {"n": 2})])

    assert fields_of(far.get("things", "a")) == {"n": 2}


def test_a_database_that_is_not_there_is_unavailable_in_time(emulator: Emulator) -> None:
    with wire_to(emulator.port) as wire:
        nowhere = wire.port
    store = FirestoreStore(emulator.database("nowhere", nowhere), shapes=SHAPES)

    def unavailable(n: int) -> bool:
        asks = (
            lambda: store.get("things", "a"),
            lambda: store.query(BY_DUE, {"unit": "north"}, limit=1),
            lambda: store.count(BY_DUE, {"unit": "north"}, cap=1),
            lambda: store.commit([thing("a")]),
        )
        started = monotonic()
        with pytest.raises(Unavailable):
            asks[n]()
        return monotonic() - started < PROMISED_S

    assert at_once(4, unavailable) == [True] * 4
    store.close()


def add_one(store: Store, entry: str) -> None:
    """One caseworker's change: a rising number in the case, and an entry of its own, together."""
    while True:
        found = store.get("cases", "c")
        assert found is not None
        n = found.fields["n"]
        assert isinstance(n, int)
        try:
            store.commit([Replace("cases", "c", found.rev, {"n": n + 1}), Create("entries", entry, {"n": n + 1})])
        except Conflict:
            continue
        return


def test_sixteen_writers_of_one_case_lose_nothing_and_are_told_no_wrong_answer(near: Store) -> None:
    near.commit([Create("cases", "c", {"n": 0})])

    def write(writer: int) -> bool:
        add_one(near, str(writer))
        return True

    assert all(at_once(16, write))
    entries = near.get_many("entries", [str(writer) for writer in range(16)])
    assert {entry.fields["n"] for entry in entries.values()} == set(range(1, 17))
    assert fields_of(near.get("cases", "c")) == {"n": 16}


def test_sixteen_writers_over_a_bad_line_lose_nothing(near: Store, far: Store, wire: Wire) -> None:
    near.commit([Create("cases", "c", {"n": 0})])
    done = Event()

    def harm() -> None:
        while not done.wait(0.2):
            wire.cut()

    with ThreadPoolExecutor(17) as threads:
        harming = threads.submit(harm)
        writing = [threads.submit(add_one, far, str(writer)) for writer in range(16)]
        answers = [each.exception() for each in writing]
        done.set()
        harming.result()

    assert {type(answer) for answer in answers} <= {type(None), Unavailable}
    written = near.get_many("entries", [str(writer) for writer in range(16)])
    assert {str(writer) for writer, answer in enumerate(answers) if answer is None} <= set(written)
    assert fields_of(near.get("cases", "c")) == {"n": len(written)}


def test_the_keeper_heals_when_the_emulator_was_killed_under_load(emulator: Emulator, near: Store) -> None:
    near.commit([thing("before")])
    stop, back = Event(), Event()

    def load(n: int) -> list[str]:
        """What was acknowledged by the emulator that came back; the killed one has lost its own."""
        turn, acknowledged = 0, []
        while not stop.is_set():
            turn += 1
            begun_when_back = back.is_set()
            with suppress(Unavailable):
                near.commit([thing(f"{n}-{turn}", due=turn)])
                acknowledged += [f"{n}-{turn}"] if begun_when_back else []
        return acknowledged

    with ThreadPoolExecutor(4) as threads:
        loads = [threads.submit(load, n) for n in range(4)]
        try:
            emulator.kill()
            emulator.start()
            near.commit([thing("after")])
            back.set()
            near.commit([thing(f"after-{n}") for n in range(20)])
        finally:
            stop.set()
        acknowledged = ["after", *(f"after-{n}" for n in range(20)), *(id for each in loads for id in each.result())]
    assert [id for id in acknowledged if near.get("things", id) is None] == []


def test_while_the_emulator_is_away_nobody_waits_for_longer_than_promised(emulator: Emulator) -> None:
    store = FirestoreStore(emulator.database("away"), shapes=SHAPES, try_s=1)
    store.commit([thing("before")])
    emulator.kill()
    try:
        for _ in range(3):
            begun = monotonic()
            with pytest.raises(Unavailable):
                store.commit([thing("meanwhile")])
            assert monotonic() - begun < PROMISED_S
    finally:
        emulator.start()
        store.close()
