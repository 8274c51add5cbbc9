"""The application as it was sent, what in it may not wait, and that its caseworker has read it."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework.access import demand_same, file_or_404, submission
from functions.casework.attachment_pages import listed
from functions.casework.cards import cards, cards_by_part
from functions.casework.case_pages import frame
from shared.app import house
from shared.domain import transitions
from shared.domain.applications import Application
from shared.domain.broken_rules import NotAllowed
from shared.domain.calendar import local_date
from shared.domain.change import Action
from shared.domain.ids import CaseId
from shared.formkit.declared import declared
from shared.web import local_text, principal, read_form, see_other

pages = Blueprint("application", __name__, url_prefix="/arbete/arende/<id>/ansokan")


@pages.get("")
def show(id: str) -> str:
    """The answers by the parts of the form; what may not wait stands first, contact details stay masked."""
    found = file_or_404(id, "application")
    if found.application is None:
        abort(404)
    can = transitions.possible(found.case, principal(), local_date(house().clock.now()))
    return render_template(
        "application.html",
        cards=cards_by_part(found.application.snapshot),
        attached=listed(found.case),
        urgent=_cannot_wait(found.application),
        may_review=Action.APPLICATION_REVIEWED in can,
        may_take_back=Action.APPLICATION_WITHDRAWN in can,
        may_ask=Action.SUPPLEMENT_REQUESTED in can,
        **{**frame(found, "application"), "next_step": None},
    )


@pages.post("/last")
def review(id: str) -> ResponseReturnValue:
    """Its caseworker has read it and seen to what can not wait."""
    read_form(one=())
    demand_same(house().caseworker.review(principal(), CaseId(id), submission(case=id)))
    return see_other(url_for("cases.show", id=id))


@pages.get("/kontakt")
def contact(id: str) -> str:
    """How to reach the applicant, for the case's own caseworker; logged."""
    found = file_or_404(id, "case")
    sent = house().applicants.contact(principal(), CaseId(id))
    if found.application is None:
        abort(404)
    if sent is None:
        raise NotAllowed("contact details are for the case's own caseworker")
    shown = cards(sent.contact) if sent.contact else []
    return render_template("applicant_contact.html", cards=shown, **frame(found, "application"))


def _cannot_wait(application: Application) -> list[str]:
    """The names of the signals, as the form of today has them."""
    form = declared(application.form)
    names = {} if form is None else {one.id: local_text(one.name) for one in form.signals}
    return [names.get(one, one) for one in application.signals]
