"""The store on one machine: documents in one SQLite file, written by one process and one thread."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from shared.adapters import cursors, document_codec
from shared.adapters.cannot_open import NotWritable
from shared.adapters.document_limits import CAP, MANY, PAGE, check_between, check_collection, possible_id
from shared.adapters.file_lock import FileLock
from shared.adapters.prepared_writes import prepare
from shared.adapters.query_shapes import Place, QueryShapes
from shared.adapters.sqlite_readers import SqliteReaders
from shared.adapters.sqlite_schema import make_ready, open_writer
from shared.adapters.sqlite_writer import TIDY_S, SqliteWriter
from shared.domain.queries import SHAPES, Shape
from shared.ports.store import Document, Page, StoreError, T, Value, Write

PATIENCE: Final = 7.0
"""Seconds a call waits before it raises `Unavailable`; the port promises 8."""

_LEAST_ROOM: Final = 1024**3
_LEAST_SHARE: Final = 0.05

_GET: Final = "SELECT rev, body FROM documents WHERE collection = ? AND id = ?"
_COUNT: Final = "SELECT count(*) FROM (SELECT 1 FROM entries WHERE shape = ? AND key >= ? AND key < ? LIMIT ?)"
_PAGE: Final = (
    "SELECT e.key, e.id, d.rev, d.body FROM entries AS e CROSS JOIN documents AS d ON d.number = e.document"
    " WHERE e.shape = ? AND {range} ORDER BY {order} LIMIT ?"
)
_RISING: Final = _PAGE.format(range="(e.key, e.id) > (?, ?) AND e.key < ?", order="e.key, e.id")
_FALLING: Final = _PAGE.format(range="(e.key, e.id) < (?, ?) AND e.key >= ?", order="e.key DESC, e.id DESC")


class SqliteStore:
    """`Store` in the file `path`; raises `CannotOpen` when it is in use, stamped otherwise or not writable.

    `stamp` names the stage and tenant the data belongs to. Opening may take a while after a new query shape was
    declared: its index is made first. What is deleted can not be read in the files any more after `tidy_s` seconds.
    """

    def __init__(
        self,
        path: Path,
        *,
        shapes: Iterable[Shape] | None = None,
        stamp: str = "",
        patience: float = PATIENCE,
        tidy_s: float = TIDY_S,
    ) -> None:
        self._path = path
        self._lock = FileLock(path.with_name(f"{path.name}-lock"), str(path))
        self._shapes = QueryShapes(SHAPES.values() if shapes is None else shapes)
        try:
            connection, self._numbers = _opened(path, self._shapes, stamp, patience)
        except BaseException:
            self._lock.release()
            raise
        self._readers = SqliteReaders(path, patience)
        self._writer = SqliteWriter(connection, self._shapes, self._numbers, patience, tidy_s)

    def get(self, collection: str, id: str) -> Document | None:
        """The document, or None."""
        check_collection(collection)
        if not possible_id(id):
            return None
        rows = self._readers.rows(_GET, (collection, id))
        return Document(collection, id, rows[0][0], document_codec.decode(rows[0][1])) if rows else None

    def get_many(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        """Those of the documents that exist, by id."""
        check_collection(collection)
        check_between("The number of ids", max(len(ids), 1), MANY)
        asked = [id for id in ids if possible_id(id)]
        if not asked:
            return {}
        marks = ", ".join("?" * len(asked))
        sql = f"SELECT id, rev, body FROM documents WHERE collection = ? AND id IN ({marks})"  # noqa: S608 (marks only)
        rows = self._readers.rows(sql, (collection, *asked))
        return {id: Document(collection, id, rev, document_codec.decode(body)) for id, rev, body in rows}

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
        """One page of a declared query: one range of the shape's entries."""
        check_between("The limit", limit, PAGE)
        span = self._shapes.span(shape, equals, start, stop)
        after = None if cursor is None else cursors.read(cursor, shape, span.prefix)
        sql = _FALLING if shape.descending else _RISING
        first, last = span.scan(after, descending=shape.descending)
        rows = self._readers.rows(sql, (self._numbers[shape.name], first.key, first.id, last, limit + 1))
        found = rows[:limit]
        documents = [Document(shape.collection, id, rev, document_codec.decode(body)) for _, id, rev, body in found]
        if len(rows) == len(found):
            return Page(documents, None)
        return Page(documents, cursors.write(shape, span.prefix, Place(found[-1][0], found[-1][1])))

    def after(self, shape: Shape, equals: Mapping[str, Value], document: Document) -> str:
        """The cursor that continues after this document."""
        return cursors.after(self._shapes, shape, equals, document)

    def count(
        self, shape: Shape, equals: Mapping[str, Value], *, cap: int, start: Value = None, stop: Value = None
    ) -> int:
        """How many documents the query would find, at most `cap`."""
        check_between("The cap", cap, CAP)
        span = self._shapes.span(shape, equals, start, stop)
        rows = self._readers.rows(_COUNT, (self._numbers[shape.name], span.low, span.high, cap))
        count: int = rows[0][0]
        return count

    def commit(self, writes: Sequence[Write]) -> None:
        """All of the writes or none, on the disk on return."""
        self._writer.commit(prepare(writes, self._shapes))

    def together(self, *calls: Callable[[], T]) -> list[T]:
        """What the calls give, made one by one: the disk is near."""
        return [call() for call in calls]

    def close(self) -> None:
        """Finish accepted commits and let go of the files; a second call does nothing."""
        self._readers.close()
        self._writer.close()
        self._lock.release()

    def healthy(self) -> bool:
        """Whether the store answers and its disk has room."""
        try:
            self.get("health", "none")
            disk = shutil.disk_usage(self._path.parent)
        except (StoreError, OSError):
            return False
        return has_room(disk.total, disk.free)


def has_room(total: int, free: int) -> bool:
    """Whether a disk of `total` bytes with `free` left can take more documents: at least 1 GB and 5 %."""
    return free >= _LEAST_ROOM and free >= total * _LEAST_SHARE


def _opened(path: Path, shapes: QueryShapes, stamp: str, patience: float) -> tuple[sqlite3.Connection, dict[str, int]]:
    connection = open_writer(path, patience * 0.6)  # one wait for a tool's lock fits in a caller's patience
    try:
        return connection, make_ready(connection, shapes, stamp)
    except sqlite3.Error as error:
        connection.close()
        raise NotWritable(f"Cannot write in {path} ({type(error).__name__}).") from error
    except BaseException:
        connection.close()
        raise
