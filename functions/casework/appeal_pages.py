"""The appeal in a case: what came in, how far it has come, and what goes to the court."""

from collections.abc import Collection, Iterator
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import appeal_words
from functions.casework.access import file_or_404
from functions.casework.appeal_paper import content
from functions.casework.attachment_pages import listed
from functions.casework.case_pages import frame
from shared.app import house
from shared.domain import transitions
from shared.domain.appeal_letters import court
from shared.domain.calendar import local_date
from shared.domain.cases import AppealState, Case
from shared.domain.change import Action
from shared.domain.decisions import DecisionKind
from shared.domain.ids import CaseId
from shared.records.appeal_cases import CaseAppeals
from shared.serving.papers import TEMPLATE
from shared.web import gettext, mark, principal, see_other

pages = Blueprint("appeal", __name__, url_prefix="/arbete/arende/<id>/overklagande")
_WAYS_ON = {
    Action.APPEAL_IN_TIME: ("appeal_time.write", mark("Se om det kom i rätt tid")),
    Action.APPEAL_DECISION_KEPT: ("appeal_review.write", mark("Beslutet ändras inte")),
    Action.APPEAL_DECISION_CHANGED: ("appeal_change.write", mark("Ändra beslutet")),
    Action.APPEAL_HANDED_OVER: ("appeal_handover.write", mark("Markera som lämnat till domstolen")),
}


@pages.get("")
def show(id: str) -> str:
    """The appeal with its additions and files, what was decided about it, and what is to be done now."""
    found = file_or_404(id, "case")
    opened = _opened(id)
    files = {name for one in (*opened.appeals, *opened.earlier) for name in one.files}
    can = transitions.possible(found.case, principal(), local_date(house().clock.now()))
    return render_template(
        "appeal.html",
        cards=appeal_words.filed(opened),
        attached=[one for one in listed(found.case) if one["id"] in files],
        counted=appeal_words.counted(opened.check),
        rulings=[appeal_words.ruling(one, house().clock.now()) for one in opened.rulings],
        ways_on=_ways_on(found.case, can),
        may_lift=Action.APPEAL_DISMISSAL_LIFTED in can,
        originals=list(_originals(found.case, opened)),
        withdrawn=appeal_words.withdrawn(opened),
        added=appeal_words.added(opened),
        added_after=found.case.appeal is not None and found.case.appeal.state is AppealState.ADDED,
        of_dismissal=opened.decision.kind is DecisionKind.APPEAL_DISMISSED,
        court=court(house().municipality),
        **{**frame(found, "appeal"), "next_step": None},
    )


@pages.get("/handlingar.pdf")
def package(id: str) -> ResponseReturnValue:
    """What goes to the court as one PDF; the reading is logged. Without a PDF the page with the same content."""
    opened = _opened(id, "appeal_package")
    made = house().typeset(TEMPLATE, content(opened, listed(opened.case), house().municipality))
    if made is None:
        return see_other(url_for("appeal.show", id=id))
    response: Response = make_response(made)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="overklagande-{opened.case.reference}.pdf"'
    return response


def _opened(id: str, what: str = "appeal") -> CaseAppeals:
    return house().appeal_cases.of_case(principal(), CaseId(id), what) or abort(404)


def _ways_on(case: Case, can: Collection[Action]) -> list[dict[str, Any]]:
    return [
        {"href": url_for(endpoint, id=case.id), "text": gettext(label)}
        for act, (endpoint, label) in _WAYS_ON.items()
        if act in can
    ]


def _originals(case: Case, opened: CaseAppeals) -> Iterator[dict[str, str]]:
    """Where the originals that go to the court are, those of them that are made: what is appealed, and what stands."""
    labels = {opened.decision.id: mark("Beslutet i original (PDF)")}
    if opened.now.id != opened.decision.id:
        labels[opened.now.id] = mark("Det andra beslutet i original (PDF)")
    for id, label in labels.items():
        if made := house().originals.find(id):
            href = url_for("originals.download", id=case.id, original=made.id)
            yield {"href": href, "text": gettext(label)}
