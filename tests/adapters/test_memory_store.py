"""The memory fake keeps the store contract."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

from shared.adapters.memory_store import MemoryStore
from shared.ports.store import Document, Replace, Store
from tests.contracts.store import StoreContract
from tests.contracts.store_case import SHAPES, thing

Documents = dict[tuple[str, str], tuple[int, str, dict[str, bytes]]]


class TestMemoryStore(StoreContract):
    def make(self, folder: Path) -> Store:
        return MemoryStore(SHAPES)

    def test_a_document_that_is_being_replaced_is_there_all_the_while(self) -> None:
        store = MemoryStore(SHAPES)
        store.commit([thing("a")])
        found: list[Document | None] = []
        reader = Thread(target=lambda: found.append(store.get("things", "a")))

        def read_now() -> None:
            reader.start()
            reader.join(0.1)

        store._documents = Halfway(store._documents, read_now)
        store.commit([Replace("things", "a", 1, {"n": 1})])
        reader.join()

        assert [one is not None for one in found] == [True]


class Halfway(Documents):
    """Documents of which one is being replaced just when `then` is called."""

    def __init__(self, documents: Documents, then: Callable[[], None]) -> None:
        super().__init__(documents)
        self._then = then

    def __setitem__(self, place: tuple[str, str], stored: tuple[int, str, dict[str, bytes]]) -> None:
        self._then()
        super().__setitem__(place, stored)
