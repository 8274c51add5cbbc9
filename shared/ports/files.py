"""The promises the product asks of what keeps, opens and scans files; errors are those of the store."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from shared.domain.file_types import FileType
from shared.domain.ids import FileId, KeyId
from shared.domain.received_files import Refusal, Verdict

MOST_KEPT: Final = 100
"""So many ids are told at once; fewer are the last ones."""


class Files(Protocol):
    """Files too large for a document, sealed in chunks, each under a data key of its own; ids are 32 hex digits.

    Errors are those of `Store`: `Refused` for an id that is none.
    """

    def write(self, id: FileId, key: KeyId, content: Iterable[bytes]) -> int:
        """Seal and keep the content, in pieces of any size; how many bytes it is.

        Whole and durable on return. A second file with the same id raises `AlreadyExists`; `Unavailable` when it
        can not be kept (the disk is full). After any error nothing of it is there, also when `content` raised.
        """
        ...

    def read(self, id: FileId, key: KeyId) -> Iterator[bytes]:
        """The content in pieces of at most 1 MiB, each checked before it is given.

        `NotFound`, `KeyGone` and `Tampered` are raised at once or between pieces: what was given is genuine,
        but the file is whole only when the iteration ends without an error.
        """
        ...

    def delete(self, id: FileId) -> None:
        """Let go of the file; the key is erased first, by the caller. A second call does nothing."""
        ...

    def kept(self, after: str = "") -> Sequence[FileId]:
        """The ids of the files that are kept, in their order, at most 100 (`MOST_KEPT`), those after `after`.

        Whoever writes a file is known to `shared/records/orphaned_files.py`, which lets go of what nobody owns.
        """
        ...


@dataclass(frozen=True, slots=True)
class Disarmed:
    """A file that can do no harm when it is opened, and the type it now has."""

    kind: FileType
    content: bytes


class Disarming(Protocol):
    """Making what strangers send harmless, apart from the process that answers people."""

    def disarm(self, kind: FileType, content: bytes) -> Disarmed | Refusal:
        """The file made anew, within 20 seconds, or why it is not received.

        Images become JPEG in sRGB, turned upright, without where and with what they were taken. PDF files lose
        scripts, actions, embedded files and who wrote them. Packed files are given back as they are.
        `Unavailable` when there is no room to do it now.
        """
        ...


class Scanner(Protocol):
    """A second opinion on files, from a program that knows malware."""

    def scan(self, content: bytes) -> Verdict:
        """What it says, within 30 seconds; `UNKNOWN` when it says nothing, and never `CLEAN` then."""
        ...
