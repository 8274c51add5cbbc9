"""The protection assessment (SoL 20:1): whether the child needs protection at once."""

from flask import Blueprint

from functions.casework import questions
from functions.casework.signing import Signing
from shared.app import house
from shared.domain.assessments import ProtectionForm
from shared.domain.cases import Case
from shared.domain.change import Action
from shared.formkit.definition import Answers
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.records.item_rows import protection_form
from shared.records.submissions import Sent, Submission
from shared.web import principal

pages = Blueprint("protection", __name__, url_prefix="/arbete/arende/<id>/skyddsbedomning")


def _sign(case: Case, answers: Answers, once: Submission, draft: Draft) -> Sent:
    nothing = {"measures": [], "siblings": "", "guardians_why_not": ""}
    form = protection_form({**nothing, **answers})
    return house().caseworker.assess(principal(), case.id, form, once, draft, seen=case)


def _stands(found: CaseFile) -> tuple[ProtectionForm, str] | None:
    return None if found.assessment is None else (found.assessment.form, found.assessment.by)


SIGNING = Signing(
    pages="protection",
    form=questions.PROTECTION,
    acts=(Action.PROTECTION_ASSESSED,),
    questions=lambda _found: questions.protection(),
    whole=questions.protection,
    waits_for_lead=lambda _found, _answers: False,
    sign=_sign,
    stands=_stands,
)
pages.add_url_rule("", "write", SIGNING.write, methods=["GET"])
pages.add_url_rule("", "save", SIGNING.save, methods=["POST"])
pages.add_url_rule("/kontrollera", "check", SIGNING.check, methods=["GET"])
pages.add_url_rule("/kontrollera", "commit", SIGNING.commit, methods=["POST"])
