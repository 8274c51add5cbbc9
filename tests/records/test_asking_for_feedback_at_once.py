"""A reporter asks for feedback while others are at work, or when something fails: once, whole or not at all."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.broken_rules import BrokenRule
from shared.domain.cases import Step
from shared.ports.store import Replace, Unavailable
from tests.adapters.faulty_store import FaultyStore
from tests.emulator import FIRESTORE
from tests.houses import HandClock, demo_house
from tests.people import ELSA
from tests.records.late_requests import (
    ask,
    decide,
    decided,
    done,
    note,
    once,
    own,
    release,
    reported,
    stands,
    store_of,
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=["memory", "disk", FIRESTORE])
def house(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[House]:
    store = store_of(request, tmp_path)
    yield demo_house(store, clock)
    store.close()


# ── At the same moment ────────────────────────────────────────────────────────────────────────────────────────────────


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What came of each of the acts, begun in the same instant."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        gate.wait()
        try:
            act()
        except BrokenRule as broken:
            return broken.code
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(one, acts))


@pytest.mark.parametrize("ended", [False, True])
def test_of_two_requests_at_once_one_is_written(house: House, *, ended: bool) -> None:
    report, case = decided(house) if ended else reported(house)

    came = at_once(lambda: ask(house, report), lambda: note(house, case))

    assert came == ["already_done", "done"]
    assert done(house, case).count("feedback:requested") == 1
    assert len([name for name in stands(house, case).clocks if name.startswith("aterkoppling")]) == ended


def test_who_asks_while_it_is_being_decided_is_answered_in_either_order(house: House) -> None:
    report, case = reported(house)

    assert at_once(lambda: ask(house, report), lambda: decide(house, case)) == ["done", "done"]

    after, last = stands(house, case), done(house, case)[-2:]
    clock = {"preliminary:not_opened": "aterkoppling", "feedback:requested": "aterkoppling_genast"}[last[1]]
    assert after.step is Step.ATERKOPPLING
    assert [name for name in after.clocks if name.startswith("aterkoppling")] == [clock]


def test_a_request_while_the_answer_is_being_released_disturbs_nothing(house: House) -> None:
    report, case = decided(house)
    ask(house, report)

    assert at_once(lambda: release(house, case), lambda: note(house, case)) == ["already_done", "done"]
    assert (own(house, report).feedback is not None, stands(house, case).open) == (True, False)


# ── In trouble ────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_lost_answer_is_found_again_and_nothing_is_half() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    assert house.municipality.staff, "read once, so that the store holds it before anything goes wrong"
    report, case = decided(house)
    press = once()
    store.fail_commits_before(1)
    with pytest.raises(Unavailable):
        house.feedback_requests.ask(ELSA, report, press)
    assert (stands(house, case).open, own(house, report).feedback_requested) == (False, False)

    store.fail_commits_after(1)
    assert house.feedback_requests.ask(ELSA, report, press).result == report

    assert (stands(house, case).open, own(house, report).feedback_requested) == (True, True)
    assert done(house, case).count("feedback:requested") == 1


def test_a_report_from_before_this_could_be_asked_is_read_as_one_that_offers_nothing() -> None:
    house = demo_house()
    report, _ = reported(house)
    store = house.store._store  # type: ignore[attr-defined]
    document = house.store.get("reports", report)
    assert document is not None
    fields = {name: one for name, one in document.fields.items() if name not in {"mandated", "request"}}
    store.commit([Replace("reports", report, document.rev, fields)])

    receipt = house.reporting.receipt(ELSA, report)
    assert receipt is not None
    assert (receipt.may_ask, receipt.report.request) == (False, None)


def test_asking_costs_few_reads_and_writes() -> None:
    house = demo_house()
    assert house.municipality.staff
    report, _ = decided(house)
    house.store.clear()  # type: ignore[attr-defined]

    ask(house, report)

    cost = house.store.cost(without=("sessions",))  # type: ignore[attr-defined]
    assert cost.reads <= 6
    assert cost.writes <= 8
