"""The memory fake keeps the store contract."""

from pathlib import Path

from shared.adapters.memory_store import MemoryStore
from shared.ports.store import Store
from tests.contracts.store import StoreContract
from tests.contracts.store_case import SHAPES


class TestMemoryStore(StoreContract):
    def make(self, folder: Path) -> Store:
        return MemoryStore(SHAPES)
