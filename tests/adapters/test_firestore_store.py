"""The Firestore keeper keeps the store contract, and the key ring over it keeps its own: on the official emulator."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.firestore_store import FirestoreStore
from shared.domain.queries import DATA_KEYS_MADE, Shape
from shared.ports import Store
from tests.adapters.test_local_keys import ring_over
from tests.contracts.ring import Keys, RingContract
from tests.contracts.store import StoreContract
from tests.contracts.store_case import SHAPES
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


class TestKeysInFirestore(OnTheEmulator, RingContract):
    def make(self, folder: Path) -> Keys:
        ring = ring_over(self.opened(folder, [DATA_KEYS_MADE]))
        return Keys(ring, AesCipher(ring))
