"""The journal of a case, for the staff of its unit: notes signed and added to, and the chronology they make."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import Any, Final

from shared.domain import access, journaling, releasing
from shared.domain.broken_rules import AlreadyDone
from shared.domain.cases import Case, CaseKind
from shared.domain.change import Change
from shared.domain.ids import CaseId, ItemId, PersonIndex
from shared.domain.letters import Letter
from shared.domain.notes import Contacts, Note, NoteForm
from shared.domain.objection_items import Clock, Objection
from shared.domain.principals import Principal
from shared.domain.queries import (
    ANSWERS_IN_CASE,
    DECISIONS_OF_CASE,
    LETTERS_OF_CASE,
    NOTES_OF_CASE,
    OBJECTIONS_OF_CASE,
    OBJECTIONS_OPEN,
)
from shared.domain.releasing import Considered
from shared.domain.reviews import Review
from shared.ports.store import Document, NotFound
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.drafts import Draft, spent
from shared.records.letter_rows import read_letter
from shared.records.merging import Stream, merged
from shared.records.note_rows import CONTACTS, NOTES, note_key, read_contacts, read_note
from shared.records.objection_rows import read_clock, read_objection
from shared.records.review_rows import REVIEWS, read_review, review_key
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.told_meetings import BOOKED, CANCELLED, ToldMeeting, in_unit, invited_from, told
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_NOTES: Final = "n"
_LETTERS: Final = "l"
_SAID: Final = "s"
_ANSWERS: Final = "a"


class Milestone(StrEnum):
    """What has a page of its own in a case."""

    REPORT = "report"
    OPENED = "opened"
    ASSESSMENT = "assessment"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the chronology and when it happened; what was said stands again where it was answered."""

    at: datetime
    what: Note | Letter | Milestone | ToldMeeting | Objection
    again: bool = False
    """Whether it stands here because it was answered, or read."""


