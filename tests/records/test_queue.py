"""The queue shows what is most urgent first, at the same cost however long it is."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import CaseId
from shared.domain.queries import Shape
from shared.domain.queue import Filter, Group
from shared.ports.store import Page, Refused, Value
from tests.cases import PROTECTION
from tests.houses import HandClock, demo_house
from tests.people import ANNA, ELSA, MONDAY, SAMIR, STRANGER
from tests.records.reports import Forms, filed_case


def house_with(clock: HandClock, days: list[int], *, take_every: int = 2) -> House:
    """Reports received on these days after Monday; every `take_every`th is taken and assessed."""
    house = demo_house(clock=clock)
    for number, day in enumerate(days):
        clock.at = MONDAY + timedelta(days=day, minutes=number)
        case = filed_case(house)
        if number % take_every == 0:
            house.caseworker.take(ANNA, case, Forms(ANNA).new())
            house.caseworker.assess(ANNA, case, PROTECTION, Forms(ANNA).new(), None)
    return house


def all_pages(house: House, narrowed: Filter = Filter.ALL) -> list[tuple[Group, CaseId, bool]]:
    found: list[tuple[Group, CaseId, bool]] = []
    cursor = None
    while True:
        page = house.queue.page(ANNA, narrowed, cursor=cursor)
        found += [(group, case.id, case.assignee is not None) for group, case in page.cases]
        cursor = page.cursor
        if cursor is None:
            return found


def test_every_case_is_listed_once_by_group_with_the_unassigned_first() -> None:
    clock = HandClock()
    house = house_with(clock, [0, 0, 0, 5, 5, 12, 12, 13, 14, 14] * 8)

    listed = all_pages(house)

    assert len({case for _, case, _ in listed}) == len(listed) == 80
    order = list(Group)
    ranks = [(order.index(group), assigned) for group, _, assigned in listed]
    assert ranks == sorted(ranks)


def test_a_page_costs_at_most_thirty_two_reads_and_one_call_for_keys() -> None:
    clock = HandClock()
    house = house_with(clock, [0, 3, 6, 9, 12, 14] * 20, take_every=3)
    cursor = None
    for _ in range(6):
        house.store.clear()  # type: ignore[attr-defined]
        page = house.queue.page(ANNA, cursor=cursor)
        assert house.store.cost().reads <= 32  # type: ignore[attr-defined]
        cursor = page.cursor
        if cursor is None:
            break


@pytest.mark.parametrize("narrowed", list(Filter))
def test_a_filter_keeps_to_its_own(narrowed: Filter) -> None:
    clock = HandClock()
    house = house_with(clock, [0, 5, 14, 14])

    listed = all_pages(house, narrowed)

    taken = {Filter.UNASSIGNED: {False}, Filter.MINE: {True}}.get(narrowed, {False, True})
    assert {assigned for _, _, assigned in listed} <= taken
    assert bool(listed) is (narrowed not in {Filter.UTREDNING, Filter.EKONOMISKT_BISTAND})


def test_the_piles_count_what_is_late() -> None:
    clock = HandClock()
    house = house_with(clock, [0, 1, 14])

    assert house.queue.page(ANNA).piles.all[Group.LATE] == 1
    clock.advance(timedelta(days=20))
    assert house.queue.page(ANNA).piles.all[Group.LATE] == 3


def test_an_empty_queue_is_an_empty_page() -> None:
    page = demo_house().queue.page(ANNA)

    assert page.cases == []
    assert page.cursor is None


def test_another_unit_sees_nothing_of_ours() -> None:
    house = demo_house()
    filed_case(house)

    assert house.queue.page(STRANGER).cases == []


def test_a_reporter_has_no_queue() -> None:
    with pytest.raises(NotAllowed):
        demo_house().queue.page(ELSA)


@pytest.mark.parametrize("cursor", ["", "x", "9.", "-1.", "0", "2.%%%", "٣."])
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    house = demo_house()
    filed_case(house)

    with pytest.raises(Refused):
        house.queue.page(SAMIR, cursor=cursor)


def test_the_child_stays_sealed_in_the_list() -> None:
    house = demo_house()
    filed_case(house)

    ((_, case),) = house.queue.page(ANNA).cases

    assert case.person.name == ""


class Midnight(HandClock):
    """A clock on which time goes on: a second between any two looks."""

    def now(self) -> datetime:
        self.at += timedelta(seconds=1)
        return self.at


def test_a_case_that_becomes_late_while_the_page_is_made_is_on_it() -> None:
    clock = Midnight()
    house = demo_house(clock=clock)
    case = filed_case(house)
    due = house.store.get("cases", case).fields["due"]  # type: ignore[union-attr]
    assert isinstance(due, datetime)

    for before in range(5):
        clock.at = due - timedelta(seconds=before)
        assert [one.id for _, one in house.queue.page(ANNA).cases] == [case]


class Meanwhile(MemoryStore):
    """A store in which something happens just before one of the counts or queries is answered."""

    def __init__(self) -> None:
        super().__init__()
        self.then: Callable[[], object] = lambda: None
        self.at = -1

    def count(self, shape: Shape, equals: Mapping[str, Value], **how: Any) -> int:
        self._pass()
        return super().count(shape, equals, **how)

    def query(self, shape: Shape, equals: Mapping[str, Value], **how: Any) -> Page:
        self._pass()
        return super().query(shape, equals, **how)

    def _pass(self) -> None:
        self.at -= 1
        if self.at == 0:
            self.then()


@pytest.mark.parametrize("at", range(1, 10))
@pytest.mark.parametrize("happens", ["a case is taken", "a report comes in"])
def test_no_case_is_hidden_or_shown_twice_by_what_happens_while_the_page_is_made(at: int, happens: str) -> None:
    store, clock = Meanwhile(), HandClock()
    house = demo_house(store, clock)
    ours, free = filed_case(house), filed_case(house)
    house.caseworker.take(ANNA, ours, Forms(ANNA).new())
    clock.advance(timedelta(hours=1))
    store.at = at
    store.then = {
        "a case is taken": lambda: house.caseworker.take(SAMIR, free, Forms(SAMIR).new()),
        "a report comes in": lambda: filed_case(house),
    }[happens]

    shown = [case.id for _, case in house.queue.page(ANNA).cases]

    assert {ours, free} <= set(shown)
    assert len(shown) == len(set(shown))


def test_the_piles_count_assigned_and_unassigned_cases_together() -> None:
    house = demo_house()
    cases = [filed_case(house) for _ in range(3)]
    house.caseworker.take(ANNA, cases[0], Forms(ANNA).new())

    piles = house.queue.page(ANNA).piles

    assert (piles.all[Group.TODAY], piles.unassigned[Group.TODAY]) == (3, 2)
