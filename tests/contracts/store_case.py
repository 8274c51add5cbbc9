"""What every part of the store contract starts from: a fresh keeper with a few query shapes of its own."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.domain.queries import Shape
from shared.ports.store import Create, Document, Store, Value

BY_DUE = Shape("by_due", "things", ("unit",), "due")
BY_DUE_FALLING = Shape("by_due_falling", "things", ("unit",), "due", descending=True)
BY_OWNER = Shape("by_owner", "things", ("unit", "owner"), "number")
SHAPES = (BY_DUE, BY_DUE_FALLING, BY_OWNER)


class StoreCase:
    """A contract class: a keeper's test class inherits it and says how to `make` one."""

    def make(self, folder: Path) -> Store:
        """A new, empty store with `SHAPES`; `folder` is empty and may be used for its files."""
        raise NotImplementedError

    @pytest.fixture
    def store(self, tmp_path: Path) -> Iterator[Store]:
        store = self.make(tmp_path)
        yield store
        store.close()


def thing(id: str, **fields: Value) -> Create:
    """A new document in the collection that the contract's shapes look in."""
    return Create("things", id, {"unit": "north", **fields})


def fields_of(document: Document | None) -> dict[str, Value]:
    """The document's fields; the test fails when there is none."""
    assert document is not None
    return dict(document.fields)


def every_page(store: Store, shape: Shape, limit: int, **bounds: Value) -> list[str]:
    """The ids of all documents of unit north, page by page."""
    ids: list[str] = []
    cursor: str | None = None
    while True:
        page = store.query(
            shape, {"unit": "north"}, limit=limit, cursor=cursor, start=bounds.get("start"), stop=bounds.get("stop")
        )
        ids += [document.id for document in page.documents]
        if page.cursor is None:
            return ids
        assert len(page.documents) == limit, "only a full page is followed by another"
        cursor = page.cursor
