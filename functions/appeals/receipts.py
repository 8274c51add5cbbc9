"""What came of it: the receipt with the instant it came in, and the appeal as it was sent."""

from typing import TYPE_CHECKING, Final

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.appeals.residents import residents_only
from shared.app import house
from shared.domain.appeal_letters import court
from shared.domain.ids import ItemId, is_id
from shared.web import principal, see_other

if TYPE_CHECKING:
    from shared.records.appellants import OwnAppeal

pages: Final = Blueprint("receipts", __name__, url_prefix="/overklaga/kvitto")
pages.before_request(residents_only)


@pages.get("/<id>")
def receipt(id: str) -> str:
    """That it has come in, when, and what happens next; nothing of its content."""
    from functions.appeals.paper import coming, handing_over_by

    found = _own(id, whole=False)
    by, standing = handing_over_by(found), found.standing
    return render_template(
        "receipt.html",
        receipt=found,
        by=by,
        coming=coming(found, by),
        may_add=standing is not None and standing.again is None,
        again=None if standing is None else standing.again,
        court=court(house().municipality),
    )


@pages.get("/<id>/innehall")
def content(id: str) -> str:
    """The appeal as it was sent; the reading is logged."""
    from shared.formkit.apart import together

    found = _own(id, whole=True)
    if found.appeal.withdraws:
        return abort(404)
    sections = together(found.appeal.snapshot, found.appeal.contact)
    return render_template("sent.html", receipt=found, sections=sections)


@pages.get("/<id>.pdf")
def paper_receipt(id: str) -> ResponseReturnValue:
    """The receipt and what was sent as a PDF; the reading is logged. Without a PDF the page with the same content."""
    from functions.appeals.paper import paper
    from shared.serving.papers import printed

    found = _own(id, whole=True)
    made = printed(paper(found, house().municipality), found.reference)
    return see_other(url_for("receipts.content", id=id)) if made is None else made


def _own(id: str, *, whole: bool) -> "OwnAppeal":
    return (house().appellants.receipt(principal(), ItemId(id), whole=whole) if is_id(id) else None) or abort(404)
