"""The residents' own door to meetings: find a time, hold, confirm, move and cancel; each once, never two in one."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from shared.domain.booking import bookings
from shared.domain.booking.bookings import (
    Booking,
    BookingChange,
    Place,
    SlotTaken,
    State,
    TooManyMeetings,
    may_book,
    unplaced,
)
from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.booking.offer import Free, Offer
from shared.domain.broken_rules import BrokenRule, NotAllowed
from shared.domain.ids import CaseId, ItemId
from shared.domain.messages import Message
from shared.domain.principals import Principal
from shared.domain.queries import BOOKINGS_OF_PERSON
from shared.domain.retention import Retention
from shared.ports.keys import KeyGone
from shared.ports.store import Conflict, Document, NotFound, Unavailable, Write
from shared.records.booking_rows import booking_key, booking_row, read_booking
from shared.records.booking_settling import BookingSettling
from shared.records.booking_writes import BookingWrites
from shared.records.free_places import FreePlaces
from shared.records.invitations import Invitations
from shared.records.meeting_news import MeetingNews
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.trail import Disclosures
from shared.records.vault import Vault

Build: TypeAlias = Callable[[datetime], tuple[BookingChange, ...]]


@dataclass(frozen=True, slots=True)
class Ahead:
    """A meeting as the list shows it: when it starts and ends, and nothing opened."""

    id: ItemId
    start: datetime
    end: datetime
    cancelled: bool = False


class Meetings:
    """Own meetings; somebody else's is answered as if it did not exist."""

    def __init__(
        self, vault: Vault, places: FreePlaces, submissions: Submissions, disclosures: Disclosures, news: MeetingNews
    ) -> None:
        self.places = places
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._submissions = submissions
        self._disclosures = disclosures
        self._writes = BookingWrites(vault)
        self._settling = BookingSettling(vault, submissions)
        self._news = news
        self._invitations = Invitations(vault)

    @property
    def offer(self) -> Offer:
        """What is offered."""
        return self.places.offer

    def free(
        self, meeting: Offered, form: MeetingForm, days: tuple[date, date], apart: Collection[str] = ()
    ) -> list[Free]:
        """What can be booked (`FreePlaces.free`)."""
        return self.places.free(meeting, form, days, apart)

    def hold(
        self,
        principal: Principal,
        what: tuple[Offered, MeetingForm],
        start: datetime,
        submission: Submission,
        wishes: Mapping[str, object] | None = None,
    ) -> Sent:
        """Keep the time for ten minutes, and let go of what the person held before; the result is the meeting's id.

        Raises `NotAllowed`, `SlotTaken`, `TooManyMeetings`, and `Unavailable` when the outcome is unknown.
        """
        if before := self._submissions.recall(submission):
            return before
        meeting, begun = self._begun(principal, *what)
        id = ItemId(self._fresh())
        key = self._ring.create(f"meeting:{id}", Retention.MEETINGS)
        new = replace(
            begun, id=id, key=key, place=_nowhere(start), wishes=dict(wishes or {}), video=self._room(begun.form)
        )

        def build(now: datetime) -> tuple[BookingChange, ...]:
            let_go = self._held(principal)
            self._not_too_many(principal, now)
            place = self.places.place(meeting, new.form, start, new, apart=[one.id for one in let_go])
            changes = (bookings.lapse(one, principal, now) for one in let_go)
            return (bookings.hold(replace(new, place=place), principal, now), *changes)

        try:
            sent = self._settle(submission, id, build)
        except (BrokenRule, Conflict):
            self._ring.erase(key)  # it has sealed nothing that was written
            raise
        if sent.result != id:
            self._ring.erase(key)
        return sent

    def find(self, principal: Principal, id: ItemId) -> Booking | None:
        """The person's own meeting, or None; also for one whose key is erased."""
        document = self._theirs(principal, id)
        if document is None:
            return None
        try:
            return self._read(document)
        except KeyGone:
            return None

    def let_go(self, principal: Principal, id: ItemId) -> bool:
        """Whether it was the person's own hold, given up for another time; nothing of it can be read any more."""
        return self._theirs(principal, id) is not None and self.find(principal, id) is None

    def offered(self, booking: Booking) -> Offered | None:
        """What kind of meeting it is and what it may be moved within; None when that is offered no more."""
        return self._invitations.offered(booking, self.offer)

    def open(self, principal: Principal, id: ItemId) -> Booking | None:
        """The same to be shown, and so logged."""
        found = self.find(principal, id)
        if found is not None:
            self._disclosures.record(principal, CaseId(id), "own_meeting")
        return found

    def ahead(self, principal: Principal) -> list[Ahead]:
        """The person's confirmed meetings that are not over, the nearest first; nothing is opened."""
        return self._not_over(principal, State.CONFIRMED)

    def off(self, principal: Principal) -> list[Ahead]:
        """The same of those that are cancelled, by the person or by staff."""
        return self._not_over(principal, State.CANCELLED)

    def _not_over(self, principal: Principal, state: State) -> list[Ahead]:
        if not may_book(principal):
            return []
        asked = {"person": principal.person, "state": state.value}
        since = self._clock.now() - timedelta(hours=8)
        page = self._store.query(BOOKINGS_OF_PERSON, asked, limit=BOOKINGS_OF_PERSON.page, start=since)
        found = [_ahead(one) for one in page.documents]
        return [one for one in found if one.end > self._clock.now()]

    def held(self, principal: Principal) -> list[str]:
        """The ids of what the person holds and has not confirmed, also when the ten minutes are over."""
        return [one.id for one in self._holds(principal)]

    def wish(self, booking: Booking, wishes: Mapping[str, object]) -> None:
        """Keep what the person has written while the time is held; `Conflict` when it was changed meanwhile."""
        kept = replace(booking, wishes={**booking.wishes, **wishes})
        try:
            self._store.commit([booking_row(kept).write(self._sealing)])
        except Unavailable:
            there = self._store.get("bookings", booking.id)
            if there is None or there.rev != booking.rev + 1 or self._read(there).wishes != kept.wishes:
                raise

    def confirm(self, principal: Principal, id: ItemId, submission: Submission) -> Sent:
        """The held time is booked, once; a confirmed one is answered as itself.

        Raises `HoldExpired`, `SlotTaken` (it is not offered any more: closed, ill), `MeetingOver`, `NotFound`.
        """

        def build(now: datetime) -> tuple[BookingChange, ...]:
            booking = self._own(principal, id)
            if booking.state is State.CONFIRMED:
                raise _Already
            change = bookings.confirm(booking, principal, now)
            self.places.still_offered(booking)
            return (change,)

        try:
            return self._settle(submission, id, build)
        except _Already:
            return Sent(id, first=False)

    def move(self, principal: Principal, id: ItemId, start: datetime, submission: Submission) -> Sent:
        """The same meeting at another time, the old one free again in the same batch.

        Raises `SlotTaken`, `MeetingOver`, `NotFound`.
        """

        def build(now: datetime) -> tuple[BookingChange, ...]:
            booking = self._own(principal, id)
            meeting = self.offered(booking)
            if meeting is None:
                raise SlotTaken
            bookings.move(booking, booking.place, principal, now)  # over is said before taken
            place = self.places.place(meeting, booking.form, start, booking, apart=[id])
            renewed = replace(booking, video=self._room(booking.form))  # who has the old room's name is not there
            return (replace(bookings.move(renewed, place, principal, now), before=booking),)

        return self._settle(submission, id, build)

    def cancel(self, principal: Principal, id: ItemId, reason: str, submission: Submission) -> Sent:
        """The meeting is off and its time free; raises `MeetingOver`, `NotFound`."""
        return self._settle(
            submission, id, lambda now: (bookings.cancel(self._own(principal, id), reason, principal, now),)
        )

    def _settle(self, submission: Submission, result: ItemId, build: Build) -> Sent:
        changes: tuple[BookingChange, ...] = ()
        news: list[Message] = []

        def writes(now: datetime) -> list[Write]:
            nonlocal changes, news
            changes = build(now)
            news = self._news.of(*changes)
            return [*self._writes.batch(*changes), *self._news.writes(news)]

        sent = self._settling.settle(submission, result, writes)
        if sent.first:
            self._news.wake(news)
            self._forget(changes)
        return sent

    def _forget(self, changes: tuple[BookingChange, ...]) -> None:
        """What was let go was never booked: nobody reads it again."""
        for one in changes:
            if one.after.state is State.LAPSED:
                self._ring.erase(one.after.key)

    def _room(self, form: MeetingForm) -> str:
        """A name for a room of its own, which nothing else tells."""
        return self._fresh() if form is MeetingForm.VIDEO else ""

    def _held(self, principal: Principal) -> list[Booking]:
        return [self._read(one) for one in self._holds(principal)]

    def _holds(self, principal: Principal) -> list[Document]:
        """What is held and not confirmed, apart from what somebody invited holds for the same person."""
        asked = {"person": principal.person, "state": State.HELD.value}
        page = self._store.query(BOOKINGS_OF_PERSON, asked, limit=BOOKINGS_OF_PERSON.page)
        return [one for one in page.documents if not one.fields.get("invitation")]

    def _begun(self, principal: Principal, meeting: Offered, form: MeetingForm) -> tuple[Offered, Booking]:
        """A booking without time, place or key, and what it may be; raises `NotAllowed`."""
        if principal.person is None or not may_book(principal):
            raise NotAllowed
        return meeting, unplaced(principal.person, principal.name, meeting, form)

    def _theirs(self, principal: Principal, id: ItemId) -> Document | None:
        """The principal's own meeting, closed; None for everybody else's."""
        document = self._store.get("bookings", id) if may_book(principal) else None
        return document if document is not None and document.fields["person"] == principal.person else None

    def _not_too_many(self, principal: Principal, now: datetime) -> None:
        asked = {"person": principal.person, "state": State.CONFIRMED.value}
        if self._store.count(BOOKINGS_OF_PERSON, asked, cap=bookings.MOST, start=now) >= bookings.MOST:
            raise TooManyMeetings

    def _own(self, principal: Principal, id: ItemId) -> Booking:
        found = self.find(principal, id)
        if found is None:
            raise NotFound(id)
        return found

    def _read(self, document: Document) -> Booking:
        self._ring.load([booking_key(document)])
        return read_booking(document, self._sealing)


class _Already(BrokenRule):
    """The very meeting is confirmed: somebody pressed twice."""


def _nowhere(start: datetime) -> Place:
    return Place(start, start, start, "")


def _ahead(document: Document) -> Ahead:
    fields: Any = document.fields
    return Ahead(ItemId(document.id), fields["start"], fields["end"], fields["state"] == State.CANCELLED.value)
