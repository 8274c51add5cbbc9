"""A process that opens what strangers send: it starts for one file, sees nothing else, can have little, and ends."""

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from signal import SIGKILL, SIGXCPU
from threading import Thread, Timer
from typing import Final

from shared.settings import ROOT

MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space: more than honest work ever holds in memory."""
CPU_SECONDS: Final = 10
TOO_HEAVY: Final = frozenset({-SIGXCPU, -SIGKILL})
"""How a process ends that wanted more than it may have."""
_OPEN_FILES: Final = 3
"""Standard input, output and error: no further file, pipe or socket gets a number."""


def worker(module: str) -> tuple[str, ...]:
    """The command that runs this module of ours in such a process."""
    return (sys.executable, "-s", "-B", "-m", module)


def run(command: Sequence[str], content: bytes, *, seconds: float, longest: int) -> tuple[int, bytes]:
    """How the process ended within that time, and what it said, up to one byte more than `longest`.

    It gets the content as standard input and no environment. Raises `OSError` when it can not be started.
    """
    process = subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # what a library complains of may quote the file
        cwd=ROOT,
        env={"PYTHONPATH": os.pathsep.join(sys.path), "MALLOC_ARENA_MAX": "2"},
    )
    ending = Timer(seconds, process.kill)
    feeding = Thread(target=_feed, args=(process, content))
    ending.start()
    feeding.start()
    with process:
        said = process.stdout.read(longest + 1) if process.stdout else b""
        if len(said) > longest:
            process.kill()
        feeding.join()
        process.wait()
        ending.cancel()
    return process.returncode, said


def give_up() -> None:
    """Within such a process: give up, for good, what honest work does not need."""
    _bound(resource.RLIMIT_CPU, CPU_SECONDS)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_NOFILE, _OPEN_FILES)
    if sys.platform == "linux":  # elsewhere the system does not bound it
        _bound(resource.RLIMIT_AS, MEMORY)


def _feed(process: "subprocess.Popen[bytes]", content: bytes) -> None:
    if process.stdin:
        with suppress(BrokenPipeError), process.stdin as door:  # a process may end before it has heard everything
            door.write(content)


def _bound(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))
