"""The original of a decision: one sealed PDF, made once, and what anybody may learn about one at `/verifiera`."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from shared.domain.ids import CaseId, FileId, ItemId, KeyId

LARGEST: Final = 10 * 1024 * 1024
"""Bytes of a file that is checked."""
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRTVWXY"
"""Without those that are taken for one another."""
_CODE: Final = 12
_GROUP: Final = 4


@dataclass(frozen=True, slots=True)
class Original:
    """That the decision's original exists: its id is the decision's, and it is never replaced.

    `sha256` is of the sealed PDF (64 hex digits), `covered` of all in it but the seal, `code` the blind index of
    reference and verification code.
    """

    id: ItemId
    rev: int
    case: CaseId
    file: FileId
    key: KeyId
    reference: str
    sha256: str
    code: str
    sealed_at: datetime
    covered: str = ""
    """Empty for originals made before it was kept."""


@dataclass(frozen=True, slots=True)
class Seen:
    """What stands on the original, and is asked for when it is checked without the file."""

    reference: str
    code: str


class Verdict(StrEnum):
    """What anybody is told about a file or a code."""

    VALID = "valid"
    """We made it, and nothing has been changed."""
    ALTERED = "altered"
    """It bears our seal and is not what we sealed."""
    UNKNOWN = "unknown"
    """Nothing shows that we made it."""


@dataclass(frozen=True, slots=True)
class Checked:
    """The answer to a check; `sealed_at` is when we sealed it, for valid ones and those known by their code."""

    verdict: Verdict
    sealed_at: datetime | None = None


def code_from(secret: str) -> str:
    """The verification code for people, K7TM-2XQA-9R4W, from a keyed hash (hex digits) that nobody else can make.

    12 letters out of 28 are 57 bits: `Verification.code` does the arithmetic of guessing.
    """
    number = int.from_bytes(hashlib.sha256(secret.encode()).digest(), "big")
    letters = ""
    for _ in range(_CODE):
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
    return "-".join(letters[start : start + _GROUP] for start in range(0, _CODE, _GROUP))


def spoken(reference: str, code: str) -> str:
    """Reference and code as one text, equal however somebody types them: small letters, spaces, other dashes."""
    return f"{plain(reference)}:{plain(code)}"


def plain(code: str) -> str:
    """The letters and digits alone, all capitals."""
    return "".join(one for one in code.upper() if one.isalnum())
