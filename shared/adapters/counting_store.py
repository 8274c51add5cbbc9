"""A store that keeps the bill: reads, writes and deletes as Firestore charges them, and calls, by collection.

cloud.google.com/firestore/pricing: a query costs the documents it returns, at least one; reading by id costs one each,
also for what is not there; a count costs one per thousand index entries; a commit costs one per write that happened.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

from shared.domain.queries import Shape
from shared.ports.store import Delete, Document, Page, Store, T, Value, Write


@dataclass(slots=True)
class Cost:
    """What some calls cost; `rpcs` are round trips to the store."""

    reads: int = 0
    writes: int = 0
    deletes: int = 0
    rpcs: int = 0

    def add(self, other: "Cost") -> None:
        """Make this cost include `other`."""
        self.reads += other.reads
        self.writes += other.writes
        self.deletes += other.deletes
        self.rpcs += other.rpcs


class CountingStore:
    """`store`, with a bill. A commit's round trip is charged to the collection of its first write."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._bill: defaultdict[str, Cost] = defaultdict(Cost)
        self._lock = Lock()

    def cost(self, *, without: Collection[str] = ()) -> Cost:
        """What all calls since the start or the last `clear` cost, some collections left out."""
        total = Cost()
        for collection, cost in self.by_collection().items():
            if collection not in without:
                total.add(cost)
        return total

    def by_collection(self) -> dict[str, Cost]:
        """The same, collection by collection."""
        with self._lock:
            return {name: Cost(cost.reads, cost.writes, cost.deletes, cost.rpcs) for name, cost in self._bill.items()}

    def clear(self) -> None:
        """Start a new bill."""
        with self._lock:
            self._bill.clear()

    def get(self, collection: str, id: str) -> Document | None:
        """As the store does; one read."""
        self._charge(collection, Cost(reads=1, rpcs=1))
        return self._store.get(collection, id)

    def get_many(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        """As the store does; one read for each id."""
        self._charge(collection, Cost(reads=len(set(ids)), rpcs=1 if ids else 0))
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
        """As the store does; one read for each document found, at least one."""
        page = self._store.query(shape, equals, limit=limit, start=start, stop=stop, cursor=cursor)
        self._charge(shape.collection, Cost(reads=max(1, len(page.documents)), rpcs=1))
        return page

    def after(self, shape: Shape, equals: Mapping[str, Value], document: Document) -> str:
        """As the store does; nothing is read."""
        return self._store.after(shape, equals, document)

    def count(
        self, shape: Shape, equals: Mapping[str, Value], *, cap: int, start: Value = None, stop: Value = None
    ) -> int:
        """As the store does; one read."""
        self._charge(shape.collection, Cost(reads=1, rpcs=1))
        return self._store.count(shape, equals, cap=cap, start=start, stop=stop)

    def commit(self, writes: Sequence[Write]) -> None:
        """As the store does; one write or delete each, if they happened."""
        if writes:
            self._charge(writes[0].collection, Cost(rpcs=1))
        self._store.commit(writes)
        for write in writes:
            self._charge(write.collection, Cost(deletes=1) if isinstance(write, Delete) else Cost(writes=1))

    def together(self, *calls: Callable[[], T]) -> list[T]:
        """As the store does; each call is on the bill."""
        return self._store.together(*calls)

    def close(self) -> None:
        """Close the store."""
        self._store.close()

    def _charge(self, collection: str, cost: Cost) -> None:
        with self._lock:
            self._bill[collection].add(cost)
