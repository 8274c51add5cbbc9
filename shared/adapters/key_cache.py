"""Opened keys, kept for some minutes so that a page does not unwrap them again."""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import Final, Generic, TypeVar

MOST: Final = 10_000
SECONDS: Final = 600.0

_K = TypeVar("_K")


class KeyCache(Generic[_K]):
    """At most `most` keys by id, each for at most `seconds`; the longest unused goes first.

    An id that was forgotten is not taken in again: a reader that was under way when a key was erased may come late.
    """

    def __init__(self, most: int = MOST, seconds: float = SECONDS, now: Callable[[], float] = monotonic) -> None:
        self._most = most
        self._seconds = seconds
        self._now = now
        self._lock = Lock()
        self._kept: OrderedDict[str, tuple[float, _K]] = OrderedDict()
        self._forgotten: OrderedDict[str, None] = OrderedDict()

    def get(self, id: str) -> _K | None:
        """The key, or None when it is not kept or too old."""
        with self._lock:
            found = self._kept.get(id)
            if found is None:
                return None
            if found[0] <= self._now():
                del self._kept[id]
                return None
            self._kept.move_to_end(id)
            return found[1]

    def put(self, id: str, key: _K) -> None:
        """Keep the key from now on."""
        with self._lock:
            if id in self._forgotten:
                return
            self._kept[id] = (self._now() + self._seconds, key)
            self._kept.move_to_end(id)
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)

    def forget(self, id: str) -> None:
        """Keep the key no longer, nor again."""
        with self._lock:
            self._kept.pop(id, None)
            self._forgotten[id] = None
            while len(self._forgotten) > self._most:
                self._forgotten.popitem(last=False)
