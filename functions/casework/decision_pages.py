"""The preliminary assessment and the decision to open an investigation or not (SoL 20:2)."""

from typing import Final

from flask import Blueprint

from functions.casework import own_name, questions
from functions.casework.signing import Signing
from functions.casework.words import directory
from shared.app import house
from shared.domain import preliminary
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.decisions import PreliminaryForm
from shared.domain.ids import StaffId
from shared.domain.principals import Role
from shared.formkit.definition import Answers, Form, Problem
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.records.item_rows import preliminary_form
from shared.records.submissions import Sent, Submission
from shared.web import gettext, principal

pages = Blueprint("decisions", __name__, url_prefix="/arbete/arende/<id>/beslut")

_MAY_BE_EMPTY: Final = (
    "child_view", "reason_not_heard", "guardians_view", "contacts", "needs_and_risks", "violence_reason",
    "investigation", "name_reason",
)  # fmt: skip


def _questions(found: CaseFile) -> Form:
    return questions.decision(
        house().files.investigations(found.case),
        violence=_violence(found),
        lead=principal().has(Role.TEAM_LEAD),
        signed=None if found.decision is None else found.decision.form,
    )


def _whole() -> Form:
    return questions.decision(None, violence=True, lead=principal().has(Role.TEAM_LEAD))


def _violence(found: CaseFile) -> bool:
    return preliminary.lead_decides(found.case, found.assessment.form.need if found.assessment else None)


def _waits_for_lead(found: CaseFile, answers: Answers) -> bool:
    need = found.assessment.form.need if found.assessment else None
    return preliminary.waits_for_lead(found.case, need, _form(answers), principal(), local_date(house().clock.now()))


def _form(answers: Answers) -> PreliminaryForm:
    return preliminary_form({**dict.fromkeys(_MAY_BE_EMPTY, ""), **answers})


def _sign(case: Case, answers: Answers, once: Submission, draft: Draft) -> Sent:
    title = directory().staff[StaffId(str(principal().staff))].title
    form = _form(answers)
    sent = house().caseworker.decide(principal(), case.id, form, title=title, submission=once, draft=draft, seen=case)
    house().originals.make_of(case.id)
    return sent


def _stands(found: CaseFile) -> tuple[PreliminaryForm, str] | None:
    return None if found.decision is None else (found.decision.form, found.decision.by)


def _problems(_case: Case, form: Form, answers: Answers) -> tuple[Problem, ...]:
    """The reasons go into the original: they do not tell the name that is left out of it."""
    return tuple(own_name.told(form, answers, ("motivation",))) if answers.get("name_stands") == "no" else ()


def _means(answers: Answers) -> str:
    if _form(answers).named:
        return ""
    return gettext("Ditt namn står inte i originalet och inte i breven om beslutet. I akten och loggen står det kvar.")


SIGNING = Signing(
    pages="decisions",
    form=questions.DECISION,
    acts=tuple(preliminary.ACTIONS.values()),
    questions=_questions,
    whole=_whole,
    waits_for_lead=_waits_for_lead,
    sign=_sign,
    stands=_stands,
    usual={"name_stands": "yes"},
    problems=_problems,
    means=_means,
)
pages.add_url_rule("", "write", SIGNING.write, methods=["GET"])
pages.add_url_rule("", "save", SIGNING.save, methods=["POST"])
pages.add_url_rule("/kontrollera", "check", SIGNING.check, methods=["GET"])
pages.add_url_rule("/kontrollera", "commit", SIGNING.commit, methods=["POST"])
