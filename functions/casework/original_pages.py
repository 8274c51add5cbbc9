"""Decisions as digital originals: the sealed PDF for staff who may open the case."""

from flask import Blueprint, Response, abort, make_response, url_for

from shared.app import house
from shared.domain.assistance_decisions import AssistanceForm
from shared.domain.decisions import PreliminaryForm
from shared.domain.ids import CaseId, ItemId
from shared.domain.investigation_decisions import InvestigationForm
from shared.ports.seals import SealRefusal
from shared.records.casefiles import CaseFile
from shared.web import gettext, mark, principal

pages = Blueprint("originals", __name__, url_prefix="/arbete/arende/<id>/original")

REASONS = {
    SealRefusal.MISSING: mark("Kommunens certifikat för elektronisk stämpel saknas."),
    SealRefusal.UNREADABLE: mark("Kommunens certifikat för elektronisk stämpel kan inte läsas."),
    SealRefusal.NOT_YET_VALID: mark("Kommunens certifikat för elektronisk stämpel gäller inte än."),
    SealRefusal.EXPIRED: mark("Kommunens certifikat för elektronisk stämpel har gått ut."),
    SealRefusal.KEY_USAGE: mark("Kommunens certifikat får inte användas till elektronisk stämpel."),
}


@pages.get("/<original>")
def download(id: str, original: str) -> Response:
    """The sealed PDF; the reading is logged. 404 for everybody who may not open the case."""
    opened = house().originals.open(principal(), CaseId(id), ItemId(original))
    if opened is None:
        abort(404)
    found, content = opened
    response = make_response(content)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="beslut-{found.reference}.pdf"'
    return response


def standing(found: CaseFile) -> dict[str, str] | None:
    """Where the original of the case's decision stands: where it is to be had, or why not; None before a decision.

    `unnamed` says that whoever decided is not named in it; else it is empty.
    """
    if found.case.decision is None:
        return None
    shown = {"unnamed": unnamed(found)}
    if found.original is not None:
        return {**shown, "href": url_for("originals.download", id=found.case.id, original=found.original.id)}
    reason = house().originals.refusal()
    return {**shown, "reason": "" if reason is None else gettext(REASONS[reason])}


def unnamed(found: CaseFile) -> str:
    """That the name of whoever decided stands here and not in what is sent; empty when it does."""
    return "" if found.decided is None else unnamed_in(found.decided.form)


def unnamed_in(form: PreliminaryForm | AssistanceForm | InvestigationForm) -> str:
    """The same of one decision."""
    if form.named:
        return ""
    return gettext("Namnet på den som beslutade står inte i originalet (33 § FL).")
