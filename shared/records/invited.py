"""Opening an invitation with the code of its letter and the day of birth; a wrong pair is told nothing of why."""

from datetime import date
from enum import StrEnum
from typing import Final

from shared.domain.booking import invitations
from shared.domain.booking.invitations import TRIES, Invitation
from shared.domain.principals import Kind, Principal
from shared.ports.store import Conflict, NotFound
from shared.records.guesses import ClientGuesses
from shared.records.invitation_codes import InvitationCodes
from shared.records.invitation_rows import COLLECTION, invitation_row
from shared.records.invitations import Invitations
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_TRIES: Final = 16
"""So often others may be faster."""


class Refused(StrEnum):
    """Why nobody was let in."""

    WRONG = "wrong"
    """The code or the day of birth is wrong, or the invitation is withdrawn, too old or was guessed at too often."""
    WAIT = "wait"
    """The same client was wrong too often just now; nothing was looked at."""


class Invited:
    """The door for those who have no e-ID, or do not want to use it."""

    def __init__(self, vault: Vault, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._codes = InvitationCodes(vault.cipher)
        self._invitations = Invitations(vault)
        self._guesses = ClientGuesses(vault)
        self._disclosures = disclosures

    def enter(self, code: str, born: date | None, client: str) -> Principal | Refused:
        """Who that is: one invitation and nothing else. Every try is counted before it is looked at, and who gets in is
        written in the disclosure log first.

        The same code works until the meeting has ended, also for a meeting that is cancelled. Raises `Conflict` when
        others were faster again and again, and `Unavailable`.
        """
        if not self._guesses.may_try(client):
            return Refused.WAIT
        index = self._codes.index(code)
        for _ in range(_TRIES):
            found = self._invitations.by_code(index)
            if found is None or not found.works(self._clock.now()) or found.tries >= TRIES:
                return Refused.WRONG
            right = found.is_born(born)
            if self._counted(found, right=right):
                if not right:
                    return Refused.WRONG
                self._guesses.forget(client)
                who = Principal(Kind.INVITED, invitation=found.id, letter=found.letter)
                self._disclosures.record(who, found.case, "invitation")
                return who
        raise Conflict(COLLECTION)

    def _counted(self, found: Invitation, *, right: bool) -> bool:
        """Whether the try was written; False when somebody else has written meanwhile.

        A right one is written, too: of many sent at once, no more than five are looked at.
        """
        after = invitations.opened(found) if right else invitations.guessed(found)
        try:
            self._store.commit([invitation_row(after).write(self._sealing)])
        except (Conflict, NotFound):
            return False
        return True
