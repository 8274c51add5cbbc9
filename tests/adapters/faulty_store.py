"""A store that fails when told: before a commit, after it, by a conflict, or late."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from threading import Lock

from shared.domain.queries import Shape
from shared.ports.store import Conflict, Document, Page, Store, T, Unavailable, Value, Write


class FaultyStore:
    """`store`, with faults to come. `late` is called before every answer: a test lets its clock pass there."""

    def __init__(self, store: Store, late: Callable[[], None] = lambda: None) -> None:
        self._store = store
        self._late = late
        self._lock = Lock()
        self._faults: Counter[str] = Counter()

    def repeat_commits(self, count: int) -> None:
        """The next `count` commits write everything, are sent once more, and are answered as that second time is."""
        self._faults["repeated"] = count

    def fail_commits_before(self, count: int) -> None:
        """The next `count` commits write nothing and raise `Unavailable`."""
        self._faults["before"] = count

    def fail_commits_after(self, count: int) -> None:
        """The next `count` commits write everything and still raise `Unavailable`: a time-out after the commit."""
        self._faults["after"] = count

    def conflict_commits(self, count: int) -> None:
        """The next `count` commits write nothing and raise `Conflict`."""
        self._faults["conflict"] = count

    def fail_reads(self, count: int) -> None:
        """The next `count` reads of any kind raise `Unavailable`."""
        self._faults["read"] = count

    def get(self, collection: str, id: str) -> Document | None:
        """As the store, if no fault is due."""
        self._read()
        return self._store.get(collection, id)

    def get_many(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        """As the store, if no fault is due."""
        self._read()
        return self._store.get_many(collection, ids)

    def query(
        self,
        shape: Shape,
        equals: Mapping[str, Value],
        *,
        limit: int,
        start: Value = None,
        stop: Value = None,
        cursor: str | None = None,
    ) -> Page:
        """As the store, if no fault is due."""
        self._read()
        return self._store.query(shape, equals, limit=limit, start=start, stop=stop, cursor=cursor)

    def after(self, shape: Shape, equals: Mapping[str, Value], document: Document) -> str:
        """As the store: nothing is asked."""
        return self._store.after(shape, equals, document)

    def count(
        self, shape: Shape, equals: Mapping[str, Value], *, cap: int, start: Value = None, stop: Value = None
    ) -> int:
        """As the store, if no fault is due."""
        self._read()
        return self._store.count(shape, equals, cap=cap, start=start, stop=stop)

    def commit(self, writes: Sequence[Write]) -> None:
        """As the store, if no fault is due."""
        self._late()
        if self._due("before"):
            raise Unavailable("not written")
        if self._due("conflict"):
            raise Conflict("not written")
        self._store.commit(writes)
        if self._due("after"):
            raise Unavailable("written, but the answer is lost")
        if self._due("repeated"):
            self._store.commit(writes)

    def together(self, *calls: Callable[[], T]) -> list[T]:
        """As the store does; each call is a read of its own."""
        return self._store.together(*calls)

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _due(self, fault: str) -> bool:
        """Whether it is time for one more; calls may be made side by side."""
        with self._lock:
            left = self._faults[fault]
            self._faults[fault] = max(0, left - 1)
            return left > 0

    def _read(self) -> None:
        self._late()
        if self._due("read"):
            raise Unavailable("not read")
