"""A received file and what it belongs to: a draft until that is sent, a case ever after."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shared.domain.cases import Case
from shared.domain.ids import FileId, KeyId
from shared.domain.received_files import FileState, ReceivedFile


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file of a draft or a case.

    `holder` is the id of the draft or the case, and `key` the holder's key: it seals what is known about the file,
    while the file itself has a key of its own. `question` is the field it answers. `digest` is the SHA-256 of what
    was sent, by which the same file is known again. `look_at` is when it was last put in the queue of the scanner.
    """

    file: ReceivedFile
    rev: int
    holder: str
    key: KeyId
    question: str
    digest: str
    at: datetime
    look_at: datetime

    @property
    def id(self) -> FileId:
        """The file's id, which is the attachment's too."""
        return self.file.id


def handed_over(attached: Sequence[Attachment], case: Case) -> tuple[tuple[Attachment, ...], int]:
    """The files of a draft that was sent as those of its case, and how many of them had been stopped."""
    files = tuple(replace(one, holder=case.id, key=case.key) for one in attached)
    return files, sum(one.file.state is FileState.REFUSED for one in files)
