"""Files that people send: taken in when they are harmless and there is room, given out when they are known to be clean.

Who may send and read a file is decided where what it belongs to is kept; here it is seen to that nobody gets one that
is not clean.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Final

from shared import log
from shared.domain.file_names import safe_name
from shared.domain.file_types import type_by_content
from shared.domain.ids import FileId, KeyId
from shared.domain.received_files import (
    FileState,
    ReceivedFile,
    Refusal,
    Verdict,
    check_readable,
    judged,
    too_much,
)
from shared.domain.retention import Retention
from shared.ports.files import Disarmed, Disarming, Files, Scanner
from shared.ports.keys import KeyRing

FILE: Final = "file:"
"""What the owner of a file's key begins with; the file's id follows."""


class ReceivedFiles:
    """Takes in files and gives them out; the caller keeps the `ReceivedFile` where the file belongs."""

    def __init__(
        self, files: Files, ring: KeyRing, disarming: Disarming, scanner: Scanner, fresh: Callable[[], str]
    ) -> None:
        self._files = files
        self._ring = ring
        self._disarming = disarming
        self._scanner = scanner
        self._fresh = fresh

    def take_in(
        self, name: str, content: bytes, question: Sequence[ReceivedFile], matter: Sequence[ReceivedFile]
    ) -> ReceivedFile | Refusal:
        """Keep what was made of the content, clean or pending; or say why not, and keep nothing.

        `question` and `matter` hold the files that were sent before. The file's key is of the class of drafts until
        it is prolonged with what the file belongs to. `Unavailable` when it can not be done now.
        """
        refused = too_much(len(content), question, matter)
        if refused:
            return refused
        sent = type_by_content(content, name)
        if sent is None:
            return Refusal.UNKNOWN_TYPE
        made = self._disarming.disarm(sent, content)
        if isinstance(made, Refusal):
            return made
        return too_much(len(made.content), question, matter) or self._scanned(safe_name(name, sent, made.kind), made)

    def scan_again(self, file: ReceivedFile) -> ReceivedFile:
        """A pending file after the scanner was asked once more; the caller writes that down, then drops a refused one.

        `Tampered`, `KeyGone`, `NotFound` or `Unavailable` when its content can not be had.
        """
        if file.state is not FileState.PENDING:
            return file
        seen = judged(file, self._scanner.scan(b"".join(self._files.read(file.id, file.key))))
        if seen.state is FileState.REFUSED:
            log.warn("file.infected")
        return seen

    def content(self, file: ReceivedFile) -> Iterator[bytes]:
        """What the file holds, in pieces of at most 1 MiB; `NotAllowed` at once unless it is clean.

        `Tampered`, `KeyGone`, `NotFound` or `Unavailable` may come instead of any piece.
        """
        check_readable(file)
        return self._files.read(file.id, file.key)

    def drop(self, id: FileId, key: KeyId) -> None:
        """Let go of the file, its key first. A second call does nothing."""
        self._ring.erase(key)
        self._files.delete(id)

    def _scanned(self, name: str, made: Disarmed) -> ReceivedFile | Refusal:
        verdict = self._scanner.scan(made.content)
        if verdict is Verdict.INFECTED:
            log.warn("file.infected")
            return Refusal.INFECTED
        id = FileId(self._fresh())
        key = self._ring.create(f"{FILE}{id}", Retention.DRAFTS)
        try:
            self._files.write(id, key, [made.content])
        except Exception:
            self._ring.erase(key)
            raise
        return judged(ReceivedFile(id, name, made.kind, len(made.content), key), verdict)
