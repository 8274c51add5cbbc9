"""The child and its guardians as the population register knows them, and contact details that depend on it."""

from typing import Any

from flask import Blueprint, abort, render_template, request

from functions.casework import register_words as words
from functions.casework.access import file_or_404
from functions.casework.cards import cards
from functions.casework.case_pages import frame
from shared.app import house
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import CaseId
from shared.domain.register import Outcome, Reply
from shared.records.casefiles import CaseFile
from shared.web import language, local_text, principal
from shared.web.words import moment

pages = Blueprint("family", __name__, url_prefix="/arbete/arende/<id>")


@pages.get("/folkbokforing")
def show(id: str) -> str:
    """What the register says now, for the case's own caseworker; every question is logged."""
    found = _child_or_404(id)
    reply = house().families.ask(principal(), CaseId(id))
    if reply is None:
        raise NotAllowed("the register is asked for the case's own caseworker")
    return render_template("family.html", said=_said(reply), **frame(found, "register"))


@pages.get("/kontakt")
def contact(id: str) -> str:
    """Contact details as reported, for the case's own caseworker, unless somebody is or may be protected; logged."""
    found = _child_or_404(id)
    made_sure = request.args.get("forsakrat") == "ja"
    answer = house().families.contact(principal(), CaseId(id), made_sure=made_sure)
    if answer is None:
        raise NotAllowed("contact details are for the case's own caseworker")
    shown = cards(answer.report.contact) if answer.report and answer.report.contact else []
    return render_template(
        "contact.html", cards=shown, open=answer.report is not None, said=_said(answer.reply), **frame(found, "report")
    )


def _child_or_404(id: str) -> CaseFile:
    """The opened case about a child. Nobody needs to ask the register about who applies: these pages are not theirs."""
    found = file_or_404(id, "case")
    return abort(404) if found.case.application is not None else found


def _said(reply: Reply) -> dict[str, Any]:
    """The reply as a page shows it; without a family it says why there is none."""
    family = reply.family
    return {
        "source": local_text(house().register.source),
        "at": moment(reply.at, language(), house().clock.now()),
        "asked": reply.outcome is not Outcome.NO_NUMBER,
        "again": reply.outcome is Outcome.UNAVAILABLE,
        "silence": words.silence(reply.outcome) if family is None else None,
        "protected": family is not None and family.protected,
        "doubts": words.doubts(reply.doubts),
        "people": words.people(reply),
    }
