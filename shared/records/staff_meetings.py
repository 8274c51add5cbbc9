"""Meetings as staff see them: the own ones, and those of the unit for its lead; whatever names a person is logged."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final, TypeAlias

from shared.domain.booking import bookings
from shared.domain.booking.atoms import instant
from shared.domain.booking.blocks import Block, may_keep_diary, may_read
from shared.domain.booking.bookings import Attendance, Booking, BookingChange, MeetingOver, Place, State
from shared.domain.booking.resources import Span
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import DIGITS, CaseId, ItemId, SubmissionId, UnitId
from shared.domain.messages import Message
from shared.domain.municipality import Staff
from shared.domain.principals import CASE_ROLES, Kind, Principal, Role
from shared.domain.queries import BOOKINGS_OF_STAFF, BOOKINGS_OF_UNIT, Shape
from shared.ports.keys import KeyGone
from shared.ports.store import Document, NotFound, Value, Write
from shared.records.booking_diaries import diaries
from shared.records.booking_rows import booking_key, read_booking, read_place
from shared.records.booking_settling import BookingSettling
from shared.records.booking_writes import BookingWrites
from shared.records.meeting_news import MeetingNews
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_Build: TypeAlias = Callable[[datetime], BookingChange]
_PAGES: Final = 5
"""At most 500 meetings on one page: more than any unit holds in a day, or anybody in a week."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A meeting in a list: when, with whom of the staff and in which room; nothing of it is opened."""

    id: ItemId
    place: Place
    cancelled: bool
    changes: int = 0
    """How many times anything has happened to it."""


@dataclass(frozen=True, slots=True)
class Blocked:
    """A blocked time in a list."""

    id: ItemId
    span: Span


@dataclass(frozen=True, slots=True)
class CalledOff:
    """A meeting that staff have cancelled; `told` is whether a message goes to the person."""

    booking: Booking
    told: bool


