"""The preliminary assessment and the decision to open an investigation or not (SoL 20:2)."""

from typing import Final

from flask import Blueprint

from functions.casework import questions
from functions.casework.signing import Signing
from functions.casework.words import directory
from shared.app import house
from shared.domain import access, preliminary
from shared.domain.broken_rules import AssessmentMissing
from shared.domain.cases import Case
from shared.domain.decisions import Outcome, PreliminaryForm
from shared.domain.ids import StaffId
from shared.domain.principals import Role
from shared.formkit.definition import Answers, Form
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.records.item_rows import preliminary_form
from shared.records.submissions import Sent, Submission
from shared.web import principal

pages = Blueprint("decisions", __name__, url_prefix="/arbete/arende/<id>/beslut")

_MAY_BE_EMPTY: Final = (
    "child_view", "reason_not_heard", "guardians_view", "contacts", "needs_and_risks", "violence_reason",
    "investigation",
)  # fmt: skip


def _questions(case: Case, found: CaseFile | None) -> Form:
    return questions.decision(
        house().files.investigations(case),
        violence=found is None or _violence(found),
        lead=principal().has(Role.TEAM_LEAD),
        signed=None if found is None or found.decision is None else found.decision.form,
    )


def _violence(found: CaseFile) -> bool:
    return preliminary.lead_decides(found.case, found.assessment.form.need if found.assessment else None)


def _demand(case: Case) -> None:
    access.demand_decider(principal(), case)
    access.demand_socionom(principal())
    if case.assessment is None:
        raise AssessmentMissing("no protection assessment")


def _lead_decides(found: CaseFile, answers: Answers) -> bool:
    not_opening = answers.get("outcome") == Outcome.NOT_OPEN
    return not_opening and _violence(found) and not principal().has(Role.TEAM_LEAD)


def _sign(case: Case, answers: Answers, once: Submission, draft: Draft) -> Sent:
    title = directory().staff[StaffId(str(principal().staff))].title
    form = preliminary_form({**dict.fromkeys(_MAY_BE_EMPTY, ""), **answers})
    return house().caseworker.decide(principal(), case.id, form, title=title, submission=once, draft=draft)


def _stands(found: CaseFile) -> tuple[PreliminaryForm, str] | None:
    return None if found.decision is None else (found.decision.form, found.decision.by)


SIGNING = Signing(
    pages="decisions",
    clock=preliminary.CLOCK,
    questions=_questions,
    demand=_demand,
    lead_decides=_lead_decides,
    sign=_sign,
    stands=_stands,
)
pages.add_url_rule("", "write", SIGNING.write, methods=["GET"])
pages.add_url_rule("", "save", SIGNING.save, methods=["POST"])
pages.add_url_rule("/kontrollera", "check", SIGNING.check, methods=["GET"])
pages.add_url_rule("/kontrollera", "commit", SIGNING.commit, methods=["POST"])
