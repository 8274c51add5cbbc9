"""The present: the machine's, or at stage demo a clock that a person may put forward to watch a deadline arrive."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import Final

from shared.adapters.durable_files import write_durably

_MICROSECOND: Final = timedelta(microseconds=1)


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The present as an aware UTC datetime."""
        return datetime.now(UTC)


class AdjustableClock:
    """The machine's clock plus an offset that lies in `path` and survives restarts; it only goes forward."""

    def __init__(self, path: Path, source: SystemClock | None = None) -> None:
        self._path = path
        self._source = source or SystemClock()
        self._lock = Lock()
        self._offset = timedelta(microseconds=int(path.read_text("ascii"))) if path.exists() else timedelta(0)

    def now(self) -> datetime:
        """The present as an aware UTC datetime, as far ahead as it has been put."""
        return self._source.now() + self._offset

    def advance(self, by: timedelta) -> datetime:
        """Put the clock forward, durably; the new present. ValueError when `by` is negative."""
        if by < timedelta(0):
            raise ValueError("A clock does not go backwards.")
        with self._lock:
            offset = self._offset + by
            write_durably(self._path, str(offset // _MICROSECOND).encode())
            self._offset = offset
        return self.now()
