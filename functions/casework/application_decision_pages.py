"""The decision on an application: written, read through, signed once by a person, and sent (SoL 12:1-12:2)."""

from collections.abc import Iterator
from typing import Final

from flask import Blueprint

from functions.casework import own_name, questions
from functions.casework.signing import Signing
from shared.app import house
from shared.domain import assistance
from shared.domain.assistance_decisions import GRANTS, AssistanceForm, AssistanceOutcome
from shared.domain.cases import Case
from shared.formkit.definition import Answers, Form, Problem
from shared.formkit.lacking import first_input
from shared.formkit.words import LANGUAGES
from shared.records.assistance_rows import assistance_form
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.records.submissions import Sent, Submission
from shared.web import gettext, mark, principal

pages = Blueprint("application_decision", __name__, url_prefix="/arbete/arende/<id>/ansokan/beslut")

_TO_PUT_RIGHT: Final = {
    "amount": mark("Skriv ett belopp som är större än 0 kronor, eller välj att avslå"),
    "first_day": mark("Skriv från och med vilken dag pengarna gäller"),
    "last_day": mark("Skriv till och med vilken dag pengarna gäller, tidigast samma dag som de börjar gälla"),
}
_NO_MONEY: Final = mark("Ta bort beloppet, eller välj att bevilja: ett avslag har inget belopp")
_SENT: Final = ("motivation", "what", "refused")
"""The fields that stand in the letter and in the original."""


def _sign(case: Case, answers: Answers, once: Submission, draft: Draft) -> Sent:
    sent = house().application_decisions.decide(
        principal(), case.id, assistance_form(answers), who=own_name.me(), submission=once, draft=draft
    )
    house().originals.make_of(case.id)
    return sent


def _stands(found: CaseFile) -> tuple[AssistanceForm, str] | None:
    return None if found.assistance is None else (found.assistance.form, found.assistance.by)


def _problems(_case: Case, form: Form, answers: Answers) -> tuple[Problem, ...]:
    """Money where none is granted, and none where it is; a name that is to be left out."""
    said = assistance_form(answers)
    wrong = tuple(_wrong_money(form, said))
    return wrong if said.named else (*wrong, *own_name.told(form, answers, _SENT))


def _wrong_money(form: Form, said: AssistanceForm) -> Iterator[Problem]:
    if said.outcome is None:
        return  # which amounts are wrong hangs on it
    for name in said.missing():
        words = _TO_PUT_RIGHT.get(name)
        if name == "amount" and said.outcome not in GRANTS:
            words = _NO_MONEY
        if words is not None:
            at = first_input(form.field(name))
            yield Problem(form.steps[0].id, name, at, "decided", dict.fromkeys(LANGUAGES, gettext(words)))


def _means(answers: Answers) -> str:
    said = assistance_form(answers)
    if said.outcome is AssistanceOutcome.DISMISSED:
        return gettext("Ansökan prövas inte. Den sökande kan överklaga det, eller ansöka igen.")
    if said.named:
        return ""
    return gettext("Ditt namn står inte i originalet och inte i brevet. I akten och loggen står det kvar.")


SIGNING = Signing(
    pages="application_decision",
    form=questions.APPLICATION_DECISION,
    acts=tuple(assistance.ACTIONS.values()),
    questions=lambda _: questions.application_decision(),
    whole=questions.application_decision,
    waits_for_lead=lambda _found, _answers: False,
    sign=_sign,
    stands=_stands,
    problems=_problems,
    means=_means,
)
pages.add_url_rule("", "write", SIGNING.write, methods=["GET"])
pages.add_url_rule("", "save", SIGNING.save, methods=["POST"])
pages.add_url_rule("/kontrollera", "check", SIGNING.check, methods=["GET"])
pages.add_url_rule("/kontrollera", "commit", SIGNING.commit, methods=["POST"])
