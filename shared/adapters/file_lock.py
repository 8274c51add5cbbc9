"""One writing process per folder or file, or several who say so: a lock that ends when the process ends."""

import os
import sys
from pathlib import Path

from shared.adapters.cannot_open import AlreadyOpen, NotWritable


class FileLock:
    """Holds `path` locked from creation until `release`; `AlreadyOpen` when it is held, be it by this process.

    Those who hold it `shared` hold it together, and keep out whoever wants it alone (on Windows all are alone).
    """

    def __init__(self, path: Path, what: str, *, shared: bool = False) -> None:
        try:
            self._file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise NotWritable(f"Cannot write in {path.parent}: {error.strerror}.") from error
        try:
            _lock(self._file, shared=shared)
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

    def _lock(file: int, *, shared: bool) -> None:
        del shared
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int, *, shared: bool) -> None:
        fcntl.flock(file, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
