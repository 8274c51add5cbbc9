"""Reading invitations: by id, by code, and the one that somebody invited has opened."""

from shared.domain.booking.bookings import Booking
from shared.domain.booking.invitations import Invitation, Standing
from shared.domain.booking.meeting_kinds import Offered
from shared.domain.booking.offer import Offer
from shared.domain.ids import CaseId, ItemId
from shared.domain.principals import Kind, Principal
from shared.domain.queries import INVITATIONS_BY_CODE, INVITATIONS_OF_CASE
from shared.ports.keys import KeyGone
from shared.ports.store import Document
from shared.records.invitation_rows import COLLECTION, invitation_key, read_invitation
from shared.records.vault import Vault


class Invitations:
    """The rows, opened; who may see them is for the desks that ask."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock

    def find(self, id: ItemId) -> Invitation | None:
        """The invitation, or None; also for one whose case is erased. One read."""
        document = self._store.get(COLLECTION, id)
        return None if document is None else self._opened(document)

    def by_code(self, index: str) -> Invitation | None:
        """The one whose newest letter has the code of this keyed index. One read."""
        page = self._store.query(INVITATIONS_BY_CODE, {"code": index}, limit=1)
        return self._opened(page.documents[0]) if page.documents else None

    def of_case(self, case: CaseId) -> list[Invitation]:
        """The newest invitations of the case, at most a page of 25."""
        page = self._store.query(INVITATIONS_OF_CASE, {"case": case}, limit=INVITATIONS_OF_CASE.page)
        return [found for one in page.documents if (found := self._opened(one))]

    def guest(self, principal: Principal) -> Invitation | None:
        """What somebody invited has opened, while it holds: not after it was withdrawn, sent anew or is over."""
        if principal.kind is not Kind.INVITED or principal.invitation is None:
            return None
        found = self.find(principal.invitation)
        there = found is not None and found.letter == principal.letter and found.works(self._clock.now())
        return found if there else None

    def newest_letter(self, principal: Principal) -> bool:
        """Whether the code that somebody invited came with still is that of the newest letter; True for all others.

        Also after the meeting's end: who has lost the line then comes back.
        """
        if principal.kind is not Kind.INVITED:
            return True
        found = None if principal.invitation is None else self.find(principal.invitation)
        return found is not None and found.letter == principal.letter and found.standing is not Standing.WITHDRAWN

    def offered(self, booking: Booking, offer: Offer) -> Offered | None:
        """What the booking may be moved within: all that is offered, or what its invitation leaves of it."""
        meeting = offer.meetings.get(booking.service)
        if meeting is None or booking.invitation is None:
            return meeting
        found = self.find(booking.invitation)
        return None if found is None else found.terms.narrowed(meeting, self._clock.now())

    def _opened(self, document: Document) -> Invitation | None:
        self._ring.load([invitation_key(document)])
        try:
            return read_invitation(document, self._sealing)
        except KeyGone:
            return None
