"""Hands what strangers send to a process of its own, that can be lost, and takes back what it made of it."""

from threading import BoundedSemaphore
from typing import Final

from shared import log
from shared.adapters.confinement import TOO_HEAVY, run, worker
from shared.adapters.disarming_worker import DONE, READY
from shared.domain.file_types import IMAGES, UNOPENED, FileType, type_by_content
from shared.domain.received_files import LARGEST_FILE, Refusal
from shared.ports.files import Disarmed
from shared.ports.store import Unavailable

SECONDS: Final = 15.0
"""For one file, from its process's start to its end; the process itself may work for 10 of them."""
_WAIT: Final = 5.0
_AT_ONCE: Final = 2
"""Processes side by side: each may take half a gigabyte."""
_LONGEST_ANSWER: Final = len(READY + DONE) + 1 + LARGEST_FILE
"""Bytes; a process that a file has taken over may talk without end."""
_WORKER: Final = worker("shared.adapters.disarming_worker")


class Disarmer:
    """`Disarming` in processes that start for one file, see nothing else, and end.

    They get no environment, cannot write a file, open another or reach a network by any call that takes a new file
    number, and have bounds of memory and time (`confinement`).
    """

    def __init__(self, *, seconds: float = SECONDS, wait: float = _WAIT) -> None:
        self._seconds = seconds
        self._wait = wait
        self._room = BoundedSemaphore(_AT_ONCE)

    def disarm(self, kind: FileType, content: bytes) -> Disarmed | Refusal:
        """The file made anew, or why it is not received; packed files are given back as they are."""
        if not content:
            return Refusal.EMPTY
        if len(content) > LARGEST_FILE:
            return Refusal.TOO_LARGE
        if kind in UNOPENED:
            return Disarmed(kind, content)
        kept = FileType.JPEG if kind in IMAGES else kind
        made = self._made(kind, content)
        if isinstance(made, Refusal):
            return made
        return Disarmed(kept, made) if type_by_content(made, "") is kept else Refusal.DAMAGED

    def _made(self, kind: FileType, content: bytes) -> bytes | Refusal:
        if not self._room.acquire(timeout=self._wait):
            raise Unavailable("Other files are being disarmed.")
        try:
            said = run([*_WORKER, kind.value], content, seconds=self._seconds, longest=_LONGEST_ANSWER)
            return _answer(*said)
        except OSError as error:
            log.alarm("disarming.not_started", error)
            raise Unavailable("No process could be started.") from error
        finally:
            self._room.release()


def _answer(code: int, said: bytes) -> bytes | Refusal:
    if not said.startswith(READY):
        log.alarm("disarming.not_started", code=code)
        raise Unavailable("The process that disarms files does not start.")
    if len(said) > _LONGEST_ANSWER:
        return Refusal.TOO_LARGE
    outcome, _, made = said.removeprefix(READY).partition(b"\n")
    if code != 0:
        log.warn("disarming.ended", code=code)
        return Refusal.TOO_HEAVY if code in TOO_HEAVY else Refusal.DAMAGED
    if outcome == DONE:
        return made
    return next((reason for reason in Refusal if reason.encode() == outcome), Refusal.DAMAGED)
