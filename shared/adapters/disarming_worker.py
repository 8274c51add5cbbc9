"""The process that opens what strangers send: one file from standard input, one answer to standard output, the end.

Whatever a file does to the libraries that read it happens here, where nothing is known and little can be had.
The answer is `READY`, then either `DONE`, a line break and the file made anew, or the code of a `Refusal`.
"""

import resource
import sys
from collections.abc import Callable
from typing import Final, TypeAlias

from shared.domain.file_types import FileType
from shared.domain.received_files import Refusal

READY: Final = b"ready\n"
DONE: Final = b"done"

MEMORY: Final = 512 * 1024 * 1024
"""Bytes of address space: more than the worker ever holds in memory."""
CPU_SECONDS: Final = 10
_OPEN_FILES: Final = 3
"""Standard input, output and error: no further file, pipe or socket gets a number."""

Worker: TypeAlias = Callable[[bytes], bytes | Refusal]


def main(kind: FileType) -> None:
    """Read one file of this type, and answer."""
    content = sys.stdin.buffer.read()
    worker = _worker(kind)
    _give_up()
    answer(b"")
    try:
        made = worker(content)
    except MemoryError:
        made = Refusal.TOO_HEAVY
    answer(made.encode() if isinstance(made, Refusal) else DONE + b"\n" + made)


def answer(words: bytes) -> None:
    """Say the words, after `READY` when nothing was said before."""
    sys.stdout.buffer.write(words or READY)
    sys.stdout.buffer.flush()


def _worker(kind: FileType) -> Worker:
    """The code for the type, with everything it will ever import."""
    if kind is FileType.PDF:
        from shared.adapters.disarmed_pdfs import disarmer
    else:
        from shared.adapters.disarmed_images import disarmer
    return disarmer()


def _give_up() -> None:
    """Give up, for good, what honest work does not need."""
    _bound(resource.RLIMIT_CPU, CPU_SECONDS)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_NOFILE, _OPEN_FILES)
    if sys.platform == "linux":  # elsewhere the system does not bound it
        _bound(resource.RLIMIT_AS, MEMORY)


def _bound(what: int, most: int) -> None:
    resource.setrlimit(what, (most, most))


if __name__ == "__main__":
    main(FileType(sys.argv[1]))
