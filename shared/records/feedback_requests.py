"""Requests for feedback that come after the report: by its reporter, or noted by who was asked (SoL 19:6)."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from shared.domain import access, feedback, transitions
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.ids import CaseId, ItemId
from shared.domain.own_law import OwnLaw
from shared.domain.principals import Principal
from shared.domain.reports import AskedHow, FeedbackRequest, Report
from shared.ports.store import Document, NotFound
from shared.records.case_rows import case_key, read_case
from shared.records.commits import Commits
from shared.records.directory_store import DirectoryStore
from shared.records.item_rows import read_report
from shared.records.settling import settle
from shared.records.submissions import Sent, Submission
from shared.records.vault import Vault


class FeedbackRequests:
    """Two doors to one act: the reporter's and that of staff."""

    def __init__(
        self, vault: Vault, commits: Commits, directory: DirectoryStore, own_law: Callable[[], OwnLaw]
    ) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._fresh = vault.fresh
        self._commits = commits
        self._directory = directory
        self._own_law = own_law

    def ask(self, principal: Principal, report: ItemId, submission: Submission) -> Sent:
        """The reporter asks about the own report; nothing of the case is given out, not even whether it is decided.

        A case of a unit that has been closed since goes on in the one that receives reports.

        Raises `NotFound` for a report that is not the principal's at this workplace, and what `feedback.request`
        raises. `Sent.result` is the report's id.
        """

        def build() -> Change:
            document = self._stored("reports", report)
            if not access.may_read_what_was_filed(principal, read_report(document, self._sealing)):
                raise NotFound(report)
            case = self._where_somebody_works(self._case(str(document.fields["case"])))
            asked = FeedbackRequest(local_date(self._clock.now()), AskedHow.LOGGED_IN)
            return self._change(principal, case, self._whole(document), asked)

        return settle(self._commits, submission, report, build)

    def note(self, principal: Principal, id: CaseId, on: date, how: AskedHow, submission: Submission) -> Sent:
        """Who decides in the case notes that its reporter asked, on a Swedish date and how.

        Raises `NotFound` for a case that the principal may not know of, `NotOpen` for one without a report, and what
        `feedback.request` raises. `Sent.result` is the case's id.
        """

        def build() -> Change:
            case = self._case(id)
            if not access.may_open(principal, case):
                raise NotFound(id)
            today = local_date(self._clock.now())
            transitions.demand_possible(case, principal, today, Action.FEEDBACK_REQUESTED)
            report = self._whole(self._stored("reports", str(case.report)))
            return self._change(principal, case, report, FeedbackRequest(on, how, principal.staff))

        return settle(self._commits, submission, id, build)

    def _change(self, by: Principal, case: Case, report: Report, asked: FeedbackRequest) -> Change:
        return feedback.request(
            case,
            report,
            asked,
            still_there=case.open or self._still_there(case),
            by=by,
            now=self._clock.now(),
            fresh=self._fresh,
            law=self._own_law(),
        )

    def _where_somebody_works(self, case: Case) -> Case:
        """The case, in the unit that receives reports when its own has been closed since."""
        town = self._directory.present()
        unit = town.units.get(case.unit)
        return case if unit is not None and unit.active else replace(case, unit=town.intake.id)

    def _still_there(self, case: Case) -> bool:
        """Whether the caseworker of a case that had ended may have it today: nobody looked after that meanwhile."""
        staff = None if case.assignee is None else self._directory.present().staff.get(case.assignee)
        return staff is not None and access.may_have(staff, case)

    def _stored(self, collection: str, id: str) -> Document:
        document = self._store.get(collection, id)
        if document is None:
            raise NotFound(id)
        self._ring.load([case_key(document)])
        return document

    def _case(self, id: str) -> Case:
        return read_case(self._stored("cases", id), self._sealing)

    def _whole(self, document: Document) -> Report:
        return read_report(document, self._sealing, "story", "contact")
