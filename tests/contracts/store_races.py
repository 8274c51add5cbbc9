"""The store contract, races: one winner, no lost update, no half commit seen."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from shared.ports.store import AlreadyExists, Conflict, Create, Replace, Store
from tests.contracts.store_case import StoreCase, fields_of, thing


def at_once(count: int, work: Callable[[int], bool]) -> list[bool]:
    """What `work` answered in each of `count` threads that start together."""
    gate = Barrier(count)

    def run(n: int) -> bool:
        gate.wait()
        return work(n)

    with ThreadPoolExecutor(count) as threads:
        return list(threads.map(run, range(count)))


class RacesContract(StoreCase):
    def test_of_many_who_create_one_document_exactly_one_wins(self, store: Store) -> None:
        for slot in range(10):

            def book(n: int, slot: int = slot) -> bool:
                try:
                    store.commit([thing(f"slot{slot}", by=n), Create("others", f"of{slot}-{n}", {})])
                except AlreadyExists:
                    return False
                return True

            won = at_once(16, book)
            assert won.count(True) == 1
            assert fields_of(store.get("things", f"slot{slot}"))["by"] == won.index(True)
            assert set(store.get_many("others", [f"of{slot}-{n}" for n in range(16)])) == {
                f"of{slot}-{won.index(True)}"
            }

    def test_twenty_writers_of_one_document_lose_no_update(self, store: Store) -> None:
        store.commit([thing("a", n=0)])

        def add_one(_: int) -> bool:
            for _try in range(2000):
                found = store.get("things", "a")
                assert found is not None
                n = found.fields["n"]
                assert isinstance(n, int)
                try:
                    store.commit([Replace("things", "a", found.rev, {"n": n + 1})])
                except Conflict:
                    continue
                return True
            return False

        assert all(at_once(20, add_one))
        found = store.get("things", "a")
        assert found is not None
        assert (found.rev, found.fields["n"]) == (21, 20)

    def test_a_bad_commit_takes_no_good_one_with_it(self, store: Store) -> None:
        store.commit([thing("taken")])

        def commit(n: int) -> bool:
            try:
                store.commit([thing(f"t{n}"), thing("taken") if n % 2 else thing(f"u{n}")])
            except AlreadyExists:
                return False
            return True

        assert at_once(20, commit) == [n % 2 == 0 for n in range(20)]
        assert set(store.get_many("things", [f"t{n}" for n in range(20)])) == {f"t{n}" for n in range(0, 20, 2)}

    def test_two_documents_written_together_are_seen_together(self, store: Store) -> None:
        store.commit([thing("a", n=0), thing("b", n=0)])

        def work(n: int) -> bool:
            if n == 0:
                for round_ in range(1, 31):
                    store.commit([Replace("things", id, round_, {"n": round_}) for id in ("a", "b")])
                return True
            seen = [store.get_many("things", ["a", "b"]) for _ in range(60)]
            return all(found["a"].rev == found["b"].rev for found in seen)

        assert all(at_once(4, work))
