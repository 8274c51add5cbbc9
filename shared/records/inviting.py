"""Inviting somebody out of a case: letter, invitation and, where staff choose the time, the meeting, in one batch."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from shared.domain import access, calendar, inviting
from shared.domain.booking import bookings
from shared.domain.booking.bookings import BookingChange, SlotTaken
from shared.domain.booking.invitations import Invitation, Standing, Terms
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.booking.offer import Free
from shared.domain.broken_rules import AlreadyDone, BrokenRule, NotAllowed
from shared.domain.cases import Case, birth_date
from shared.domain.change import Change
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId
from shared.domain.inviting import Post
from shared.domain.letters import Letter
from shared.domain.messages import Message
from shared.domain.principals import Principal
from shared.domain.retention import Retention
from shared.ports.store import Conflict, NotFound, Write
from shared.records.booking_rows import read_place
from shared.records.booking_settling import BookingSettling
from shared.records.booking_writes import BookingWrites
from shared.records.casefiles import CaseFiles
from shared.records.change_writes import ChangeWrites
from shared.records.drafts import Draft, spent
from shared.records.free_places import FreePlaces
from shared.records.invitation_codes import InvitationCodes
from shared.records.invitations import Invitations
from shared.records.letter_rows import read_letter
from shared.records.letters import Letters
from shared.records.meeting_news import MeetingNews
from shared.records.outbox import Outbox
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.vault import Vault

_SHORTEST_NOTICE: Final = 1
"""Hours: staff who have talked to the person may book for later the same day."""
AGAIN: Final = timedelta(days=14)
"""So long somebody who gets another letter has to choose a time."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody is invited to: `start` is the time that staff have chosen, None where the person chooses."""

    terms: Terms
    start: datetime | None = None
    wishes: Mapping[str, object] = field(default_factory=dict)


_Told: TypeAlias = tuple[list[Write], list[Message]]
_Build: TypeAlias = Callable[[datetime], _Told]


