"""Who has the case: a caseworker takes it, or the lead gives it to a colleague."""

from flask import Blueprint, url_for
from flask.typing import ResponseReturnValue

from functions.casework import words
from functions.casework.access import demand_same, file_or_404, submission
from functions.casework.case_pages import events
from shared.app import house
from shared.domain.ids import CaseId, StaffId
from shared.domain.principals import CASE_ROLES
from shared.web import gettext, principal, read_form, see_other

pages = Blueprint("allocation", __name__, url_prefix="/arbete/arende/<id>")


@pages.post("/ta")
def take(id: str) -> ResponseReturnValue:
    """The case becomes the viewer's own."""
    read_form(one=())
    demand_same(house().caseworker.take(principal(), CaseId(id), submission(case=id)))
    return see_other(url_for("cases.show", id=id))


@pages.post("/tilldela")
def assign(id: str) -> ResponseReturnValue:
    """The lead gives the case to a colleague of the unit (303), or is asked whom (422)."""
    colleague = words.directory().staff.get(StaffId(read_form(one=("to",)).text("to")))
    if colleague is None or colleague.unit != principal().unit or not colleague.roles & CASE_ROLES:
        return events(file_or_404(id, "case"), {"to": gettext("Välj vem som ska ha ärendet")}), 422
    given = submission(case=id, to=colleague.id)
    demand_same(house().caseworker.assign(principal(), CaseId(id), colleague, given))
    return see_other(url_for("cases.show", id=id))
