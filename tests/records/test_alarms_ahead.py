"""Alarms are set just before their deadlines are written, so that one batch holds both."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from shared.adapters.counting_store import CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain import deadlines
from shared.domain.deadlines import Deadline
from shared.domain.ids import DeadlineId
from shared.domain.queries import DEADLINES_OF_CASE
from shared.ports import Unavailable, Wake, Write
from shared.records.deadlines import Outcome, read_deadline
from tests.houses import HandClock, NotedAlarms, demo_house
from tests.people import MONDAY
from tests.records.reports import draft_of, file_report, filed_case

SUNDAY = MONDAY - timedelta(days=1)


class Breaking(MemoryStore):
    """A store that does not answer a commit of a report."""

    def commit(self, writes: Sequence[Write]) -> None:
        if any(one.collection == "reports" for one in writes):
            raise Unavailable
        super().commit(writes)


def wakes(house: House) -> list[Wake]:
    assert isinstance(house.alarms, NotedAlarms)
    return list(house.alarms.wakes.values())


def clocks(house: House) -> list[Deadline]:
    """The deadlines of a report that has just been filed."""
    page = house.store.query(DEADLINES_OF_CASE, {"case": filed_case(house)}, limit=10)
    return [read_deadline(one) for one in page.documents]


def test_a_report_is_stored_once_with_its_alarms_set() -> None:
    house = demo_house()

    stored = clocks(house)

    assert [one.rev for one in stored] == [1, 1]
    assert [one.sweep_at for one in stored] == [one.wake_at + deadlines.RUNG_GRACE for one in stored]
    assert {one.name for one in wakes(house)} == {deadlines.alarm_name(one) for one in stored}


def test_the_alarm_of_a_report_that_was_not_stored_finds_nothing() -> None:
    house = demo_house(Breaking())
    with pytest.raises(Unavailable):
        file_report(house)

    set_ = wakes(house)

    assert len(set_) == 2
    assert {house.deadlines.ring(DeadlineId(one.payload["deadline"]), 1, 1) for one in set_} == {Outcome.GONE}


def test_an_alarm_that_rings_at_once_is_set_when_its_deadline_is_there() -> None:
    house = demo_house(clock=HandClock(SUNDAY))

    stored = clocks(house)

    assert min(one.wake_at for one in stored) <= SUNDAY
    assert len(wakes(house)) == len(stored) == 2
    assert house.deadlines.ring(stored[0].id, 1, 1) is Outcome.RANG


def test_without_the_alarm_keeper_the_sweep_looks_within_a_minute() -> None:
    house = demo_house()
    assert isinstance(house.alarms, NotedAlarms)
    house.alarms.down = True

    assert {one.sweep_at for one in clocks(house)} == {MONDAY + deadlines.UNARMED_GRACE}


def test_a_report_about_an_unknown_child_is_ten_writes() -> None:
    house = demo_house()
    draft = draft_of(house)
    assert isinstance(house.store, CountingStore)
    house.store.clear()

    file_report(house, draft=draft)

    assert house.store.cost().writes == 10