class Inviting:
    """The caseworker's desk of invitations; nobody here ever sees a code."""

    def __init__(
        self,
        vault: Vault,
        submissions: Submissions,
        outbox: Outbox,
        *,
        places: FreePlaces,
        files: CaseFiles,
        letters: Letters,
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._places = places
        self._files = files
        self._letters = letters
        self._outbox = outbox
        self._codes = InvitationCodes(vault.cipher)
        self._invitations = Invitations(vault)
        self._changes = ChangeWrites(vault)
        self._bookings = BookingWrites(vault)
        self._news = MeetingNews(vault, outbox)
        self._settling = BookingSettling(vault, submissions)

    def free(self, terms: Terms) -> list[Free]:
        """What staff can book now within the terms, also at short notice: in order of time."""
        meeting, now = self._meeting(terms), self._clock.now()
        if meeting is None:
            return []
        return self._places.free(meeting, terms.forms[0], (calendar.local_date(now), terms.last))

    def invite(
        self, principal: Principal, id: CaseId, wanted: Wanted, post: Post, *, submission: Submission, draft: Draft
    ) -> Sent:
        """The letter goes, with the meeting if its time is chosen; the result is the invitation's id.

        Raises what `inviting.demand_invitable` raises, `SlotTaken` when somebody else has got the time, `NotFound` for
        a case the principal may not know of, and `AlreadyDone` when the draft was changed or sent meanwhile.
        """
        new, letter, meeting = (ItemId(self._fresh()) for _ in range(3))
        key = None if wanted.start is None else self._ring.create(f"meeting:{meeting}", Retention.MEETINGS)

        def build(now: datetime) -> _Told:
            case = self._case(principal, id)
            self._demand_untouched(draft)
            by = inviting.demand_invitable(
                case, self._letters.assessments(case), post.plan, principal, calendar.local_date(now)
            )
            invitation = self._new(case, (new, letter), wanted.terms, post, by=by, now=now)
            writes, news = [spent(draft, self._sealing, now)], list[Message]()
            if wanted.start is not None and key is not None:
                booked = self._booked(invitation, wanted, (meeting, key), principal, now)
                invitation = replace(
                    invitation, standing=Standing.BOOKED, booking=meeting, expires_at=booked.after.place.end
                )
                news = self._news.of(booked)
                writes += self._bookings.batch(booked)
            change = inviting.invite(case, invitation, post, by=principal, now=now)
            return [*writes, *self._changes.of(change)], [*news, *self._about(change)]

        try:
            sent = self._settle(submission, new, build)
        except (BrokenRule, Conflict):
            self._forget(key)
            raise
        if sent.result != new:
            self._forget(key)
        return sent

    def anew(self, principal: Principal, id: CaseId, invitation: ItemId, post: Post, submission: Submission) -> Sent:
        """Another letter with another code; the old one is dead at once. The result is the invitation's id.

        Raises what `inviting.invite_anew` and `inviting.demand_invitable` raise, and `NotFound`.
        """
        letter = ItemId(self._fresh())

        def build(now: datetime) -> _Told:
            case = self._case(principal, id)
            today = calendar.local_date(now)
            inviting.demand_invitable(case, self._letters.assessments(case), post.plan, principal, today)
            code = (letter, self._codes.index(self._codes.of(letter)))
            there = self._of(case, invitation)
            before = self._letter_of(there)
            change = inviting.invite_anew(case, there, before, code, post, last=today + AGAIN, by=principal, now=now)
            return self._changes.of(change), self._about(change)

        return self._settle(submission, invitation, build)

    def withdraw(self, principal: Principal, id: CaseId, invitation: ItemId, submission: Submission) -> Sent:
        """Its code opens nothing from now on; raises what `inviting.withdraw` raises, and `NotFound`."""

        def build(now: datetime) -> _Told:
            case = self._case(principal, id)
            there = self._of(case, invitation)
            change = inviting.withdraw(case, there, self._letter_of(there), by=principal, now=now)
            return self._changes.of(change), []

        return self._settle(submission, invitation, build)

    def of_case(self, principal: Principal, id: CaseId) -> list[Invitation]:
        """The invitations of an opened case, the newest first; `NotFound` for who may not know of it."""
        return self._invitations.of_case(self._case(principal, id).id)

    def find(self, principal: Principal, case: Case, id: ItemId) -> Invitation | None:
        """One invitation of the case, or None."""
        found = self._invitations.find(id) if access.may_open(principal, case) else None
        return found if found is not None and found.case == case.id else None

    def letter(self, principal: Principal, invitation: Invitation) -> Letter | None:
        """The newest letter of an opened invitation: to whom and how safe, and never its code. Logged."""
        return self._letters.open(principal, invitation.case, invitation.letter)

    def starts(self, found: list[Invitation]) -> dict[ItemId, datetime]:
        """When their meetings begin, by booking; nothing of those is opened. One read for each."""
        documents = self._store.get_many("bookings", [one.booking for one in found if one.booking])
        return {ItemId(id): read_place(one).start for id, one in documents.items()}

    def _new(
        self, case: Case, ids: tuple[ItemId, ItemId], terms: Terms, post: Post, *, by: StaffId, now: datetime
    ) -> Invitation:
        """An open invitation; `ids` are its own and its letter's."""
        to, (id, letter) = post.to.recipient, ids
        return Invitation(
            id=id, rev=0, case=case.id, key=case.key, unit=case.unit, standing=Standing.OPEN, person=to.index,
            name=to.name, born=_born(to.number), terms=terms, code=self._codes.index(self._codes.of(letter)),
            letter=letter, made_at=now, expires_at=calendar.end_of_day(terms.last), by=by,
        )  # fmt: skip

    def _booked(
        self, invitation: Invitation, wanted: Wanted, new: tuple[ItemId, KeyId], by: Principal, now: datetime
    ) -> BookingChange:
        meeting, form = self._meeting(wanted.terms), wanted.terms.forms[0]
        if meeting is None or wanted.start is None:
            raise SlotTaken
        begun = bookings.unplaced(invitation.person, invitation.name, meeting, form)
        booking = replace(
            begun, id=new[0], key=new[1], wishes=dict(wanted.wishes), invitation=invitation.id,
            video=self._fresh() if form is MeetingForm.VIDEO else "",
        )  # fmt: skip
        place = self._places.place(meeting, form, wanted.start, booking, apart=[])
        return bookings.book_for(replace(booking, place=place), by, now)

    def _meeting(self, terms: Terms) -> Offered | None:
        meeting = self._places.offer.meetings.get(terms.service)
        narrowed = None if meeting is None else terms.narrowed(meeting, self._clock.now())
        return None if narrowed is None else replace(narrowed, lead=_SHORTEST_NOTICE)

    def _demand_untouched(self, draft: Draft) -> None:
        """Raises `AlreadyDone` when the draft was changed or sent since it was read."""
        there = self._store.get("drafts", draft.id)
        if there is None or there.rev != draft.rev:
            raise AlreadyDone("the draft was changed")

    def _settle(self, submission: Submission, result: ItemId, build: _Build) -> Sent:
        leaving: list[Message] = []

        def writes(now: datetime) -> list[Write]:
            nonlocal leaving
            made, leaving = build(now)
            return [*made, *self._outbox.writes(leaving)]

        sent = self._settling.settle(submission, result, writes)
        if sent.first:
            self._outbox.wake(leaving)
        return sent

    def _about(self, change: Change) -> list[Message]:
        return self._outbox.about([one for one in change.items if isinstance(one, Letter)])

    def _case(self, principal: Principal, id: CaseId) -> Case:
        case = self._files.case(principal, id)
        if case is None:
            raise NotFound(id)
        return case

    def _of(self, case: Case, id: ItemId) -> Invitation:
        found = self._invitations.find(id)
        if found is None or found.case != case.id:
            raise NotFound(id)
        return found

    def _letter_of(self, invitation: Invitation) -> Letter | None:
        """The newest letter, to be acted upon and not shown."""
        document = self._store.get("letters", invitation.letter)
        return None if document is None else read_letter(document, self._sealing)

    def _forget(self, key: KeyId | None) -> None:
        """It has sealed nothing that was written."""
        if key is not None:
            self._ring.erase(key)


def _born(number: str) -> str:
    born = birth_date(number)
    if born is None:
        raise NotAllowed("nobody without a whole number is let in by a day of birth")
    return born.isoformat()
