"""What a received file is: pending until it is known to be clean, and never more than refused when it is not."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from shared.domain.broken_rules import NotAllowed
from shared.domain.file_types import FileType
from shared.domain.ids import FileId, KeyId

LARGEST_FILE: Final = 20 * 1024 * 1024
"""Bytes, as sent and as kept."""
MOST_PER_QUESTION: Final = 10
MOST_PER_MATTER: Final = 100
"""Files of one matter before it is sent, refused ones too: as many as are looked at, and as go into one batch."""
LARGEST_MATTER: Final = 100 * 1024 * 1024
"""Bytes of all files of one matter, as kept."""


class FileState(StrEnum):
    PENDING = "pending"
    """Not looked at by the scanner yet: nobody is shown what it holds."""
    CLEAN = "clean"
    REFUSED = "refused"


class Refusal(StrEnum):
    """Why a file is not received; the code stands for words in the web room."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    MATTER_FULL = "matter_full"
    TOO_MANY_TOGETHER = "too_many_together"
    UNKNOWN_TYPE = "unknown_type"
    DAMAGED = "damaged"
    LOCKED = "locked"
    """A PDF that opens with a password only."""
    TOO_MANY_PIXELS = "too_many_pixels"
    TOO_HEAVY = "too_heavy"
    """It took more memory or time than any honest file does."""
    INFECTED = "infected"


class Verdict(StrEnum):
    """What the scanner says; UNKNOWN when it did not answer."""

    CLEAN = "clean"
    INFECTED = "infected"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """One file as it is kept: `name` is safe, `size` in bytes, `key` the data key it alone is sealed with."""

    id: FileId
    name: str
    kind: FileType
    size: int
    key: KeyId
    state: FileState = FileState.PENDING
    refusal: Refusal | None = None


def too_much(size: int, question: Sequence[ReceivedFile], matter: Sequence[ReceivedFile]) -> Refusal | None:
    """Why so many bytes more can not be added to a question of a matter, or None when they can.

    `matter` holds the files of all questions, those of `question` among them. Refused files take no room but a
    place of the hundred.
    """
    if size == 0:
        return Refusal.EMPTY
    if size > LARGEST_FILE:
        return Refusal.TOO_LARGE
    if len(_kept(question)) >= MOST_PER_QUESTION:
        return Refusal.TOO_MANY
    if len(matter) >= MOST_PER_MATTER:
        return Refusal.TOO_MANY_TOGETHER
    if sum(file.size for file in _kept(matter)) + size > LARGEST_MATTER:
        return Refusal.MATTER_FULL
    return None


def judged(file: ReceivedFile, verdict: Verdict) -> ReceivedFile:
    """The file after the scanner has answered; without an answer it stays pending. A judged file is not judged anew."""
    if file.state is not FileState.PENDING or verdict is Verdict.UNKNOWN:
        return file
    if verdict is Verdict.CLEAN:
        return replace(file, state=FileState.CLEAN)
    return replace(file, state=FileState.REFUSED, refusal=Refusal.INFECTED)


def check_readable(file: ReceivedFile) -> None:
    """Raise `NotAllowed` unless the file is known to be clean."""
    if file.state is not FileState.CLEAN:
        raise NotAllowed(f"file is {file.state}")


def _kept(files: Sequence[ReceivedFile]) -> list[ReceivedFile]:
    return [file for file in files if file.state is not FileState.REFUSED]
