"""What a reporter may do: file a report, and read the own receipt and feedback."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Final, NoReturn

from shared import log
from shared.domain import access, intake
from shared.domain.attachments import Attachment
from shared.domain.cases import CaseKind, reference
from shared.domain.ids import AktId, ItemId, KeyId, PersonIndex, SubmissionId, UnitId
from shared.domain.own_law import OwnLaw
from shared.domain.principals import Principal
from shared.domain.queries import REPORTS_OF_REPORTER
from shared.domain.reports import Report
from shared.domain.retention import Retention
from shared.ports.keys import KeyGone
from shared.ports.store import Conflict, NotFound
from shared.records.attachment_rows import ATTACHMENTS, read_attachment
from shared.records.case_rows import read_akt_of
from shared.records.commits import Commits
from shared.records.drafts import Draft, spent
from shared.records.item_rows import read_report
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.trail import Disclosures
from shared.records.vault import Vault

_TRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the reporter may see of an own report. `reference` is for the phone.

    A report that was filed for another organisation than the reporter's present one is not `here`: its receipt tells
    number and day alone, nothing of what was filed and no feedback. `may_ask`: feedback can still be asked for.
    """

    report: Report
    reference: str
    here: bool
    may_ask: bool


@dataclass(frozen=True, slots=True)
class OwnReports:
    """One page of the reporter's own reports, newest first."""

    reports: list[Receipt]
    cursor: str | None


class Reporting:
    """The reporter's desk."""

    def __init__(
        self,
        vault: Vault,
        commits: Commits,
        submissions: Submissions,
        disclosures: Disclosures,
        own_law: Callable[[], OwnLaw],
    ) -> None:
        self._own_law = own_law
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._commits = commits
        self._submissions = submissions
        self._disclosures = disclosures

    def file(self, principal: Principal, filed: intake.Filed, unit: UnitId, draft: Draft) -> Sent:
        """The draft becomes a received report with its clocks running; `Sent.result` is the report's id.

        The draft's id is the submission's id, so sending the same draft twice or in parallel gives the same
        receipt. The receipt instant is when the batch is written. Raises `Conflict` when the draft was
        changed meanwhile (show it again), `Unavailable` when the store did not answer. A file that the draft lists
        and that is not there raises `NotFound`: nothing is sent without it.
        """
        submission = Submission(_owner(principal), SubmissionId(draft.id), {"answers": dict(draft.answers)})
        report = ItemId(self._fresh())
        for last in range(_TRIES):
            attached = self._attached(filed, draft)
            if attached is None:
                return self._submissions.recall(submission) or self._without_a_file(draft)
            place = self._place(filed, unit)
            change = intake.receive(
                filed,
                place,
                report=report,
                by=principal,
                now=self._clock.now(),
                fresh=self._fresh,
                attached=attached,
                law=self._own_law(),
            )
            try:
                sent = self._commits.commit(change, submission, report, spent(draft, self._sealing, change.at))
            except Conflict:
                self._give_up(place)
                current = self._store.get("drafts", draft.id)
                if last == _TRIES - 1 or current is None or current.rev != draft.rev:
                    raise
                continue
            if sent.result != report:
                self._give_up(place)  # another call's report stands; ours may stand although its answer got lost
            return sent
        raise Conflict("reports")

    def _place(self, filed: intake.Filed, unit: UnitId) -> intake.Place:
        index = PersonIndex(self._cipher.index("person", filed.child.number)) if filed.child.number else None
        known = self._known(index)
        akt = known or AktId(self._fresh())
        case_key, *person_key = self._ring.create_many(akt, Retention.FIVE_YEARS_NOT_OPENED, 1 if known else 2)
        return intake.Place(unit, akt, case_key, index, *person_key)

    def _attached(self, filed: intake.Filed, draft: Draft) -> list[Attachment] | None:
        """The draft's files that are sent, their keys moved to what is kept longer; None when one is not there."""
        found = self._store.get_many(ATTACHMENTS, filed.attachments) if filed.attachments else {}
        own = {id: one for id, one in found.items() if one.fields["holder"] == draft.id}
        if len(own) != len(filed.attachments):
            return None
        attached = [read_attachment(own[id], self._sealing) for id in filed.attachments]
        for one in attached:
            with suppress(KeyGone):  # refused: its row has changed, and the batch is made anew if it has just now
                self._ring.prolong(one.file.key, Retention.FIVE_YEARS_NOT_OPENED)
        return attached

    def _without_a_file(self, draft: Draft) -> NoReturn:
        current = self._store.get("drafts", draft.id)
        if current is None or current.rev != draft.rev:
            raise Conflict("drafts")  # it was taken away on another page
        log.alarm("file.missing", collection=ATTACHMENTS)
        raise NotFound(ATTACHMENTS)

    def _known(self, index: PersonIndex | None) -> AktId | None:
        document = None if index is None else self._store.get("person_index", index)
        return None if document is None else read_akt_of(document)[1]

    def _give_up(self, place: intake.Place) -> None:
        """Keys made for a batch that was not written hold nothing: they go."""
        for key in (place.case_key, place.person_key):
            if key is not None:
                self._ring.erase(KeyId(key))

    def sent_before(self, principal: Principal, draft: str) -> str | None:
        """The report that this draft became, or None."""
        return self._submissions.result_of(_owner(principal), SubmissionId(draft))

    def receipt(self, principal: Principal, report: ItemId, *, whole: bool = False) -> Receipt | None:
        """The own report's receipt, or None when it is not the principal's; `whole` opens what was filed.

        Reading what was filed is for the same organisation (else None) and written in the disclosure log first.
        """
        document = self._store.get("reports", report)
        found = None if document is None else read_report(document, self._sealing)
        may = access.may_read_what_was_filed if whole else access.may_read_own_report
        if document is None or found is None or not may(principal, found):
            return None
        if whole:
            self._disclosures.record(principal, found.case, "own_report")
            self._ring.load([found.key])
            found = read_report(document, self._sealing, "story", "contact")
        return _receipt(principal, found)

    def own(self, principal: Principal, cursor: str | None = None) -> OwnReports:
        """The principal's own reports with their feedback; nothing of the content and no name."""
        page = self._store.query(
            REPORTS_OF_REPORTER, {"reporter": _owner(principal)}, limit=REPORTS_OF_REPORTER.page, cursor=cursor
        )
        found = (read_report(one, self._sealing) for one in page.documents)
        return OwnReports([_receipt(principal, one) for one in found], page.cursor)


def _receipt(principal: Principal, report: Report) -> Receipt:
    here = access.may_read_what_was_filed(principal, report)
    shown = report if here else replace(report, feedback=None, feedback_requested=False, request=None, stopped_files=0)
    may_ask = access.may_ask_for_feedback(principal, report)
    return Receipt(shown, reference(CaseKind.OROSANMALAN, report.case), here, may_ask)


def _owner(principal: Principal) -> str:
    if principal.person is None:
        raise ValueError("no person")
    return principal.person
