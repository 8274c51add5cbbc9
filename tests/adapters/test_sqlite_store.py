"""The SQLite keeper keeps the store contract."""

from pathlib import Path

from shared.adapters.sqlite_store import SqliteStore
from shared.ports.store import Store
from tests.contracts.store import StoreContract
from tests.contracts.store_case import SHAPES


class TestSqliteStore(StoreContract):
    def make(self, folder: Path) -> Store:
        return SqliteStore(folder / "store.db", shapes=SHAPES)
