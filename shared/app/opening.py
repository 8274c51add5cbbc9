"""Opening the house of a process: once, and when it cannot be opened, not anew for everybody who waits."""

import sys
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Final, Generic, TypeVar

from shared.adapters.cannot_open import CannotOpen
from shared.ports.store import Unavailable
from shared.settings import BadSettings

AGAIN_AFTER_S: Final = 5.0
"""A try may take as long as the keys' store and the key service together; a whole queue must not wait for one each."""

_House = TypeVar("_House")


class Opening(Generic[_House]):
    """What `open` gives, asked of it at the first call and kept."""

    def __init__(self, open: Callable[[], _House], elapsed: Callable[[], float] = monotonic) -> None:
        self._open = open
        self._elapsed = elapsed
        self._lock = Lock()
        self._found: _House | None = None
        self._refusal: tuple[float, Exception] | None = None

    def house(self) -> _House:
        """The house; `BadSettings`, `CannotOpen` or `Unavailable` when something stands in the way.

        That is said to whoever started the process, and for five seconds to all who ask; then it is tried again.
        """
        with self._lock:
            if self._found is None:
                self._found = self._tried()
            return self._found

    def _tried(self) -> _House:
        if self._refusal is not None and self._elapsed() < self._refusal[0]:
            raise self._refusal[1].with_traceback(None)
        try:
            return self._open()
        except (BadSettings, CannotOpen, Unavailable) as error:
            sys.stderr.write(f"{error}\n")
            self._refusal = (self._elapsed() + AGAIN_AFTER_S, error)
            raise