@dataclass(frozen=True, slots=True)
class Unanswered:
    """What the person has said and nobody has answered or read, not opened; without a clock it asks for no answer."""

    id: ItemId
    note: ItemId | None
    clock: Clock | None


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One page of the chronology, newest first, and how many contacts the case has had."""

    entries: list[Entry]
    contacts: Contacts | None
    cursor: str | None
    reviews: Mapping[ItemId, Review] = field(default_factory=dict)
    """Those that stand, by note."""
    unanswered: list[Unanswered] = field(default_factory=list)
    """What the person has said that waits, the most urgent first; at most ten."""


class Journal:
    """The desk of the journal; what is shown of it is written in the disclosure log first."""

    def __init__(self, vault: Vault, commits: Commits, files: CaseFiles, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._commits = commits
        self._files = files
        self._disclosures = disclosures

    def sign(
        self, principal: Principal, id: CaseId, form: NoteForm, *, title: str, submission: Submission, draft: Draft
    ) -> Sent:
        """The draft becomes a note, signed by somebody with this title; raises what `journaling.sign` raises.

        `NotFound` for a case the principal may not know of; `Conflict` when the draft was changed or signed meanwhile.
        """
        new = ItemId(self._fresh())
        gone = spent(draft, self._sealing, self._clock.now())

        def build() -> Change:
            case = self._case(principal, id)
            counted = self._store.get(CONTACTS, id)
            before = None if counted is None else read_contacts(counted, self._sealing)
            return journaling.sign(case, before, form, id=new, title=title, by=principal, now=self._clock.now())

        return settle(self._commits, submission, new, build, gone)

    def add(
        self, principal: Principal, id: CaseId, note: ItemId, text: str, *, title: str, submission: Submission
    ) -> Sent:
        """The note gets one more addition; raises what `journaling.add` raises and `NotFound` as in `sign`."""

        def build() -> Change:
            case = self._case(principal, id)
            document = self._note(case, note)
            if document is None:
                raise NotFound(note)
            there = read_note(document, self._sealing)
            return journaling.add(case, there, text, title=title, by=principal, now=self._clock.now())

        return settle(self._commits, submission, note, build)

    def review(
        self,
        principal: Principal,
        id: CaseId,
        note: ItemId,
        said: Considered,
        *,
        seen: int,
        title: str,
        submission: Submission,
    ) -> Sent:
        """The note is reviewed for the person it is about; raises what `releasing.review` raises.

        `NotFound` as in `add`. `seen` is the revision of the review that was shown (0: none); `AlreadyDone` when it is
        not the one that stands.
        """

        def build() -> Change:
            case = self._case(principal, id)
            document, stands = self._note(case, note), self._store.get(REVIEWS, note)
            if document is None:
                raise NotFound(note)
            there = read_note(document, self._sealing)
            if seen != (stands.rev if stands else 0):
                raise AlreadyDone("reviewed meanwhile")
            before = read_review(stands, self._sealing) if stands else None
            return releasing.review(case, there, before, said, title=title, by=principal, now=self._clock.now())

        return settle(self._commits, submission, note, build)

    def page(self, principal: Principal, id: CaseId, cursor: str | None = None) -> JournalPage | None:
        """One page of all that has happened in the case, opened and so logged; None for who may not open it.

        Of meetings those that its person has had with the unit, and those that somebody was invited to from the case.

        `Refused` for a cursor that is not ours.
        """
        case = self._files.case(principal, id)
        if case is None:
            return None
        streams = self._streams(case)
        found = merged(self._store, streams, size=NOTES_OF_CASE.page, cursor=cursor)
        calls: list[Callable[[], Any]] = [
            partial(self._disclosures.record, principal, id, "journal"),
            partial(self._store.get, CONTACTS, id),
            partial(self._milestones, case),
            partial(self._unanswered, id),
            partial(self._reviews, [one.id for name, one in found.documents if name == _NOTES]),
            partial(invited_from, self._store, id),
        ]
        _, counted, milestones, unanswered, reviews, invited = self._store.together(*calls)
        others = [
            one for one in invited if self._person(case) != one.fields["person"] or one.fields["unit"] != case.unit
        ]
        documents = [*(one for _, one in found.documents), *others]
        self._ring.load([note_key(one) for one in (*documents, *([counted] if counted else []))])
        entries = [
            Entry(streams[name].at(one), self._opened(name, one), again=name == _ANSWERS)
            for name, one in found.documents
        ]
        meetings = [told(one, self._sealing) for one in others]
        entries += [Entry(one.start, one) for one in meetings if found.holds(one.start)]
        entries += [Entry(at, one) for one, at in milestones if found.holds(at)]
        entries.sort(key=lambda one: one.at, reverse=True)
        contacts = read_contacts(counted, self._sealing) if counted else None
        return JournalPage(entries, contacts, found.cursor, reviews, unanswered)

    def open(self, principal: Principal, id: CaseId, note: ItemId) -> tuple[Note, Review | None] | None:
        """One note of the case with the review that stands, opened and so logged.

        None for who may not open the case, and for another case's note.
        """
        case = self._files.case(principal, id)
        document = None if case is None else self._note(case, note)
        if document is None:
            return None
        self._disclosures.record(principal, id, "note")
        stands = self._store.get(REVIEWS, note)
        return read_note(document, self._sealing), read_review(stands, self._sealing) if stands else None

    def _case(self, principal: Principal, id: CaseId) -> Case:
        """The case to write in; `NotFound` when the principal may not know of it."""
        case = self._files.case(principal, id)
        if case is None or not access.may_open(principal, case):
            raise NotFound(id)
        return case

    def _note(self, case: Case, note: ItemId) -> Document | None:
        document = self._store.get(NOTES, note)
        return document if document is not None and document.fields["case"] == case.id else None

    def _unanswered(self, id: CaseId) -> list[Unanswered]:
        page = self._store.query(OBJECTIONS_OPEN, {"case": id, "open": True}, limit=OBJECTIONS_OPEN.page)
        return [
            Unanswered(ItemId(one.id), ItemId(note) if (note := str(one.fields["note"])) else None, read_clock(one))
            for one in page.documents
        ]

    def _reviews(self, notes: Sequence[str]) -> dict[ItemId, Review]:
        found = self._store.get_many(REVIEWS, notes) if notes else {}
        self._ring.load([review_key(one) for one in found.values()])
        return {ItemId(id): read_review(one, self._sealing) for id, one in found.items()}

    def _opened(self, name: str, document: Document) -> Note | Letter | ToldMeeting | Objection:
        if name in {BOOKED, CANCELLED}:
            return told(document, self._sealing)
        read: Mapping[str, Callable[..., Note | Letter]] = {_NOTES: read_note, _LETTERS: read_letter}
        return read[name](document, self._sealing) if name in read else read_objection(document, self._sealing)

    def _person(self, case: Case) -> PersonIndex | None:
        """Whose case it is, as far as a number tells."""
        number = case.person.number
        return case.applicant or (PersonIndex(self._cipher.index("person", number)) if number else None)

    def _streams(self, case: Case) -> dict[str, Stream]:
        person = self._person(case)
        return {
            _NOTES: Stream(NOTES_OF_CASE, {"case": case.id}),
            _LETTERS: Stream(LETTERS_OF_CASE, {"case": case.id}),
            _ANSWERS: Stream(ANSWERS_IN_CASE, {"case": case.id, "open": False}),
            _SAID: Stream(OBJECTIONS_OF_CASE, {"case": case.id}),
            **(in_unit(case.unit, person) if person else {}),
        }

    def _milestones(self, case: Case) -> list[tuple[Milestone, datetime]]:
        """What has a page of its own, with its instant: an investigation may have several decisions."""
        began = Milestone.REPORT if case.kind is CaseKind.OROSANMALAN else Milestone.OPENED
        found: list[tuple[Milestone, object]] = [(began, case.opened_at)]
        if case.assessment is not None and (one := self._store.get("assessments", case.assessment)):
            found.append((Milestone.ASSESSMENT, one.fields["assessed_at"]))
        found += [(Milestone.DECISION, one.fields["decided_at"]) for one in self._decisions(case)]
        return [(milestone, at) for milestone, at in found if isinstance(at, datetime)]

    def _decisions(self, case: Case) -> Sequence[Document]:
        if case.decision is None:
            return ()
        if case.kind is CaseKind.UTREDNING:
            return self._store.query(DECISIONS_OF_CASE, {"case": case.id}, limit=DECISIONS_OF_CASE.page).documents
        one = self._store.get("decisions", case.decision)
        return () if one is None else (one,)
