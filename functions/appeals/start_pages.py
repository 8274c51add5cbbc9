"""Before an appeal is written: which decision it is, how it goes, what the way on paper is, and who helps (FL 6 §)."""

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.appeals import decision_words, own_drafts
from functions.appeals.residents import residents_only
from shared.app import house
from shared.domain.appeal_letters import court
from shared.domain.assistance_decisions import GRANTED_IN_FULL
from shared.domain.cases import AppealState
from shared.domain.decisions import DecisionKind
from shared.domain.ids import ItemId, is_id
from shared.web import posted_submission_id, principal, read_form, see_other
from shared.web.seen_pages import opened_or_not_at_all

if TYPE_CHECKING:
    from shared.records.appellants import OwnDecision

pages: Final = Blueprint("start", __name__, url_prefix="/overklaga")
pages.before_request(residents_only)
pages.before_request(opened_or_not_at_all)


@pages.get("")
def start() -> Response:
    """To the own matters: each decision there leads to its own page here."""
    return see_other("/mina")


@pages.get("/<decision>")
def about(decision: str) -> str:
    """The decision, and how it is appealed; what can not be appealed online is told why, and the other way."""
    own = _own(decision)
    draft = own_drafts.begun(own)
    return render_template(
        "about.html",
        own=own,
        decided_on=decision_words.decided_on(own),
        sentence=decision_words.sentence(own),
        in_full=own.decision.kind is GRANTED_IN_FULL,
        of_dismissal=own.decision.kind is DecisionKind.APPEAL_DISMISSED,
        instead=None if own.appeal is None else own.appeal.again,
        dismissed=own.appeal is not None and own.appeal.state is AppealState.DISMISSED,
        court=court(house().municipality),
        draft=draft,
        fits=draft is not None and own_drafts.fits(draft, own),
    )


@pages.post("/<decision>/utkast")
def begin(decision: str) -> ResponseReturnValue:
    """On with the draft about this decision, made when there is none; the same button pressed twice is one draft."""
    posted_submission_id()
    read_form(one=())
    own = _own(decision)
    if not own.open_online:
        return see_other(url_for("start.about", decision=decision))
    return _first_page(own_drafts.begin(own).id)


def _first_page(id: str) -> Response:
    return see_other(url_for("drafts.resume", id=id))


def _own(decision: str) -> "OwnDecision":
    return (house().appellants.decision(principal(), ItemId(decision)) if is_id(decision) else None) or abort(404)
