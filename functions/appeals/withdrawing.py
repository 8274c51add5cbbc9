"""Taking an appeal back while it is still here; afterwards only the court can end it."""

from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.appeals.residents import residents_only
from shared import log
from shared.app import house
from shared.domain.appeal_letters import court
from shared.domain.broken_rules import AlreadyDone, NotOpen
from shared.domain.ids import ItemId, SubmissionId, is_id
from shared.web import posted_submission_id, principal, read_form, see_other

if TYPE_CHECKING:
    from shared.records.appellants import OwnAppeal

pages: Final = Blueprint("withdrawing", __name__, url_prefix="/overklaga/kvitto/<id>/ta-tillbaka")
pages.before_request(residents_only)


@pages.get("")
def ask(id: str) -> str:
    """Whether the appeal is to be taken back, and what that means; or where it is and whom to write to."""
    return _page(_own(id))


@pages.post("")
def withdraw(id: str) -> ResponseReturnValue:
    """Take it back (303 to the receipt of that), once; what can not be taken back here any more is told why (409)."""
    once = SubmissionId(posted_submission_id())
    read_form(one=())
    found = _own(id)
    try:
        done = house().appellants.withdraw(principal(), found.appeal.id, once)
    except (AlreadyDone, NotOpen):
        return _page(_own(id)), 409
    log.info("appeal.withdrawn")
    return see_other(url_for("receipts.receipt", id=done.result))


def _page(found: "OwnAppeal") -> str:
    return render_template("withdraw.html", receipt=found, court=court(house().municipality))


def _own(id: str) -> "OwnAppeal":
    return (house().appellants.receipt(principal(), ItemId(id)) if is_id(id) else None) or abort(404)
