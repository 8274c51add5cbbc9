"""What people say of their files: sent by whom the file is about, read and answered by those who write in the case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from shared.domain import access, objections
from shared.domain.cases import Case
from shared.domain.change import Change
from shared.domain.ids import CaseId, FileId, ItemId, SubmissionId
from shared.domain.objection_items import Objection
from shared.domain.objections import Said
from shared.domain.principals import Principal
from shared.domain.queries import ANSWERS_TO_PERSON, OBJECTIONS_OF_NOTE, OBJECTIONS_OPEN
from shared.domain.retention import kept_as
from shared.ports.store import Document, NotFound, Value
from shared.records.case_rows import case_key, read_case
from shared.records.casefiles import CaseFiles
from shared.records.commits import Commits
from shared.records.deadlines import read_deadline
from shared.records.directory_store import DirectoryStore
from shared.records.drafts import Draft, spent
from shared.records.ended_cases import tended
from shared.records.objection_rows import OBJECTIONS, answered_at, read_objection
from shared.records.own_file import OwnFile
from shared.records.review_rows import review_key
from shared.records.sent_files import SentFiles
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_MOST: Final = OBJECTIONS_OF_NOTE.page
_LATEST: Final = 3


@dataclass(frozen=True, slots=True)
class Written:
    """What a draft of an objection says: the words, which of its files are sent, and whether an answer is asked for."""

    text: str
    files: tuple[FileId, ...] = ()
    asks: bool = True


class Objections:
    """The desk of objections; what is shown is written in the disclosure log first."""

    def __init__(
        self,
        vault: Vault,
        commits: Commits,
        submissions: Submissions,
        *,
        files: CaseFiles,
        own_file: OwnFile,
        sent_files: SentFiles,
        disclosures: Disclosures,
        directory: DirectoryStore,
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._commits = commits
        self._submissions = submissions
        self._files = files
        self._own_file = own_file
        self._sent_files = sent_files
        self._disclosures = disclosures
        self._directory = directory

    def may_send(self, principal: Principal, note: ItemId | None) -> bool:
        """Whether the person may say something of the note now, or of the file when there is no note."""
        return self._readable(principal, note) is not None

    def send(self, principal: Principal, note: ItemId | None, written: Written, draft: Draft) -> Sent:
        """The draft is sent, with its files; `Sent.result` is the id of what it became.

        Once: the draft's id is the submission's. Raises what `objections.object_to` raises, `NotFound` for a note or a
        file that the person may not read now, and `Conflict` when the draft was changed meanwhile.
        """
        new = ItemId(self._fresh())
        answers: Mapping[str, Any] = dict(draft.answers)
        once = Submission(str(principal.person), SubmissionId(draft.id), {"answers": answers})
        if before := self._submissions.recall(once):
            return before

        def build() -> Change:
            case = tended(self._case_of(principal, note), self._directory.present())
            attached = self._sent_files.of_draft(draft, written.files, kept_as(case))
            said = Said(written.text, attached, written.asks)
            return objections.object_to(
                case,
                note,
                said,
                id=new,
                before=self._before(case, note),
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
            )

        return settle(self._commits, once, new, build, spent(draft, self._sealing, self._clock.now()))

    def sent_before(self, principal: Principal, draft: str) -> str | None:
        """The id of what this draft became, or None."""
        return self._submissions.result_of(str(principal.person), SubmissionId(draft))

    def own(self, principal: Principal, note: ItemId) -> list[Objection]:
        """What the person has said of the note, newest first; nothing for a note that they may not read now."""
        review = self._own_file.readable(principal, note)
        return [] if review is None else self._opened(principal, self._of(note), "own_objections")

    def own_one(self, principal: Principal, id: ItemId) -> Objection | None:
        """One thing that the person has said; None for everybody else's, and while the own file can not be read."""
        document = None if principal.person is None else self._store.get(OBJECTIONS, id)
        if document is None or document.fields.get("person") != principal.person:
            return None
        if not self._own_file.opens(principal):
            return None
        return self._opened(principal, [document], "own_objections")[0]

    def answered_since(self, principal: Principal, since: datetime) -> datetime | None:
        """When the person was last answered, if that is since then and the own file opens; nothing is shown.

        One read while there is no answer. Of what was last answered or read three are looked at.
        """
        if not access.may_have_letters(principal):
            return None
        equal: dict[str, Value] = {"person": principal.person, "open": False}
        found = self._store.query(ANSWERS_TO_PERSON, equal, limit=_LATEST).documents
        times = [when for one in found if (when := answered_at(one)) is not None and when >= since]
        return max(times) if times and self._own_file.opens(principal) else None

    def of_note(self, principal: Principal, id: CaseId, note: ItemId) -> list[Objection]:
        """The same for staff who may open the case, logged; nothing for everybody else."""
        case = self._files.case(principal, id)
        found = [] if case is None else [one for one in self._of(note) if one.fields["case"] == case.id]
        return self._opened(principal, found, "objections")

    def one(self, principal: Principal, id: CaseId, objection: ItemId) -> Objection | None:
        """One thing said in the case, logged; None for who may not open it, and for another case's."""
        case, document = self._files.case(principal, id), self._store.get(OBJECTIONS, objection)
        if case is None or document is None or document.fields["case"] != case.id:
            return None
        return self._opened(principal, [document], "objections")[0]

    def answer(
        self, principal: Principal, id: CaseId, objection: ItemId, text: str, *, title: str, submission: Submission
    ) -> Sent:
        """The person is answered; raises what `objections.answer` raises.

        `NotFound` for a case the principal may not know of, and for another case's objection.
        """

        def build() -> Change:
            case, there = self._there(principal, id, objection)
            clock = self._store.get("deadlines", there.clock.deadline) if there.clock else None
            running = None if clock is None else read_deadline(clock)
            return objections.answer(case, there, running, text, title=title, by=principal, now=self._clock.now())

        return settle(self._commits, submission, objection, build)

    def hear(self, principal: Principal, id: CaseId, objection: ItemId, submission: Submission) -> Sent:
        """Staff have read what asks for no answer; raises what `objections.hear` does and `NotFound` as `answer`."""

        def build() -> Change:
            case, there = self._there(principal, id, objection)
            return objections.hear(case, there, by=principal, now=self._clock.now())

        return settle(self._commits, submission, objection, build)

    def _there(self, principal: Principal, id: CaseId, objection: ItemId) -> tuple[Case, Objection]:
        case, document = self._files.case(principal, id), self._store.get(OBJECTIONS, objection)
        if case is None or document is None or document.fields["case"] != id:
            raise NotFound(objection)
        return case, read_objection(document, self._sealing)

    def _readable(self, principal: Principal, note: ItemId | None) -> Document | None:
        """The released review of the note, or the newest of all for the file itself."""
        return self._own_file.newest(principal) if note is None else self._own_file.readable(principal, note)

    def _case_of(self, principal: Principal, note: ItemId | None) -> Case:
        """The note's case. What is added to the file itself lies in the case of what was released last."""
        readable = self._readable(principal, note)
        document = None if readable is None else self._store.get("cases", str(readable.fields["case"]))
        if document is None:
            raise NotFound(OBJECTIONS)
        self._ring.load([case_key(document)])
        return read_case(document, self._sealing)

    def _before(self, case: Case, note: ItemId | None) -> int:
        if note is not None:
            return self._store.count(OBJECTIONS_OF_NOTE, {"note": note}, cap=objections.MOST)
        return self._store.count(OBJECTIONS_OPEN, {"case": case.id, "open": True}, cap=objections.MOST)

    def _of(self, note: ItemId) -> Sequence[Document]:
        return self._store.query(OBJECTIONS_OF_NOTE, {"note": note}, limit=_MOST).documents

    def _opened(self, principal: Principal, documents: Sequence[Document], what: str) -> list[Objection]:
        """All of one case, opened after that is logged."""
        if not documents:
            return []
        self._disclosures.record(principal, CaseId(str(documents[0].fields["case"])), what)
        self._ring.load([review_key(one) for one in documents])
        return [read_objection(one, self._sealing) for one in documents]
