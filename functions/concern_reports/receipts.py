"""What came of it: the receipt, the report as it was sent, and the reporter's own reports with their feedback."""

from datetime import date
from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, request, url_for

from functions.concern_reports.opening import reading
from shared import log
from shared.app import house
from shared.domain import calendar
from shared.domain.broken_rules import AlreadyDone, NotOpen
from shared.domain.ids import ItemId, SubmissionId, is_id
from shared.domain.principals import Kind
from shared.ports.store import NotFound, Refused
from shared.records.drafts import report_owner
from shared.records.submissions import Submission
from shared.web import posted_submission_id, principal, read_form, require, see_other

if TYPE_CHECKING:
    from shared.records.reporting import OwnReports, Receipt

pages = Blueprint("receipts", __name__, url_prefix="/anmal")
pages.before_request(require(Kind.REPORTER))


@pages.get("/kvitto/<id>")
def receipt(id: str) -> str:
    """That the report has come in, when, and what happens next; nothing of its content."""
    found = _own(id, whole=False)
    read_on = reading(house().municipality.opening, found.report.received_at)
    return render_template("receipt.html", receipt=found, reading=read_on, decided_by=decided_by(found))


@pages.get("/kvitto/<id>/innehall")
def content(id: str) -> str:
    """The report as it was sent; the reading is logged."""
    from shared.formkit.apart import together

    found = _own(id, whole=True)
    shown = together(found.report.snapshot, found.report.contact)
    return render_template("sent.html", receipt=found, sections=shown)


@pages.get("/kvitto/<id>.pdf")
def paper_receipt(id: str) -> Response:
    """The receipt and what was sent as a PDF; the reading is logged. Without a PDF the page with the same content."""
    from functions.concern_reports.paper import paper
    from shared.serving.papers import printed

    found = _own(id, whole=True)
    made = printed(paper(found, house().municipality, decided_by(found)), found.reference)
    return see_other(url_for("receipts.content", id=id)) if made is None else made


@pages.post("/kvitto/<id>/aterkoppling")
def ask_for_feedback(id: str) -> Response:
    """The reporter wants to know how it went (SoL 19:6): noted once, however often it is asked.

    Whether it is decided is not told by the answer either: it leads back to the receipt.
    """
    read_form(one=())
    if not is_id(id):
        abort(404)
    asked = Submission(report_owner(principal()), SubmissionId(posted_submission_id()), {"feedback": id})
    try:
        house().feedback_requests.ask(principal(), ItemId(id), asked)
    except AlreadyDone:
        log.info("feedback.asked_before")
    except (NotFound, NotOpen):
        abort(404)
    return see_other(url_for("receipts.receipt", id=id, _anchor="aterkoppling"))


@pages.get("/mina")
def mine() -> str:
    """The reporter's own reports with the feedback the law allows, and drafts that are not sent."""
    cursor = request.args.get("fran")
    drafts = [] if cursor else house().drafts.of(report_owner(principal()))
    return render_template("mine.html", own=_reports(cursor), drafts=drafts, first=not cursor)


def decided_by(found: "Receipt") -> date:
    """The last day for deciding whether to open an investigation (SoL 20:2)."""
    from shared.domain.deadline_law import rule

    received = calendar.local_date(found.report.received_at)
    return rule("forhandsbedomning", received).last_day(received)


def _own(id: str, *, whole: bool) -> "Receipt":
    if not is_id(id):
        abort(404)
    return house().reporting.receipt(principal(), ItemId(id), whole=whole) or abort(404)


def _reports(cursor: str | None) -> "OwnReports":
    try:
        return house().reporting.own(principal(), cursor)
    except Refused:
        abort(404)
