"""Cursors that nobody but us can have made: for lists of which even that one of them is asked tells something."""

import hmac
from typing import Final

from shared.ports.keys import Cipher
from shared.ports.store import Refused

_PURPOSE: Final = "cursor"


class SignedCursors:
    """A cursor is good for whom it was given to, and as it was given."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def write(self, owner: str, cursor: str | None) -> str | None:
        """The cursor for the address of the next page; None stays None."""
        return None if cursor is None else f"{self._sign(owner, cursor)}.{cursor}"

    def read(self, owner: str, cursor: str | None) -> str | None:
        """What was signed; `Refused` for what was not, or was for somebody else."""
        if cursor is None:
            return None
        signature, _, plain = cursor.partition(".")
        if not hmac.compare_digest(signature.encode(), self._sign(owner, plain).encode()):
            raise Refused("not a cursor of ours")
        return plain

    def _sign(self, owner: str, cursor: str) -> str:
        return self._cipher.index(_PURPOSE, f"{len(owner)}:{owner}{cursor}")
