"""One writing process per folder or file: a lock that the operating system lets go of when the process ends."""

import os
import sys
from pathlib import Path

from shared.adapters.cannot_open import AlreadyOpen, NotWritable


class FileLock:
    """Holds `path` locked from creation until `release`; `AlreadyOpen` when it is held, be it by this process."""

    def __init__(self, path: Path, what: str) -> None:
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise NotWritable(f"Cannot write in {path.parent}: {error.strerror}.") from error
        try:
            _lock(self._file)
        except OSError as error:
            os.close(self._file)
            raise AlreadyOpen(f"{what} is already in use by another process; stop that one first.") from error

    def release(self) -> None:
        """Let others in; a second call does nothing."""
        if self._file >= 0:
            os.close(self._file)  # closing lets go of the lock on every system
            self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
