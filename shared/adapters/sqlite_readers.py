"""Reading connections to an SQLite file, each used by one thread at a time and kept for the next."""

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import Any, Final

from shared.adapters.sqlite_schema import open_reader
from shared.ports.store import Unavailable

_KEPT: Final = 8


class SqliteReaders:
    """Opens connections when all are taken; SQLite lets any number read while the writer writes."""

    def __init__(self, path: Path, patience: float) -> None:
        self._path = path
        self._patience = patience
        self._idle: list[sqlite3.Connection] = []
        self._lock = Lock()
        self._closed = False

    def rows(self, sql: str, values: Sequence[object]) -> list[Any]:
        """All rows of one statement, as of one instant; `Unavailable` when the file can not be read in time."""
        try:
            connection = self._take()
            try:
                return connection.execute(sql, values).fetchall()
            finally:
                self._give_back(connection)
        except sqlite3.Error as error:
            raise Unavailable("The store could not be read.") from error

    def close(self) -> None:
        """Close what nobody uses now; what is in use closes when it is given back."""
        with self._lock:
            self._closed = True
            for connection in self._idle:
                connection.close()
            self._idle.clear()

    def _take(self) -> sqlite3.Connection:
        with self._lock:
            if self._closed:
                raise Unavailable("The store is closed.")
            if self._idle:
                return self._idle.pop()
        return open_reader(self._path, self._patience)

    def _give_back(self, connection: sqlite3.Connection) -> None:
        with self._lock:
            if self._closed or len(self._idle) >= _KEPT:
                connection.close()
            else:
                self._idle.append(connection)
