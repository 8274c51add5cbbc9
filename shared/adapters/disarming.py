"""Hands what strangers send to a process of its own, that can be lost, and takes back what it made of it."""

import os
import subprocess
import sys
from contextlib import suppress
from signal import SIGKILL, SIGXCPU
from threading import BoundedSemaphore, Thread, Timer
from typing import Final

from shared import log
from shared.adapters.disarming_worker import DONE, READY
from shared.domain.file_types import IMAGES, UNOPENED, FileType, type_by_content
from shared.domain.received_files import LARGEST_FILE, Refusal
from shared.ports.files import Disarmed
from shared.ports.store import Unavailable
from shared.settings import ROOT

SECONDS: Final = 15.0
"""For one file, from its process's start to its end; the process itself may work for 10 of them."""
_WAIT: Final = 5.0
_AT_ONCE: Final = 2
"""Processes side by side: each may take half a gigabyte."""
_LONGEST_ANSWER: Final = len(READY + DONE) + 1 + LARGEST_FILE
"""Bytes; a process that a file has taken over may talk without end."""
_WORKER: Final = (sys.executable, "-s", "-B", "-m", "shared.adapters.disarming_worker")


class Disarmer:
    """`Disarming` in processes that start for one file, see nothing else, and end.

    They get no environment, cannot write a file, open another or reach a network by any call that takes a new file
    number, and have bounds of memory and time (`disarming_worker`).
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
            return _answer(*self._run(kind, content))
        except OSError as error:
            log.alarm("disarming.not_started", error)
            raise Unavailable("No process could be started.") from error
        finally:
            self._room.release()

    def _run(self, kind: FileType, content: bytes) -> tuple[int, bytes]:
        """How the process ended, and what it said up to one byte more than it may."""
        process = subprocess.Popen(
            [*_WORKER, kind.value],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,  # what a library complains of may quote the file
            cwd=ROOT,
            env={"PYTHONPATH": os.pathsep.join(sys.path), "MALLOC_ARENA_MAX": "2"},
        )
        ending = Timer(self._seconds, process.kill)
        feeding = Thread(target=_feed, args=(process, content))
        ending.start()
        feeding.start()
        with process:
            said = process.stdout.read(_LONGEST_ANSWER + 1) if process.stdout else b""
            if len(said) > _LONGEST_ANSWER:
                process.kill()
            feeding.join()
            process.wait()
            ending.cancel()
        return process.returncode, said


def _feed(process: "subprocess.Popen[bytes]", content: bytes) -> None:
    if process.stdin:
        with suppress(BrokenPipeError), process.stdin as door:  # a process may end before it has heard everything
            door.write(content)


def _answer(code: int, said: bytes) -> bytes | Refusal:
    if not said.startswith(READY):
        log.alarm("disarming.not_started", code=code)
        raise Unavailable("The process that disarms files does not start.")
    if len(said) > _LONGEST_ANSWER:
        return Refusal.TOO_LARGE
    outcome, _, made = said.removeprefix(READY).partition(b"\n")
    if code != 0:
        log.warn("disarming.ended", code=code)
        return Refusal.TOO_HEAVY if code in {-SIGXCPU, -SIGKILL} else Refusal.DAMAGED
    if outcome == DONE:
        return made
    return next((reason for reason in Refusal if reason.encode() == outcome), Refusal.DAMAGED)
