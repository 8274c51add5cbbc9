"""The promise of what seals the board's documents and tells its seals from others (EU 910/2014, articles 35, 36)."""

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from shared.domain.originals import Checked


class SealRefusal(StrEnum):
    """Why nothing can be sealed now; a person has to see to the certificate."""

    MISSING = "missing"
    """No certificate is set."""
    UNREADABLE = "unreadable"
    """The file, its passphrase or the key in it is not what was expected."""
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    KEY_USAGE = "key_usage"
    """The certificate does not say that its key may sign."""


class CannotSeal(Exception):
    """Nothing was sealed; `reason` says why."""

    def __init__(self, reason: SealRefusal) -> None:
        super().__init__(reason.value)
        self.reason = reason


class Seals(Protocol):
    """The organisation's electronic seal."""

    def refusal(self, at: datetime) -> SealRefusal | None:
        """Why nothing could be sealed at this instant, or None; quick enough for a page."""
        ...

    def certificate(self) -> bytes:
        """The certificate that seals now (DER), public: seals are known by it afterwards. Raises `CannotSeal`."""
        ...

    def seal(self, pdf: bytes, at: datetime) -> bytes:
        """The PDF with the seal as its last part (PAdES B-B, no change allowed afterwards), within a second when warm.

        `pdf` is one that we made: it is read in this process. Raises `CannotSeal`.
        """
        ...

    def sealed_at(self, pdf: bytes) -> datetime:
        """When a PDF of our own says that it was sealed, to the second; the seal itself is not judged.

        `pdf` is one that we kept: it is read in this process. `Tampered` when no seal in it says when.
        """
        ...

    def covered(self, pdf: bytes) -> str:
        """SHA-256 (64 hex digits) of all that the seal of a file covers, which is all but the seal; "" without one.

        Nothing is read of the file but where its seal lies: a stranger's costs no more than our own.
        """
        ...

    def check(self, pdf: bytes, certificates: Sequence[bytes]) -> Checked:
        """What a stranger's file of at most 10 MiB is, by the seal alone, within 20 seconds.

        It is read in a process of its own, where a hostile file can do little.
        `certificates` (DER) are all that this installation has ever sealed with: nobody else's are believed.
        `Unavailable` when there is no room to do it now, or it takes too long.
        """
        ...
