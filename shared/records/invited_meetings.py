"""The meeting of somebody invited: the very same desk as for own meetings, narrowed to one invitation."""

from dataclasses import replace
from datetime import datetime

from shared.domain.booking.bookings import Booking, State, unplaced
from shared.domain.booking.invitations import Invitation, InvitationOver, Standing
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import ItemId
from shared.domain.principals import Principal
from shared.domain.queries import BOOKINGS_OF_PERSON
from shared.ports.store import Document
from shared.records.booking import Meetings


class InvitedMeetings(Meetings):
    """Every step asks anew whether the invitation holds: who withdraws it or sends it anew shuts the door at once."""

    def invitation(self, principal: Principal) -> Invitation | None:
        """The invitation, while it holds."""
        return self._invitations.guest(principal)

    def choices(self, invitation: Invitation) -> Offered | None:
        """What may be chosen; None when nothing is left."""
        meeting = self.offer.meetings.get(invitation.terms.service)
        return None if meeting is None else invitation.terms.narrowed(meeting, self._clock.now())

    def _begun(self, principal: Principal, meeting: Offered, form: MeetingForm) -> tuple[Offered, Booking]:
        invitation = self.invitation(principal)
        if invitation is None:
            raise NotAllowed
        narrowed = self.choices(invitation)
        if invitation.standing is not Standing.OPEN or narrowed is None or narrowed.id != meeting.id:
            raise InvitationOver
        booking = unplaced(invitation.person, invitation.name, narrowed, form)
        return narrowed, replace(booking, invitation=invitation.id)

    def _theirs(self, principal: Principal, id: ItemId) -> Document | None:
        invitation = self.invitation(principal)
        document = None if invitation is None else self._store.get("bookings", id)
        mine = document is not None and document.fields.get("invitation") == principal.invitation
        return document if mine else None

    def _holds(self, principal: Principal) -> list[Document]:
        invitation = self.invitation(principal)
        if invitation is None:
            return []
        asked = {"person": invitation.person, "state": State.HELD.value}
        page = self._store.query(BOOKINGS_OF_PERSON, asked, limit=BOOKINGS_OF_PERSON.page)
        return [one for one in page.documents if one.fields.get("invitation") == invitation.id]

    def _not_too_many(self, principal: Principal, now: datetime) -> None:
        """One invitation is one meeting already."""
