"""What a change of an invited meeting writes besides: the invitation as it then stands, and an entry in its case."""

from collections.abc import Mapping
from typing import Final

from shared.domain.booking import invitations
from shared.domain.booking.bookings import BookingAction, BookingChange
from shared.domain.change import Action, Change, Item
from shared.domain.lettering import taken_back
from shared.ports.store import Write
from shared.records.case_rows import read_case
from shared.records.change_writes import ChangeWrites
from shared.records.invitations import Invitations
from shared.records.letter_rows import read_letter
from shared.records.vault import Vault

_ACTIONS: Final[Mapping[BookingAction, Action]] = {
    BookingAction.CONFIRMED: Action.MEETING_CONFIRMED,
    BookingAction.MOVED: Action.MEETING_MOVED,
    BookingAction.CANCELLED: Action.MEETING_CANCELLED,
}


class InvitationWrites:
    """Follows meetings that were booked by an invitation, whoever changes them: the person, or staff."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._invitations = Invitations(vault)
        self._changes = ChangeWrites(vault)

    def of(self, change: BookingChange) -> list[Write]:
        """The writes, none for a meeting without an invitation or that is only held; raises `InvitationOver`.

        A meeting that is booked together with its invitation is told of there. What is left of an erased case is
        the meeting alone.
        """
        id, action = change.after.invitation, _ACTIONS.get(change.action)
        if id is None or action is None or change.before is None:
            return []
        invitation = self._invitations.find(id)
        document = None if invitation is None else self._store.get("cases", invitation.case)
        if invitation is None or document is None:
            return []
        after = invitations.follow(invitation, change)
        case = read_case(document, self._sealing)
        items: list[Item] = [after]
        if action is Action.MEETING_CANCELLED:  # a letter that still waits would tell of a time that is off
            letter = self._store.get("letters", after.letter)
            items += () if letter is None else taken_back(read_letter(letter, self._sealing), change.at)
        return self._changes.of(Change(action, change.by, change.at, (case,), tuple(items)))
