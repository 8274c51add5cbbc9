"""Codes of invitations: made anew from the letter and a key whenever the letter is read, and kept nowhere."""

from dataclasses import replace
from typing import Final

from shared.domain.ids import ItemId
from shared.domain.letters import CODE, Letter, LetterKind, Part
from shared.domain.originals import code_from, plain
from shared.ports.keys import Cipher

_MADE: Final = "invitation_code"
_KNOWN: Final = "invitation"


class InvitationCodes:
    """Whoever has a copy of the store has no code: each is a keyed hash of its letter's id, and an index is kept."""

    def __init__(self, cipher: Cipher) -> None:
        self._cipher = cipher

    def of(self, letter: ItemId) -> str:
        """The code of the letter, K7TM-2XQA-9R4W: 12 letters out of 28, none taken for another (57 bits)."""
        return code_from(self._cipher.index(_MADE, letter))

    def index(self, typed: str) -> str:
        """The keyed index of a code, equal however it is typed."""
        return self._cipher.index(_KNOWN, plain(typed))

    def told(self, letter: Letter) -> Letter:
        """The letter as its recipient reads it: with its code."""
        if letter.text.kind is not LetterKind.MEETING_INVITATION:
            return letter
        parts = tuple(
            Part(CODE, (self.of(letter.id), *one.lines[1:])) if one.kind == CODE else one for one in letter.text.parts
        )
        return replace(letter, text=replace(letter.text, parts=parts))
