"""That somebody takes an application back: written down, read through, signed once, and confirmed by a letter."""

from collections.abc import Iterator
from typing import Any, Final

from flask import Blueprint

from functions.casework import own_name, questions
from functions.casework.cards import cards_by_part
from functions.casework.signing import Beside, Signing
from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action
from shared.domain.withdrawals import WithdrawalForm
from shared.formkit.definition import Answers, Form, Problem
from shared.formkit.lacking import first_input
from shared.formkit.words import LANGUAGES
from shared.records.casefiles import CaseFile
from shared.records.drafts import Draft
from shared.records.submissions import Sent, Submission
from shared.records.withdrawal_rows import withdrawal_form
from shared.web import gettext, mark, principal

pages = Blueprint("withdrawal", __name__, url_prefix="/arbete/arende/<id>/ansokan/aterkallad")

_TO_PUT_RIGHT: Final = {
    "said_on": mark("Dagen ska vara tidigast den då ansökan kom in, och senast i dag"),
    "told": mark("Berätta först vad det betyder. Ansökan är inte återkallad förrän personen vet det"),
}


def _sign(case: Case, answers: Answers, once: Submission, draft: Draft) -> Sent:
    form = withdrawal_form(answers)
    return house().withdrawals.record(
        principal(), case.id, form, who=own_name.me(), submission=once, draft=draft
    )  # fmt: skip


def _stands(found: CaseFile) -> tuple[WithdrawalForm, str] | None:
    return None if found.withdrawal is None else (found.withdrawal.form, found.withdrawal.by)


def _problems(case: Case, form: Form, answers: Answers) -> tuple[Problem, ...]:
    return tuple(_wrong(case, form, answers))


def _wrong(case: Case, form: Form, answers: Answers) -> Iterator[Problem]:
    """What is answered and can not be so."""
    for name in withdrawal_form(answers).missing(local_date(case.opened_at), local_date(house().clock.now())):
        if answers.get(name) and name in _TO_PUT_RIGHT:
            at, words = first_input(form.field(name)), gettext(_TO_PUT_RIGHT[name])
            yield Problem(form.steps[0].id, name, at, "withdrawn", dict.fromkeys(LANGUAGES, words))


def _means(_answers: Answers) -> str:
    return gettext("Ärendet avslutas utan beslut, och det går inte att öppna igen. Den sökande kan ansöka på nytt.")


def _application(found: CaseFile) -> list[dict[str, Any]]:
    return [] if found.application is None else cards_by_part(found.application.snapshot)


SIGNING = Signing(
    pages="withdrawal",
    form=questions.APPLICATION_WITHDRAWAL,
    acts=(Action.APPLICATION_WITHDRAWN,),
    questions=lambda _: questions.application_withdrawal(),
    whole=questions.application_withdrawal,
    waits_for_lead=lambda _found, _answers: False,
    sign=_sign,
    stands=_stands,
    problems=_problems,
    means=_means,
    beside=Beside(
        mark("Ansökan, så som den kom in"),
        mark("En bekräftelse läggs direkt i den sökandes inkorg."),
        _application,
        mark("Skriv ner det som sas. Det är den sökande som bestämmer."),
    ),
    clock="bistand_beslut",
)
pages.add_url_rule("", "write", SIGNING.write, methods=["GET"])
pages.add_url_rule("", "save", SIGNING.save, methods=["POST"])
pages.add_url_rule("/kontrollera", "check", SIGNING.check, methods=["GET"])
pages.add_url_rule("/kontrollera", "commit", SIGNING.commit, methods=["POST"])
