"""Care around a way out: no call lasts longer than it may, and a line that has just failed is left alone for a while.

A hundred reminders at eight in the morning must not each wait for a mail server that is down, because the alarms
behind them wait too.
"""

from collections.abc import Callable
from concurrent.futures import Future
from threading import BoundedSemaphore, Lock, Thread
from time import monotonic
from typing import Final

from shared.ports.notices import NotSent, NotTaken, Outgoing, Refused, Sender, Unclear

LONGEST: Final = 25.0
"""Seconds: the port promises thirty."""
REST: Final = 60.0
"""Seconds without a try after `_PATIENCE` failures in a row."""
_PATIENCE: Final = 3
_LINES: Final = 8
"""So many calls at once: a server that hangs holds no more threads than these."""


class WarySender:
    """`Sender` around another one."""

    def __init__(self, sender: Sender, *, longest: float = LONGEST, elapsed: Callable[[], float] = monotonic) -> None:
        self._sender = sender
        self._longest = longest
        self._elapsed = elapsed
        self._lines = BoundedSemaphore(_LINES)
        self._lock = Lock()
        self._failed = 0
        self._rests_until = 0.0

    @property
    def connected(self) -> bool:
        """As the sender says."""
        return self._sender.connected

    def send(self, out: Outgoing) -> None:
        """As the port promises, whatever the other side does; an urgent message is tried also on a resting line."""
        if not out.urgent and self._elapsed() < self._rests_until:
            raise NotTaken("resting")
        try:
            self._call(out)
        except Refused:
            self._note(failed=False)
            raise
        except NotSent:
            self._note(failed=True)
            raise
        self._note(failed=False)

    def _call(self, out: Outgoing) -> None:
        if not self._lines.acquire(blocking=False):
            raise NotTaken("busy")
        done: Future[None] = Future()
        Thread(target=self._run, args=(out, done), daemon=True).start()
        try:
            done.result(self._longest)
        except TimeoutError as error:
            raise Unclear("too_slow") from error

    def _run(self, out: Outgoing, done: "Future[None]") -> None:
        try:
            self._sender.send(out)
            done.set_result(None)
        except Exception as error:  # noqa: BLE001 - it is raised where the answer is awaited
            done.set_exception(error)
        finally:
            self._lines.release()

    def _note(self, *, failed: bool) -> None:
        with self._lock:
            self._failed = self._failed + 1 if failed else 0
            if self._failed >= _PATIENCE:
                self._rests_until = self._elapsed() + REST
            elif not failed:
                self._rests_until = 0.0
