"""The Firestore keeper keeps the store contract, and the key ring over it keeps its own: on the official emulator."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.firestore_store import FirestoreStore
from shared.domain.queries import DATA_KEYS_MADE, Shape
from shared.ports.store import Replace, Store
from tests.adapters.test_local_keys import ring_over
from tests.contracts.ring import Keys, RingContract
from tests.contracts.store import StoreContract
from tests.contracts.store_case import SHAPES, thing
from tests.contracts.store_races import at_once
from tests.emulator import Emulator

pytestmark = [pytest.mark.slow, pytest.mark.emulator]


class OnTheEmulator:
    """Each folder of a test stands for a database of its own. What is promised in seconds is shown among the faults."""

    emulator: Emulator

    @pytest.fixture(autouse=True)
    def _reached(self, emulator: Emulator) -> None:
        self.emulator = emulator

    def opened(self, folder: Path, shapes: Iterable[Shape]) -> Store:
        return FirestoreStore(self.emulator.database(str(folder)), shapes=shapes, patience=60, try_s=20)


class TestFirestoreStore(OnTheEmulator, StoreContract):
    def make(self, folder: Path) -> Store:
        return self.opened(folder, SHAPES)

    def test_two_documents_written_together_are_seen_together(self, store: Store) -> None:
        """Firestore's own word for one call; the emulator breaks it, and shows one commit's documents one by one.

        Under load about one read in a thousand saw half a commit, also in a read-only transaction, with one
        read_time for both. So here: both are asked in one call, nobody is more than the commit under way behind,
        and afterwards both are the same.
        """
        assert isinstance(store, FirestoreStore)
        calls = counted_reads(store)
        store.commit([thing("a", n=0), thing("b", n=0)])

        def work(n: int) -> bool:
            if n == 0:
                for round_ in range(1, 31):
                    store.commit([Replace("things", id, round_, {"n": round_}) for id in ("a", "b")])
                return True
            seen = [store.get_many("things", ["a", "b"]) for _ in range(60)]
            return all(abs(found["a"].rev - found["b"].rev) <= 1 for found in seen)

        assert all(at_once(4, work))
        assert calls == [2] * (3 * 60)
        assert {one.rev for one in store.get_many("things", ["a", "b"]).values()} == {31}


def counted_reads(store: FirestoreStore) -> list[int]:
    """One entry for every reading by name from now on: how many documents it asks for."""
    sent: list[int] = []
    ask = store._reads._read

    def counting(names: list[str], fields: list[str], until: float) -> list[Any]:
        if not fields:  # whole documents; a writer may look up a version
            sent.append(len(names))
        return ask(names, fields, until)

    store._reads._read = counting  # type: ignore[method-assign]
    return sent


class TestKeysInFirestore(OnTheEmulator, RingContract):
    def make(self, folder: Path) -> Keys:
        ring = ring_over(self.opened(folder, [DATA_KEYS_MADE]))
        return Keys(ring, AesCipher(ring))
