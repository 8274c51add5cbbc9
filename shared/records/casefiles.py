"""Case files: what staff of the unit may read of a case, each opening written in the disclosure log first."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from shared.domain import access
from shared.domain.applications import Application
from shared.domain.assessments import ProtectionAssessment
from shared.domain.assistance_decisions import AssistanceDecision
from shared.domain.cases import Case, CaseKind, Step, reference
from shared.domain.decisions import PreliminaryDecision
from shared.domain.ids import CaseId
from shared.domain.investigation_decisions import InvestigationDecision
from shared.domain.originals import Original
from shared.domain.principals import Principal
from shared.domain.queries import (
    CASE_TIMELINE,
    CASES_OF_AKT,
    CASES_TAKEN_OVER,
    DECISIONS_OF_CASE,
    INVESTIGATIONS_OF_AKT,
)
from shared.domain.reports import Report
from shared.domain.withdrawals import Withdrawal
from shared.ports.store import Document, Value
from shared.records.application_rows import APPLICATIONS, read_application
from shared.records.assistance_rows import read_assistance
from shared.records.case_rows import case_key, read_case
from shared.records.drafts import Draft, Drafts, staff_form_id
from shared.records.investigation_rows import read_investigation
from shared.records.item_rows import read_assessment, read_preliminary, read_report
from shared.records.original_rows import read_original
from shared.records.trail import Disclosures
from shared.records.vault import Vault
from shared.records.withdrawal_rows import WITHDRAWALS, read_withdrawal

_OTHERS: Final = 4


@dataclass(frozen=True, slots=True)
class OtherCase:
    """Another case of the same person, as a list may show it."""

    id: CaseId
    kind: CaseKind
    reference: str
    opened_at: datetime
    open: bool


@dataclass(frozen=True, slots=True)
class CaseFile:
    """A case as it was opened for one principal; contact details are not in it.

    `original` is that of the decision, once it is made; `taken_over` are the reports an investigation has taken over;
    `draft` is that of the staff form the case was opened for.
    """

    case: Case
    report: Report | None
    application: Application | None
    assessment: ProtectionAssessment | None
    decision: PreliminaryDecision | None
    original: Original | None
    others: list[OtherCase]
    taken_over: list[OtherCase]
    draft: Draft | None
    assistance: AssistanceDecision | None = None
    """The decision when the case is an application."""
    investigated: tuple[InvestigationDecision, ...] = ()
    """The decisions in an investigation, newest first."""

    withdrawal: Withdrawal | None = None
    """That its application was taken back, as staff wrote it down."""

    @property
    def decided(self) -> PreliminaryDecision | AssistanceDecision | InvestigationDecision | None:
        """The decision of the case, whichever its kind has; the latest of an investigation."""
        return self.decision or self.assistance or next(iter(self.investigated), None)


@dataclass(frozen=True, slots=True)
class TimelinePage:
    """What has happened, newest first: plain audit fields {number, at, action, actor, actor_kind, detail}."""

    entries: list[dict[str, Any]]
    cursor: str | None


class CaseFiles:
    """Opens case files; every opening is written in the disclosure log first."""

    def __init__(self, vault: Vault, disclosures: Disclosures) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._disclosures = disclosures
        self._drafts = Drafts(vault)

    def case(self, principal: Principal, id: CaseId) -> Case | None:
        """The case for a change about to be decided, or None when the principal may not know that it exists.

        Another unit's costs what one costs that is not there: neither its key nor a word of it is touched.
        """
        document = self._store.get("cases", id)
        if document is None or not access.may_work_in_unit(principal, str(document.fields["unit"])):
            return None
        self._ring.load([case_key(document)])
        return read_case(document, self._sealing)

    def with_draft(self, principal: Principal, id: CaseId, form: str) -> tuple[Case | None, Draft | None]:
        """The same with the case's draft of a staff form, asked for side by side; no draft without the case."""
        calls: list[Callable[[], Any]] = [
            partial(self.case, principal, id),
            partial(self._drafts.find, staff_form_id(id, form), id),
        ]
        case, draft = self._store.together(*calls)
        return case, (None if case is None else draft)

    def open(self, principal: Principal, id: CaseId, what: str = "case", form: str = "") -> CaseFile | None:
        """The case with what belongs to it, or None for everybody who may not open it; `form` asks for its draft."""
        case, draft = self.with_draft(principal, id, form) if form else (self.case(principal, id), None)
        if case is None:
            return None
        items = {
            "reports": case.report,
            APPLICATIONS: case.application,
            "assessments": case.assessment,
            "decisions": None if case.kind is CaseKind.UTREDNING else case.decision,
        }
        asked = {name: partial(self._store.get, name, item) for name, item in items.items() if item is not None}
        if case.withdrawn is not None:
            asked[WITHDRAWALS] = partial(self._store.get, WITHDRAWALS, case.withdrawn.id)
        if case.decision is not None:
            asked["originals"] = partial(self._store.get, "originals", case.decision)
        calls: list[Callable[[], Any]] = [
            partial(self._disclosures.record, principal, id, what),  # nothing of it is opened before it is written
            partial(self._others, case),
            partial(self.taken_over, case),
            partial(self._investigated, case),
            *asked.values(),
        ]
        _, others, taken_over, investigated, *answers = self._store.together(*calls)
        found = dict(zip(asked, answers, strict=True))
        return CaseFile(
            case,
            read_report(one, self._sealing, "story") if (one := found.get("reports")) else None,
            read_application(one, self._sealing, "story", "order") if (one := found.get(APPLICATIONS)) else None,
            read_assessment(one, self._sealing) if (one := found.get("assessments")) else None,
            read_preliminary(one, self._sealing) if (one := found.get("decisions")) and case.report else None,
            read_original(one) if (one := found.get("originals")) else None,
            others,
            taken_over,
            draft,
            read_assistance(one, self._sealing) if (one := found.get("decisions")) and case.application else None,
            tuple(read_investigation(one, self._sealing) for one in investigated),
            read_withdrawal(one, self._sealing) if (one := found.get(WITHDRAWALS)) else None,
        )

    def timeline(self, principal: Principal, id: CaseId, cursor: str | None = None) -> TimelinePage | None:
        """One page of what has happened in a case that the principal may open; no names and no free text."""
        calls: list[Callable[[], Any]] = [
            partial(self._store.get, "cases", id),
            partial(self._store.query, CASE_TIMELINE, {"case": id}, limit=CASE_TIMELINE.page, cursor=cursor),
        ]
        document, page = self._store.together(*calls)
        if document is None or not access.may_work_in_unit(principal, str(document.fields["unit"])):
            return None
        return TimelinePage([dict(one.fields) for one in page.documents], page.cursor)

    def taken_over(self, case: Case) -> list[OtherCase]:
        """The reports that an investigation has taken over, oldest first; a report has none."""
        if case.kind is not CaseKind.UTREDNING:
            return []
        page = self._store.query(CASES_TAKEN_OVER, {"continues_in": case.id}, limit=_OTHERS)
        return _of_its_unit(page.documents, case)

    def investigations(self, case: Case) -> list[OtherCase]:
        """The person's ongoing investigations in the case's unit, newest first: one that is followed up has ended."""
        ongoing: dict[str, Value] = {"akt": case.akt, "kind": CaseKind.UTREDNING.value, "open": True}
        page = self._store.query(INVESTIGATIONS_OF_AKT, ongoing, limit=INVESTIGATIONS_OF_AKT.page)
        return _of_its_unit([one for one in page.documents if one.fields["step"] == Step.UTREDNING.value], case)

    def _investigated(self, case: Case) -> Sequence[Document]:
        """What has been decided in an investigation, newest first, still sealed."""
        if case.kind is not CaseKind.UTREDNING or case.decision is None:
            return ()
        return self._store.query(DECISIONS_OF_CASE, {"case": case.id}, limit=DECISIONS_OF_CASE.page).documents

    def _others(self, case: Case) -> list[OtherCase]:
        page = self._store.query(CASES_OF_AKT, {"akt": case.akt}, limit=_OTHERS + 1)
        return [one for one in _of_its_unit(page.documents, case) if one.id != case.id]


def _of_its_unit(documents: Sequence[Document], case: Case) -> list[OtherCase]:
    """The cases of the unit whose staff may open this one; that another unit has the person is not theirs to know."""
    return [_other(one) for one in documents if one.fields["unit"] == case.unit]


def _other(document: Document) -> OtherCase:
    fields: Any = document.fields
    kind, id = CaseKind(fields["kind"]), CaseId(document.id)
    return OtherCase(id, kind, reference(kind, id), fields["opened_at"], fields["open"])
