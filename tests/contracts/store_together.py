"""The store contract, calls made together: each answered as if it were alone, whether side by side or one by one."""

from contextvars import ContextVar
from functools import partial

import pytest

from shared.ports.store import AlreadyExists, Document, Refused, Store, Unavailable
from tests.adapters.faulty_store import FaultyStore
from tests.contracts.store_case import BY_DUE, StoreCase, fields_of, thing
from tests.contracts.store_races import at_once

_WHO: ContextVar[str] = ContextVar("who")


class TogetherContract(StoreCase):
    def test_calls_made_together_are_answered_in_their_order(self, store: Store) -> None:
        store.commit([thing(f"t{n}") for n in range(5)])
        found = store.together(*(partial(store.get, "things", f"t{n}") for n in range(6)))
        assert [one and one.id for one in found] == ["t0", "t1", "t2", "t3", "t4", None]

    def test_one_call_or_none_may_be_made_together(self, store: Store) -> None:
        assert store.together() == []
        assert store.together(partial(store.get, "things", "t")) == [None]

    def test_the_first_error_of_calls_made_together_is_raised(self, store: Store) -> None:
        store.commit([thing("there")])
        refused = partial(store.count, BY_DUE, {"unit": "north"}, cap=0)
        taken = partial(store.commit, [thing("there")])
        with pytest.raises(Refused):
            store.together(partial(store.get, "things", "t"), refused, taken)
        with pytest.raises(AlreadyExists):
            store.together(taken, refused)

    def test_a_write_made_together_with_reads_is_on_the_disk_when_they_are_answered(self, store: Store) -> None:
        store.together(partial(store.commit, [thing("new")]), partial(store.get, "things", "old"))
        assert store.get("things", "new") is not None

    def test_calls_made_together_may_make_calls_together(self, store: Store) -> None:
        store.commit([thing(f"t{n}", n=n) for n in range(4)])

        def two(first: int) -> list[Document | None]:
            return store.together(*(partial(store.get, "things", f"t{first + n}") for n in range(2)))

        pairs = store.together(partial(two, 0), partial(two, 2))
        assert [[fields_of(one)["n"] for one in pair] for pair in pairs] == [[0, 1], [2, 3]]

    def test_calls_made_together_know_for_whom_they_are_made(self, store: Store) -> None:
        _WHO.set("anna")
        assert store.together(_WHO.get, _WHO.get, _WHO.get) == ["anna"] * 3

    def test_many_who_ask_together_at_once_each_get_their_own_answers(self, store: Store) -> None:
        store.commit([thing(f"t{n}", n=n) for n in range(12)])

        def ask(who: int) -> bool:
            wanted = [(who + n) % 12 for n in range(4)]
            found = store.together(*(partial(store.get, "things", f"t{n}") for n in wanted))
            return [fields_of(one)["n"] for one in found] == wanted

        assert all(at_once(12, ask))

    def test_of_calls_made_together_as_many_fail_as_are_told_to(self, store: Store) -> None:
        """What the other tests lean on: faults are counted right, however the calls are made."""
        faulty = FaultyStore(store)
        faulty.fail_reads(5)

        def ask() -> bool:
            try:
                return faulty.get("things", "none") is None
            except Unavailable:
                return False

        assert faulty.together(*[ask] * 20).count(False) == 5
