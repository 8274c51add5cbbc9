"""Reports, assessments, preliminary decisions and notices as they are stored."""

from dataclasses import asdict
from datetime import date
from typing import Any

from shared.domain.assessments import Answer, Need, ProtectionAssessment, ProtectionForm
from shared.domain.cases import CaseKind
from shared.domain.decisions import Outcome, PreliminaryDecision, PreliminaryForm
from shared.domain.ids import CaseId, ItemId, KeyId, NoticeId, OrganisationId, PersonIndex, StaffId, UnitId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import Role
from shared.domain.reports import AskedHow, Feedback, FeedbackOutcome, FeedbackRequest, Report
from shared.ports.store import Document, Value
from shared.records.decision_rows import decision_row, opened_decision
from shared.records.rows import Row
from shared.records.sealing import Sealing


def report_row(report: Report) -> Row:
    """The report: the story and the contact details lie in blobs of their own."""
    return Row(
        "reports",
        report.id,
        report.rev,
        {
            "case": report.case,
            "reporter": report.reporter,
            "organisation": report.organisation,
            "received_at": report.received_at,
            "feedback_requested": report.feedback_requested,
            "acute": report.acute,
            "stopped_files": report.stopped_files,
            "feedback": None if report.feedback is None else _feedback(report.feedback),
            "mandated": report.mandated,
            "request": None if report.request is None else _request(report.request),
        },
        report.key,
        {"story": report.snapshot, "contact": report.contact},
    )


def _feedback(told: Feedback) -> dict[str, Value]:
    return {
        "outcome": told.outcome.value,
        "released_at": told.released_at,
        "released_by": told.released_by,
        "withheld": told.withheld,
    }


def _request(asked: FeedbackRequest) -> dict[str, Value]:
    return {"on": asked.on.isoformat(), "how": asked.how.value, "noted_by": asked.noted_by}


def _read_request(asked: Any) -> FeedbackRequest | None:
    if asked is None:
        return None
    noted_by = StaffId(asked["noted_by"]) if asked["noted_by"] else None
    return FeedbackRequest(date.fromisoformat(asked["on"]), AskedHow(asked["how"]), noted_by)


def read_report(document: Document, sealing: Sealing, *parts: str) -> Report:
    """The report; only the named parts (`story`, `contact`) are opened, the others stay empty."""
    fields: Any = document.fields
    opened = sealing.open(document, KeyId(fields["key"]), parts) if parts else {}
    told = fields["feedback"]
    return Report(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=KeyId(fields["key"]),
        reporter=PersonIndex(fields["reporter"]),
        organisation=OrganisationId(fields["organisation"]) if fields["organisation"] else None,
        received_at=fields["received_at"],
        feedback_requested=fields["feedback_requested"],
        snapshot=opened.get("story", {}),
        contact=opened.get("contact", {}),
        acute=fields["acute"],
        stopped_files=fields.get("stopped_files", 0),
        mandated=fields.get("mandated", False),
        request=_read_request(fields.get("request")),
        feedback=told
        and Feedback(
            FeedbackOutcome(told["outcome"]), told["released_at"], StaffId(told["released_by"]), told["withheld"]
        ),
    )


def assessment_row(assessment: ProtectionAssessment) -> Row:
    """The protection assessment: everything stated lies sealed."""
    return Row(
        "assessments",
        assessment.id,
        assessment.rev,
        {
            "case": assessment.case,
            "by": assessment.by,
            "received_at": assessment.received_at,
            "assessed_at": assessment.assessed_at,
        },
        assessment.key,
        {"notes": asdict(assessment.form)},
    )


def read_assessment(document: Document, sealing: Sealing) -> ProtectionAssessment:
    """The whole protection assessment."""
    fields: Any = document.fields
    key = KeyId(fields["key"])
    return ProtectionAssessment(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=key,
        by=StaffId(fields["by"]),
        received_at=fields["received_at"],
        assessed_at=fields["assessed_at"],
        form=protection_form(sealing.open(document, key, ("notes",))["notes"]),
    )


def protection_form(stated: Any) -> ProtectionForm:
    """The form from plain values, as JSON or a browser gives them."""
    return ProtectionForm(
        sources_checked=tuple(stated["sources_checked"]),
        need=Need(stated["need"]) if stated["need"] else None,
        reasons=stated["reasons"],
        measures=tuple(stated["measures"]),
        safe_tonight=_answer(stated["safe_tonight"]),
        siblings=stated["siblings"],
        guardians_may_be_contacted=_answer(stated["guardians_may_be_contacted"]),
        guardians_why_not=stated["guardians_why_not"],
    )


def _answer(value: str | None) -> Answer | None:
    return Answer(value) if value else None


def preliminary_row(decision: PreliminaryDecision) -> Row:
    """The decision: everything stated lies sealed."""
    return decision_row(decision, CaseKind.OROSANMALAN.value, decision.lagrum, asdict(decision.form))


def read_preliminary(document: Document, sealing: Sealing) -> PreliminaryDecision:
    """The whole decision."""
    made, stated = opened_decision(document, sealing)
    return PreliminaryDecision(**made, lagrum=str(document.fields["lagrum"]), form=preliminary_form(stated))


def preliminary_form(stated: Any) -> PreliminaryForm:
    """The form from plain values, as JSON or a browser gives them."""
    texts = {name: value for name, value in stated.items() if name not in {"outcome", "child_heard", "name_stands"}}
    return PreliminaryForm(
        outcome=Outcome(stated["outcome"]) if stated["outcome"] else None,
        child_heard=_answer(stated["child_heard"]),
        name_stands=_answer(stated.get("name_stands")),
        **texts,
    )


def notice_row(notice: Notice) -> Row:
    """The notice: it names a case by id and holds nothing about a person."""
    return Row(
        "notices",
        notice.id,
        notice.rev,
        {
            "unit": notice.unit,
            "staff": notice.staff,
            "role": notice.role and notice.role.value,
            "at": notice.at,
            "kind": notice.kind.value,
            "case": notice.case,
            "deadline": notice.deadline,
            "due": notice.due,
            "warning": notice.warning,
            "acute": notice.acute,
            "read_at": notice.read_at,
            "of": notice.of and notice.of.value,
        },
    )


def read_notice(document: Document) -> Notice:
    """The notice."""
    fields: Any = document.fields
    return Notice(
        id=NoticeId(document.id),
        rev=document.rev,
        unit=UnitId(fields["unit"]),
        at=fields["at"],
        kind=NoticeKind(fields["kind"]),
        case=CaseId(fields["case"]),
        staff=StaffId(fields["staff"]) if fields["staff"] else None,
        role=Role(fields["role"]) if fields["role"] else None,
        deadline=fields["deadline"],
        due=fields["due"],
        warning=fields["warning"],
        acute=fields["acute"],
        read_at=fields["read_at"],
        of=CaseKind(fields["of"]) if fields.get("of") else None,
    )
