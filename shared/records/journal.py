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
from shared.domain.ids import CaseId, DeadlineId, ItemId
from shared.domain.letters import Letter
from shared.domain.notes import Contacts, Note, NoteForm
from shared.domain.principals import Principal
from shared.domain.queries import LETTERS_OF_CASE, NOTES_OF_CASE, OBJECTIONS_OPEN
from shared.domain.releasing import Considered
from shared.domain.reviews import Review
from shared.ports.store import Document, NotFound
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.drafts import Draft, spent
from shared.records.letter_rows import read_letter
from shared.records.merging import Stream, merged
from shared.records.note_rows import CONTACTS, NOTES, note_key, read_contacts, read_note
from shared.records.review_rows import REVIEWS, read_review, review_key
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_NOTES: Final = "n"
_LETTERS: Final = "l"


class Milestone(StrEnum):
    """What stands once in a case and has a page of its own."""

    REPORT = "report"
    OPENED = "opened"
    ASSESSMENT = "assessment"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing of the chronology and when it happened."""

    at: datetime
    what: Note | Letter | Milestone


@dataclass(frozen=True, slots=True)
class Unanswered:
    """An objection that waits for its answer, not opened."""

    note: ItemId
    deadline: DeadlineId
    due: datetime


@dataclass(frozen=True, slots=True)
class JournalPage:
    """One page of the chronology, newest first, and how many contacts the case has had."""

    entries: list[Entry]
    contacts: Contacts | None
    cursor: str | None
    reviews: Mapping[ItemId, Review] = field(default_factory=dict)
    """Those that stand, by note."""
    unanswered: list[Unanswered] = field(default_factory=list)
    """Objections that wait, the most urgent first; at most ten."""


class Journal:
    """The desk of the journal; what is shown of it is written in the disclosure log first."""

    def __init__(self, vault: Vault, commits: Commits, files: CaseFiles, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
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
        """One page of the case's notes, letters and decisions, opened and so logged; None for who may not open it.

        `Refused` for a cursor that is not ours.
        """
        case = self._files.case(principal, id)
        if case is None:
            return None
        streams = {_NOTES: Stream(NOTES_OF_CASE, {"case": id}), _LETTERS: Stream(LETTERS_OF_CASE, {"case": id})}
        found = merged(self._store, streams, size=NOTES_OF_CASE.page, cursor=cursor)
        calls: list[Callable[[], Any]] = [
            partial(self._disclosures.record, principal, id, "journal"),
            partial(self._store.get, CONTACTS, id),
            partial(self._milestones, case),
            partial(self._unanswered, id),
            partial(self._reviews, [one.id for name, one in found.documents if name == _NOTES]),
        ]
        _, counted, milestones, unanswered, reviews = self._store.together(*calls)
        documents = [one for _, one in found.documents]
        self._ring.load([note_key(one) for one in (*documents, *([counted] if counted else []))])
        entries = [Entry(streams[name].at(one), self._opened(name, one)) for name, one in found.documents]
        entries += [Entry(at, one) for one, at in milestones.items() if found.holds(at)]
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
        fields: list[Any] = [one.fields for one in page.documents]
        return [Unanswered(ItemId(one["note"]), DeadlineId(one["deadline"]), one["due"]) for one in fields]

    def _reviews(self, notes: Sequence[str]) -> dict[ItemId, Review]:
        found = self._store.get_many(REVIEWS, notes) if notes else {}
        self._ring.load([review_key(one) for one in found.values()])
        return {ItemId(id): read_review(one, self._sealing) for id, one in found.items()}

    def _opened(self, name: str, document: Document) -> Note | Letter:
        return read_note(document, self._sealing) if name == _NOTES else read_letter(document, self._sealing)

    def _milestones(self, case: Case) -> dict[Milestone, datetime]:
        """What stands once, with its instant."""
        began = Milestone.REPORT if case.kind is CaseKind.OROSANMALAN else Milestone.OPENED
        asked = {
            Milestone.ASSESSMENT: ("assessments", case.assessment, "assessed_at"),
            Milestone.DECISION: ("decisions", case.decision, "decided_at"),
        }
        found = {began: case.opened_at}
        for milestone, (collection, item, when) in asked.items():
            document = None if item is None else self._store.get(collection, item)
            at = None if document is None else document.fields[when]
            if isinstance(at, datetime):
                found[milestone] = at
        return found
