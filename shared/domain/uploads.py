"""A file on its way in parts: what was announced, which parts have come, and what can be wrong with one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Final

from shared.domain.ids import DraftId, FileId, KeyId, UploadId
from shared.domain.received_files import LARGEST_FILE

PART: Final = 1024 * 1024
"""Bytes of every part but the last."""
MOST_PARTS: Final = -(-LARGEST_FILE // PART)
LIFE: Final = timedelta(hours=24)
"""How long an upload that is not finished is kept."""
MOST: Final = 20
"""Unfinished uploads of one draft; the one that goes first gives way to the twenty-first."""


class PartProblem(StrEnum):
    """Why a part is not kept, or an upload not finished."""

    UNKNOWN = "unknown"
    """There is no such upload: announce the file (again)."""
    NUMBER = "number"
    SIZE = "size"
    CHECKSUM = "checksum"
    """What came is not what was announced."""
    MISSING = "missing"
    """Parts are lacking: ask which have come."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What the sender says of a file before it comes: its name as written, bytes, and SHA-256 in hex."""

    name: str
    size: int
    digest: str


@dataclass(frozen=True, slots=True)
class Upload:
    """One file on its way to a question of a draft; `had` are the parts that have come, with their SHA-256."""

    id: UploadId
    rev: int
    draft: DraftId
    key: KeyId
    question: str
    file: Announced
    expires_at: datetime
    had: Mapping[int, str] = field(default_factory=dict)

    @property
    def parts(self) -> int:
        """How many parts it comes in."""
        return parts_of(self.file.size)

    @property
    def whole(self) -> bool:
        """Whether every part has come."""
        return len(self.had) == self.parts

    def wrong(self, number: int, content: bytes, digest: str) -> PartProblem | None:
        """What is wrong with a part, or None; `digest` is what its sender says of it."""
        if not 0 <= number < self.parts:
            return PartProblem.NUMBER
        if len(content) != min(PART, self.file.size - number * PART):
            return PartProblem.SIZE
        if sha256(content).hexdigest() != digest or self.had.get(number, digest) != digest:
            return PartProblem.CHECKSUM
        return None


def parts_of(size: int) -> int:
    """How many parts a file of so many bytes comes in."""
    return -(-size // PART)


def part_id(upload: UploadId, number: int) -> FileId:
    """Where a part lies among the files: always the same place, so that it is kept once."""
    return FileId(sha256(f"{upload}:{number}".encode()).hexdigest()[:32])
