"""The one writer of an SQLite file: commits that arrive while the disk is busy share its next flush.

Every caller waits in its own thread until the COMMIT that made its writes durable has returned. Within a shared
transaction each commit has a savepoint, so one that fails takes no other with it. After the disk has not answered,
commits are refused at once for a moment: a page that writes twice must not wait twice.
"""

import sqlite3
from collections.abc import Sequence
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from time import monotonic
from typing import Final

from shared import log
from shared.adapters.prepared_writes import Prepared
from shared.adapters.query_shapes import QueryShapes
from shared.adapters.sqlite_rows import SqliteRows
from shared.ports.store import StoreError, Unavailable

_GROUP: Final = 200
_MOMENT: Final = 0.3
"""How long commits are refused after a wait in vain, as a part of the patience."""
TIDY_S: Final = 3600.0
"""At least so often what was deleted leaves the write-ahead log too: until then it could be read there."""
_PRIMARY: Final = 0xFF
"""The part of SQLite's result code that names the kind of error (sqlite.org/rescode.html)."""


class _Commit:
    """One caller's writes on their way; `error` tells how it went once it is done."""

    __slots__ = ("_under_way", "error", "expires", "writes")

    def __init__(self, writes: Sequence[Prepared], expires: float) -> None:
        self.writes = writes
        self.expires = expires
        self.error: Exception | None = None
        self._under_way = Lock()  # a bare lock costs a fraction of an Event, and only one waits
        self._under_way.acquire()

    def finish(self) -> None:
        """Let its caller go on."""
        self._under_way.release()

    def finished(self, patience: float) -> bool:
        """Wait for it at most `patience` seconds; whether it is done. To be asked once."""
        return self._under_way.acquire(timeout=patience)


class SqliteWriter:
    """Owns the writing connection and the thread that uses it; `numbers` are the shapes' numbers in `entries`."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        shapes: QueryShapes,
        numbers: dict[str, int],
        patience: float,
        tidy_s: float = TIDY_S,
    ) -> None:
        self._connection = connection
        self._rows = SqliteRows(connection, shapes, numbers)
        self._patience = patience
        self._tidy_s = tidy_s
        self._untidy = True  # a log may be left from before
        self._tidy_at = monotonic() + tidy_s
        self._queue: SimpleQueue[_Commit | None] = SimpleQueue()
        self._lock = Lock()
        self._closed = False
        self._refused_until = 0.0
        self._thread = Thread(target=self._work, name="store-writer", daemon=True)
        self._thread.start()

    def commit(self, writes: Sequence[Prepared]) -> None:
        """All of the writes or none, durable on return; `Unavailable` after `patience` seconds.

        Just after another commit has waited in vain it is `Unavailable` at once.
        """
        if monotonic() < self._refused_until:
            raise Unavailable("The disk has just not answered.")
        commit = _Commit(writes, monotonic() + self._patience)
        with self._lock:
            if self._closed:
                raise Unavailable("The store is closed.")
            self._queue.put(commit)
        if not commit.finished(self._patience):
            self._refuse_for_a_moment()
            raise Unavailable("The disk did not answer in time.")
        if commit.error is not None:
            raise commit.error

    def close(self) -> None:
        """Finish what was accepted, then let go of the file; a second call does nothing."""
        with self._lock:
            if not self._closed:
                self._closed = True
                self._queue.put(None)
        self._thread.join(self._patience)

    def _work(self) -> None:
        while (first := self._next()) is not None:
            self._untidy = True
            group = self._group(first)
            try:
                self._write(group)
            except Exception as error:  # noqa: BLE001 (the writer must outlive anything, or no commit is ever answered)
                if _is_held(error):
                    self._refuse_for_a_moment()
                    group += self._following(_GROUP)
                log.alarm("store.write_failed", error, count=len(group))
                self._roll_back()
                _fail(group, Unavailable("The store could not write."))
            for commit in group:
                commit.finish()
        self._connection.close()

    def _next(self) -> _Commit | None:
        """What has been queued, None at the end; the log is emptied meanwhile when it is time."""
        while True:
            if self._untidy and monotonic() >= self._tidy_at:
                self._tidy()
            try:
                return self._queue.get(timeout=max(self._tidy_at - monotonic(), 0.0) if self._untidy else None)
            except Empty:
                continue

    def _tidy(self) -> None:
        """Move everything from the write-ahead log into the file, where deleted rows are overwritten, and empty it."""
        self._tidy_at = monotonic() + self._tidy_s
        try:
            (held, _, _) = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error as error:
            log.warn("store.not_tidied", error=type(error).__name__)
        else:
            self._untidy = bool(held)

    def _group(self, first: _Commit) -> list[_Commit]:
        return [first, *self._following(_GROUP - 1)]

    def _following(self, most: int) -> list[_Commit]:
        """What has been queued meanwhile, at most so many."""
        found: list[_Commit] = []
        while len(found) < most and not self._queue.empty():  # nobody else takes from it
            following = self._queue.get()
            if following is None:
                self._queue.put(None)
                break
            found.append(following)
        return found

    def _refuse_for_a_moment(self) -> None:
        self._refused_until = monotonic() + self._patience * _MOMENT

    def _write(self, group: list[_Commit]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        waiting = [commit for commit in group if commit.expires > monotonic()]  # nobody waits for the others any more
        _fail([commit for commit in group if commit not in waiting], Unavailable("Given up."))
        try:
            for commit in waiting:
                commit.error = self._attempt(commit, alone=len(waiting) == 1)
        except sqlite3.Error:
            if len(waiting) == 1:
                raise
            self._one_by_one(waiting)  # SQLite has rolled all of them back because of one (a full disk)
            return
        if self._connection.in_transaction:
            self._connection.execute("COMMIT")

    def _one_by_one(self, group: list[_Commit]) -> None:
        self._roll_back()
        for commit in group:
            try:
                self._write([commit])
            except sqlite3.Error as error:
                log.alarm("store.write_failed", error, count=1)
                self._roll_back()
                _fail([commit], Unavailable("The store could not write."))

    def _roll_back(self) -> None:
        self._rows.forget()
        if self._connection.in_transaction:
            self._connection.execute("ROLLBACK")

    def _attempt(self, commit: _Commit, *, alone: bool) -> StoreError | None:
        """Apply the commit; what was refused is undone, alone with its whole transaction."""
        if alone:
            return self._refusal(commit, "ROLLBACK")
        self._connection.execute("SAVEPOINT one")
        refusal = self._refusal(commit, "ROLLBACK TO one")
        self._connection.execute("RELEASE one")
        return refusal

    def _refusal(self, commit: _Commit, undo: str) -> StoreError | None:
        try:
            self._rows.apply(commit.writes)
        except StoreError as error:
            self._connection.execute(undo)
            self._rows.forget()
            return error
        return None


def _is_held(error: Exception) -> bool:
    """Whether somebody else holds the file."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}


def _fail(group: Sequence[_Commit], error: StoreError) -> None:
    for commit in group:
        commit.error = error
