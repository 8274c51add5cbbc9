"""What came of it: the receipt, the application as it was sent, and the person's own applications and drafts."""

from datetime import date
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.applications.residents import residents_only
from shared.app import house
from shared.domain import calendar
from shared.domain.ids import ItemId, is_id
from shared.ports.store import Refused
from shared.records.drafts import applicant
from shared.web import local_text, principal, see_other

if TYPE_CHECKING:
    from shared.records.applicants import AppliedFor, OwnApplications

pages: Final = Blueprint("receipts", __name__, url_prefix="/ansok")
pages.before_request(residents_only)


@pages.get("/kvitto/<id>")
def receipt(id: str) -> str:
    """That the application has come in, when, and what happens next; nothing of its content."""
    found = _own(id, whole=False)
    return render_template("receipt.html", receipt=found, read_by=read_by(found), decided_by=decided_by(found))


@pages.get("/kvitto/<id>/innehall")
def content(id: str) -> str:
    """The application as it was sent; the reading is logged."""
    from functions.applications.paper import grouped

    found = _own(id, whole=True)
    return render_template("sent.html", receipt=found, groups=grouped(found.application))


@pages.get("/kvitto/<id>.pdf")
def paper_receipt(id: str) -> ResponseReturnValue:
    """The receipt and what was sent as a PDF; the reading is logged. Without a PDF the page with the same content."""
    from functions.applications.paper import paper
    from shared.serving.papers import printed

    found = _own(id, whole=True)
    made = printed(paper(found, house().municipality, read_by(found), decided_by(found)), found.reference)
    return see_other(url_for("receipts.content", id=id)) if made is None else made


@pages.get("/mina")
def mine() -> str:
    """The person's own applications, and drafts that are not sent."""
    cursor = request.args.get("fran")
    drafts = [] if cursor else [one for one in house().drafts.of(applicant(principal())) if not one.about]
    own = _applications(cursor)
    return render_template(
        "mine.html", own=own, drafts=drafts, titles=_titles([*own.applications, *drafts]), first=not cursor
    )


def read_by(found: "AppliedFor") -> date:
    """The last day for somebody to read it (SoL 14:2)."""
    return _last_day("bistand_genomgang", found)


def decided_by(found: "AppliedFor") -> date:
    """The last day for deciding, as the municipality means to."""
    return _last_day("bistand_beslut", found)


def _last_day(name: str, found: "AppliedFor") -> date:
    from shared.domain.deadline_law import rule

    received = calendar.local_date(found.application.received_at)
    return rule(name, received).last_day(received)


def _titles(of: list[Any]) -> dict[str, str]:
    """What each form is called, by its id."""
    from shared.formkit.declared import declared

    ids = {getattr(one, "form", "") or one.application.form for one in of}
    found = {id: declared(id) for id in ids}
    return {id: local_text(form.title) for id, form in found.items() if form is not None}


def _own(id: str, *, whole: bool) -> "AppliedFor":
    if not is_id(id):
        abort(404)
    return house().applicants.receipt(principal(), ItemId(id), whole=whole) or abort(404)


def _applications(cursor: str | None) -> "OwnApplications":
    try:
        return house().applicants.own(principal(), cursor)
    except Refused:
        abort(404)
