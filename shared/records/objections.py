"""Objections to notes: made by the person who may read the note, answered by those who write in the case."""

from collections.abc import Sequence
from typing import Final

from shared.domain import objections
from shared.domain.cases import Case
from shared.domain.change import Change
from shared.domain.ids import CaseId, ItemId
from shared.domain.objection_items import Objection
from shared.domain.principals import Principal
from shared.domain.queries import OBJECTIONS_OF_NOTE
from shared.ports.store import Document, NotFound
from shared.records.case_rows import case_key, read_case
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.deadlines import read_deadline
from shared.records.objection_rows import OBJECTIONS, read_objection
from shared.records.own_file import OwnFile
from shared.records.review_rows import review_key
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_MOST: Final = OBJECTIONS_OF_NOTE.page


class Objections:
    """The desk of objections; what is shown is written in the disclosure log first."""

    def __init__(
        self, vault: Vault, commits: Commits, files: CaseFiles, own_file: OwnFile, disclosures: Disclosures
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._commits = commits
        self._files = files
        self._own_file = own_file
        self._disclosures = disclosures

    def make(self, principal: Principal, note: ItemId, text: str, submission: Submission) -> Sent:
        """The person objects to a note of the own file; raises what `objections.object_to` raises.

        `NotFound` for a note that the person may not read now.
        """
        new = ItemId(self._fresh())

        def build() -> Change:
            case = self._case_of(principal, note)
            before = self._store.count(OBJECTIONS_OF_NOTE, {"note": note}, cap=objections.MOST)
            return objections.object_to(
                case, note, text, id=new, before=before, by=principal, now=self._clock.now(), fresh=self._fresh
            )

        return settle(self._commits, submission, note, build)

    def own(self, principal: Principal, note: ItemId) -> list[Objection]:
        """What the person has said of the note, newest first; nothing for a note that they may not read now."""
        review = self._own_file.readable(principal, note)
        return [] if review is None else self._opened(principal, self._of(note), "own_objections")

    def of_note(self, principal: Principal, id: CaseId, note: ItemId) -> list[Objection]:
        """The same for staff who may open the case, logged; nothing for everybody else."""
        case = self._files.case(principal, id)
        found = [] if case is None else [one for one in self._of(note) if one.fields["case"] == case.id]
        return self._opened(principal, found, "objections")

    def answer(
        self, principal: Principal, id: CaseId, objection: ItemId, text: str, *, title: str, submission: Submission
    ) -> Sent:
        """The person is answered; raises what `objections.answer` raises.

        `NotFound` for a case the principal may not know of, and for another case's objection.
        """

        def build() -> Change:
            case, document = self._files.case(principal, id), self._store.get(OBJECTIONS, objection)
            if case is None or document is None or document.fields["case"] != id:
                raise NotFound(objection)
            there = read_objection(document, self._sealing)
            clock = self._store.get("deadlines", there.deadline)
            running = None if clock is None else read_deadline(clock)
            return objections.answer(case, there, running, text, title=title, by=principal, now=self._clock.now())

        return settle(self._commits, submission, objection, build)

    def _case_of(self, principal: Principal, note: ItemId) -> Case:
        readable = self._own_file.readable(principal, note)
        document = None if readable is None else self._store.get("cases", str(readable.fields["case"]))
        if document is None:
            raise NotFound(note)
        self._ring.load([case_key(document)])
        return read_case(document, self._sealing)

    def _of(self, note: ItemId) -> Sequence[Document]:
        return self._store.query(OBJECTIONS_OF_NOTE, {"note": note}, limit=_MOST).documents

    def _opened(self, principal: Principal, documents: Sequence[Document], what: str) -> list[Objection]:
        """All of one case, opened after that is logged."""
        if not documents:
            return []
        self._disclosures.record(principal, CaseId(str(documents[0].fields["case"])), what)
        self._ring.load([review_key(one) for one in documents])
        return [read_objection(one, self._sealing) for one in documents]