class StaffMeetings:
    """For the staff member who holds the meeting, and the lead of its unit; for others it does not exist."""

    def __init__(self, vault: Vault, submissions: Submissions, disclosures: Disclosures, news: MeetingNews) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._disclosures = disclosures
        self._writes = BookingWrites(vault)
        self._settling = BookingSettling(vault, submissions)
        self._news = news

    def of(self, principal: Principal, colleague: Staff, span: Span) -> list[Listed]:
        """The colleague's meetings that begin in the span, in order of time. Raises `NotAllowed`."""
        if not may_keep_diary(principal, colleague):
            raise NotAllowed
        return [_listed(one) for one in self._of(colleague, span, State.CONFIRMED, State.CANCELLED)]

    def of_unit(self, principal: Principal, span: Span) -> list[Listed]:
        """All meetings of the lead's own unit that begin in the span, in order of time. Raises `NotAllowed`."""
        unit = principal.unit
        if principal.kind is not Kind.STAFF or unit is None or not principal.has(Role.TEAM_LEAD):
            raise NotAllowed
        if not principal.roles & CASE_ROLES:
            raise NotAllowed
        found = self._found(BOOKINGS_OF_UNIT, {"unit": unit}, span, State.CONFIRMED, State.CANCELLED)
        return [_listed(one) for one in found]

    def opened(self, principal: Principal, colleague: Staff, span: Span) -> list[Booking]:
        """The same as `of`, whole, to be shown with names: one entry in the disclosure log for each."""
        if not may_keep_diary(principal, colleague):
            raise NotAllowed
        found = [*self._readable(self._of(colleague, span, State.CONFIRMED, State.CANCELLED))]
        self._disclosures.record_all(principal, [CaseId(one.id) for one in found], "meeting_list")
        return found

    def affected(self, principal: Principal, colleague: Staff, span: Span) -> list[Booking]:
        """The booked meetings ahead that take any of the span, whole, to be shown with names; logged for each."""
        if not may_keep_diary(principal, colleague):
            raise NotAllowed
        found = [one for one in self._in(colleague, span, State.CONFIRMED) if one.ahead(self._clock.now())]
        self._disclosures.record_all(principal, [CaseId(one.id) for one in found], "meeting_list")
        return found

    def called_off(self, principal: Principal, colleague: Staff, span: Span) -> list[CalledOff]:
        """The meetings there that staff have cancelled and that would still be ahead, logged as `affected` is.

        With each, whether the person can be told: two reads for each.
        """
        if not may_keep_diary(principal, colleague):
            raise NotAllowed
        now = self._clock.now()
        found = [one for one in self._in(colleague, span, State.CANCELLED) if one.told and now < one.place.start]
        self._disclosures.record_all(principal, [CaseId(one.id) for one in found], "meeting_list")
        reached = self._news.reached([one.person for one in found])
        return [CalledOff(one, told=one.person in reached) for one in found]

    def call_off_all(self, principal: Principal, block: Block, words: tuple[str, str], submission: Submission) -> int:
        """Cancel every meeting that lies under the block, each once however often it is sent; how many are off.

        Whoever has moved or cancelled meanwhile is left alone. `Unavailable` in the middle: sent again it goes on.
        """
        span = Span(block.start, block.end)
        found = [one.id for one in self._in_unit(block, span) if read_place(one).clear_at > span.start]
        return sum(self._called_off_there(principal, ItemId(id), span, words, submission) for id in found)

    def _called_off_there(
        self, principal: Principal, id: ItemId, span: Span, words: tuple[str, str], submission: Submission
    ) -> bool:
        own = SubmissionId(sha256(f"{submission.id}|{id}".encode()).hexdigest()[:DIGITS])

        def build(now: datetime) -> BookingChange:
            booking = self._own(principal, id)
            if not booking.place.start < span.end or not span.start < booking.place.clear_at:
                raise MeetingOver  # it has been moved away
            return bookings.call_off(booking, *words, principal, now)

        try:
            self._settle(replace(submission, id=own), id, build)
        except (MeetingOver, NotFound):
            return False
        return True

    def blocked(self, principal: Principal, colleague: Staff, span: Span) -> list[Blocked]:
        """The colleague's blocked times that touch the span, in order of time. Raises `NotAllowed`."""
        if not may_keep_diary(principal, colleague):
            raise NotAllowed
        kept = diaries(self._store, [colleague.id])[colleague.id].blocks
        found = [Blocked(ItemId(id), Span(instant(one[0]), instant(one[0] + one[1]))) for id, one in kept.items()]
        there = (one for one in found if one.span.start < span.end and span.start < one.span.end)
        return sorted(there, key=lambda one: one.span.start)

    def find(self, principal: Principal, id: ItemId) -> Booking | None:
        """The meeting, or None for whom it does not exist; not to be shown."""
        document = self._store.get("bookings", id)
        if document is None or not _may(principal, document):
            return None
        return next(self._readable([document]), None)

    def open(self, principal: Principal, id: ItemId) -> Booking | None:
        """The same to be shown, and so logged."""
        found = self.find(principal, id)
        if found is not None:
            self._disclosures.record(principal, CaseId(id), "meeting")
        return found

    def reachable(self, booking: Booking) -> bool:
        """Whether the person has said how to be told safely, and proved it; an opened meeting's. Two reads."""
        return booking.person in self._news.reached([booking.person])

    def call_off(self, principal: Principal, id: ItemId, words: tuple[str, str], submission: Submission) -> Sent:
        """The meeting is off: `words` are why, for the file, and what the person reads.

        Raises `MeetingOver`, `NotFound`.
        """
        reason, told = words
        return self._settle(
            submission, id, lambda now: bookings.call_off(self._own(principal, id), reason, told, principal, now)
        )

    def attended(self, principal: Principal, id: ItemId, attendance: Attendance, submission: Submission) -> Sent:
        """Whether the person came; said again, the last word counts. Raises `NotYetOver`, `NotFound`."""
        return self._settle(
            submission, id, lambda now: bookings.attend(self._own(principal, id), attendance, principal, now)
        )

    def _settle(self, submission: Submission, id: ItemId, build: _Build) -> Sent:
        news: list[Message] = []

        def writes(now: datetime) -> list[Write]:
            nonlocal news
            change = build(now)
            news = self._news.of(change)
            return [*self._writes.batch(change), *self._news.writes(news)]

        sent = self._settling.settle(submission, id, writes)
        if sent.first:
            self._news.wake(news)
        return sent

    def _own(self, principal: Principal, id: ItemId) -> Booking:
        found = self.find(principal, id)
        if found is None:
            raise NotFound(id)
        return found

    def _in(self, colleague: Staff, span: Span, state: State) -> list[Booking]:
        """The meetings that take any of the span."""
        wider = Span(span.start - bookings.LONGEST, span.end)
        there = (one for one in self._of(colleague, wider, state) if read_place(one).clear_at > span.start)
        return list(self._readable(there))

    def _in_unit(self, block: Block, span: Span) -> list[Document]:
        wider = Span(span.start - bookings.LONGEST, span.end)
        return self._found(BOOKINGS_OF_STAFF, {"unit": block.unit, "staff": block.staff}, wider, State.CONFIRMED)

    def _of(self, colleague: Staff, span: Span, *states: State) -> list[Document]:
        return self._found(BOOKINGS_OF_STAFF, {"unit": colleague.unit, "staff": colleague.id}, span, *states)

    def _found(self, shape: Shape, equals: dict[str, Value], span: Span, *states: State) -> list[Document]:
        found: list[Document] = []
        for state in states:
            cursor = None
            for _ in range(_PAGES):
                asked = {**equals, "state": state.value}
                page = self._store.query(shape, asked, limit=shape.page, start=span.start, stop=span.end, cursor=cursor)
                found += page.documents
                cursor = page.cursor
                if cursor is None:
                    break
        return sorted(found, key=lambda one: (read_place(one).start, one.id))

    def _readable(self, documents: Iterable[Document]) -> Iterator[Booking]:
        """Those whose keys are not erased."""
        there = list(documents)
        self._ring.load([booking_key(one) for one in there])
        for one in there:
            try:
                yield read_booking(one, self._sealing)
            except KeyGone:
                continue


def _may(principal: Principal, document: Document) -> bool:
    """Whether it was ever booked, and is the principal's to see."""
    fields: Any = document.fields
    there = fields["state"] in {State.CONFIRMED.value, State.CANCELLED.value}
    return there and may_read(principal, UnitId(fields["unit"]), fields["staff"])


def _listed(document: Document) -> Listed:
    fields: Any = document.fields
    cancelled = fields["state"] == State.CANCELLED.value
    return Listed(ItemId(document.id), read_place(document), cancelled, fields["audit_number"])
