"""The process that opens what strangers send: one file from standard input, one answer to standard output, the end.

Whatever a file does to the libraries that read it happens here, where nothing is known and little can be had.
The answer is `READY`, then either `DONE`, a line break and the file made anew, or the code of a `Refusal`.
"""

import sys
from collections.abc import Callable
from typing import Final, TypeAlias

from shared.adapters.confinement import give_up
from shared.domain.file_types import FileType
from shared.domain.received_files import Refusal

READY: Final = b"ready\n"
DONE: Final = b"done"

Worker: TypeAlias = Callable[[bytes], bytes | Refusal]


def main(kind: FileType) -> None:
    """Read one file of this type, and answer."""
    content = sys.stdin.buffer.read()
    worker = _worker(kind)
    give_up()
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


if __name__ == "__main__":
    main(FileType(sys.argv[1]))
