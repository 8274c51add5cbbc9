"""A store that lives as long as the process: the same edges as the real keepers, and fast. For tests."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Mapping, Sequence
from threading import Lock

from shared.adapters import cursors, document_codec
from shared.adapters.document_limits import CAP, MANY, PAGE, check_between, check_collection
from shared.adapters.prepared_writes import Prepared, prepare, revision_after
from shared.adapters.query_shapes import Place, QueryShapes, Span
from shared.domain.queries import SHAPES, Shape
from shared.ports.store import Document, Page, T, Unavailable, Value, Write


class MemoryStore:
    """Documents as encoded texts, and for each shape a sorted list of (key, id)."""

    def __init__(self, shapes: Iterable[Shape] | None = None) -> None:
        self._shapes = QueryShapes(SHAPES.values() if shapes is None else shapes)
        self._documents: dict[tuple[str, str], tuple[int, str, dict[str, bytes]]] = {}
        self._indexes: dict[str, list[tuple[bytes, str]]] = {name: [] for name in self._shapes.by_name}
        self._lock = Lock()
        self._closed = False

    def get(self, collection: str, id: str) -> Document | None:
        """The document, or None."""
        return self.get_many(collection, [id]).get(id)

    def get_many(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        """Those of the documents that exist, by id."""
        check_collection(collection)
        check_between("The number of ids", max(len(ids), 1), MANY)
        with self._lock:  # a commit takes a document out before it puts the new one in
            self._check_open()
            found = [(id, self._documents.get((collection, id))) for id in ids]
        return {id: _document(collection, id, rev, body) for id, (rev, body, _) in _present(found)}

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
        """One page of a declared query."""
        check_between("The limit", limit, PAGE)
        span = self._shapes.span(shape, equals, start, stop)
        after = None if cursor is None else cursors.read(cursor, shape, span.prefix)
        with self._lock:
            self._check_open()
            first, last = self._within(shape, span, after)
            index = self._indexes[shape.name]
            places = index[max(first, last - limit) : last][::-1] if shape.descending else index[first:last][:limit]
            documents = [self._at(shape.collection, id) for _, id in places]
        more = last - first > limit
        return Page(documents, cursors.write(shape, span.prefix, Place(*places[-1])) if more else None)

    def after(self, shape: Shape, equals: Mapping[str, Value], document: Document) -> str:
        """The cursor that continues after this document."""
        return cursors.after(self._shapes, shape, equals, document)

    def count(
        self, shape: Shape, equals: Mapping[str, Value], *, cap: int, start: Value = None, stop: Value = None
    ) -> int:
        """How many documents the query would find, at most `cap`."""
        check_between("The cap", cap, CAP)
        span = self._shapes.span(shape, equals, start, stop)
        with self._lock:
            self._check_open()
            first, last = self._within(shape, span, None)
            return min(cap, max(0, last - first))

    def commit(self, writes: Sequence[Write]) -> None:
        """All of the writes or none."""
        prepared = prepare(writes, self._shapes)
        with self._lock:
            self._check_open()
            revisions = [revision_after(each.write, self._revision(each)) for each in prepared]
            for each, revision in zip(prepared, revisions, strict=True):
                self._apply(each, revision)

    def together(self, *calls: Callable[[], T]) -> list[T]:
        """What the calls give, made one by one."""
        return [call() for call in calls]

    def close(self) -> None:
        """Nothing is answered from now on."""
        self._closed = True

    def _check_open(self) -> None:
        if self._closed:
            raise Unavailable("The store is closed.")

    def _at(self, collection: str, id: str) -> Document:
        rev, body, _ = self._documents[collection, id]
        return _document(collection, id, rev, body)

    def _revision(self, prepared: Prepared) -> int | None:
        found = self._documents.get((prepared.write.collection, prepared.write.id))
        return None if found is None else found[0]

    def _within(self, shape: Shape, span: Span, after: Place | None) -> tuple[int, int]:
        index = self._indexes[shape.name]
        first, last = bisect_left(index, (span.low,)), bisect_left(index, (span.high,))
        if after is None:
            return first, last
        place = (after.key, after.id)
        if shape.descending:
            return first, min(last, bisect_left(index, place))
        return max(first, bisect_right(index, place)), last

    def _apply(self, prepared: Prepared, revision: int) -> None:
        place = (prepared.write.collection, prepared.write.id)
        _, _, before = self._documents.pop(place, (0, "", {}))
        for shape, key in before.items():
            index = self._indexes[shape]
            del index[bisect_left(index, (key, place[1]))]
        if not revision:
            return
        for shape, key in prepared.keys.items():
            insort(self._indexes[shape], (key, place[1]))
        self._documents[place] = (revision, prepared.body, prepared.keys)


_Stored = tuple[int, str, dict[str, bytes]]


def _present(found: Iterable[tuple[str, _Stored | None]]) -> Iterable[tuple[str, _Stored]]:
    return ((id, stored) for id, stored in found if stored is not None)


def _document(collection: str, id: str, rev: int, body: str) -> Document:
    return Document(collection, id, rev, document_codec.decode(body))
