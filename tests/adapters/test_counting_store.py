"""The bill of a store is what Firestore would charge."""

from functools import partial
from pathlib import Path

import pytest

from shared.adapters.counting_store import Cost, CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.ports.store import Conflict, Create, Delete, Replace, Store
from tests.contracts.store import StoreContract
from tests.contracts.store_case import BY_DUE, SHAPES, thing


class TestCountingStore(StoreContract):
    def make(self, folder: Path) -> Store:
        return CountingStore(MemoryStore(SHAPES))


def counted() -> CountingStore:
    """A store with three things and a clean bill."""
    store = CountingStore(MemoryStore(SHAPES))
    store.commit([thing(f"t{n}", due=n) for n in range(3)])
    store.clear()
    return store


def test_reading_by_id_costs_one_each_whether_it_is_there_or_not() -> None:
    store = counted()
    store.get("things", "t0")
    store.get("things", "missing")
    store.get_many("things", ["t0", "t1", "missing", "t1"])
    store.get_many("things", [])
    assert store.cost() == Cost(reads=5, rpcs=3)


def test_a_query_costs_what_it_returns_and_at_least_one() -> None:
    store = counted()
    store.query(BY_DUE, {"unit": "north"}, limit=2)
    store.query(BY_DUE, {"unit": "nowhere"}, limit=2)
    assert store.cost() == Cost(reads=3, rpcs=2)


def test_a_count_costs_one() -> None:
    store = counted()
    assert store.count(BY_DUE, {"unit": "north"}, cap=100) == 3
    assert store.cost() == Cost(reads=1, rpcs=1)


def test_a_commit_costs_what_it_writes_in_one_call() -> None:
    store = counted()
    store.commit([Replace("things", "t0", 1, {}), Delete("things", "t1"), Create("others", "o", {})])
    assert store.cost() == Cost(writes=2, deletes=1, rpcs=1)
    assert store.cost(without={"things"}) == Cost(writes=1)


def test_a_commit_that_did_not_happen_is_a_call_and_nothing_more() -> None:
    store = counted()
    with pytest.raises(Conflict):
        store.commit([Replace("things", "t0", 9, {})])
    assert store.cost() == Cost(rpcs=1)


def test_calls_made_together_are_all_on_the_bill() -> None:
    store = counted()
    store.together(partial(store.get, "things", "t0"), partial(store.commit, [thing("new")]))
    assert store.cost() == Cost(reads=1, writes=1, rpcs=2)
