"""The keepers that need nothing else, for tests that hold on each of them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.memory_store import MemoryStore
from shared.adapters.sqlite_store import SqliteStore
from shared.ports.store import Store
from tests.emulator import Emulator


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Every keeper that needs nothing else; a test that names `FIRESTORE` (tests.emulator) as its keeper gets that."""
    if request.param == "firestore":
        emulator: Emulator = request.getfixturevalue("emulator")
        opened: Store = FirestoreStore(emulator.database(str(tmp_path)), patience=60, try_s=20)
    else:
        opened = MemoryStore() if request.param == "memory" else SqliteStore(tmp_path / "store.db")
    yield opened
    opened.close()
