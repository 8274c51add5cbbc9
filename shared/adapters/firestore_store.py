"""The store in the cloud: one Firestore database, any number of processes, no transactions."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import copy_context
from typing import Any

from shared.adapters.document_limits import CAP, MANY, PAGE, check_between, check_collection, possible_id
from shared.adapters.firestore_calls import PATIENCE, TRY, FirestoreCalls
from shared.adapters.firestore_commits import FirestoreCommits
from shared.adapters.firestore_documents import FirestoreDocuments
from shared.adapters.firestore_links import FirestoreDatabase, FirestoreLinks
from shared.adapters.firestore_questions import FirestoreQuestions
from shared.adapters.firestore_reads import FirestoreReads, SeenVersions
from shared.adapters.query_shapes import QueryShapes
from shared.domain.queries import SHAPES, Shape
from shared.ports.store import Document, Page, T, Value, Write


class FirestoreStore:
    """`Store` in one database. `patience` and `try_s` are seconds: for a call of the port, and for one try of it.

    Nothing is connected before the first call; the database and the indexes of `shapes` must be there. `credentials`
    are those of the service account; an emulator needs none.
    """

    def __init__(
        self,
        database: FirestoreDatabase,
        *,
        shapes: Iterable[Shape] | None = None,
        patience: float = PATIENCE,
        try_s: float = TRY,
        credentials: Any = None,
    ) -> None:
        known = QueryShapes(SHAPES.values() if shapes is None else shapes)
        documents = FirestoreDocuments(database.path)
        seen = SeenVersions()
        self._calls = FirestoreCalls(FirestoreLinks(database, credentials), patience, try_s)
        self._reads = FirestoreReads(database.path, self._calls, documents, seen)
        self._questions = FirestoreQuestions(documents, known, seen)
        self._commits = FirestoreCommits(
            database.path, self._calls, self._reads, seen, documents=documents, shapes=known
        )

    def get(self, collection: str, id: str) -> Document | None:
        """The document, or None."""
        return self.get_many(collection, [id]).get(id)

    def get_many(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        """Those of the documents that exist, by id."""
        check_collection(collection)
        check_between("The number of ids", max(len(ids), 1), MANY)
        asked = [id for id in ids if possible_id(id)]
        return self._reads.documents(collection, asked) if asked else {}

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
        """One page of a declared query; a full one may be followed by an empty one."""
        check_between("The limit", limit, PAGE)
        query = self._questions.query(shape, equals, limit, (start, stop), cursor)
        if query is None:
            return Page([], None)
        until = self._calls.until()
        found = self._calls.read(lambda client, seconds: self._questions.answer(client, query, seconds), until)
        return Page(found, self._questions.cursor(shape, equals, found[-1]) if len(found) == limit else None)

    def after(self, shape: Shape, equals: Mapping[str, Value], document: Document) -> str:
        """The cursor that continues after this document."""
        return self._questions.cursor(shape, equals, document)

    def count(
        self, shape: Shape, equals: Mapping[str, Value], *, cap: int, start: Value = None, stop: Value = None
    ) -> int:
        """How many documents the query would find, at most `cap`."""
        check_between("The cap", cap, CAP)
        query = self._questions.query(shape, equals, cap, (start, stop), None)
        if query is None:
            return 0
        until = self._calls.until()
        return self._calls.read(lambda client, seconds: self._questions.counted(client, query, seconds), until)

    def commit(self, writes: Sequence[Write]) -> None:
        """All of the writes or none, durable on return."""
        self._commits.commit(writes)

    def together(self, *calls: Callable[[], T]) -> list[T]:
        """What the calls give, made side by side: the wait is that of the slowest."""
        if len(calls) <= 1:
            return [call() for call in calls]
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(len(calls)) as threads:
            asked = [threads.submit(copy_context().run, call) for call in calls]
        return [one.result() for one in asked]

    def close(self) -> None:
        """Let go of the connection; a second call does nothing."""
        self._calls.close()
