"""Drafts: begun, taken up again, put aside, deleted; and what was typed too late."""

from typing import TYPE_CHECKING

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from functions.concern_reports import own_drafts
from functions.concern_reports.own_drafts import OWN
from functions.concern_reports.report_form import report_form
from functions.concern_reports.served import SERVED
from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.principals import Kind
from shared.records.drafts import MOST, report_owner
from shared.serving.kept_drafts import KeptDrafts
from shared.serving.own_drafts import AlreadySent, TooMany
from shared.web import posted_submission_id, principal, read_form, require, see_other
from shared.web.kept import kept_fields

if TYPE_CHECKING:
    from shared.formkit.definition import Answers, Step
    from shared.formkit.repeats import Posted

pages = Blueprint("drafts", __name__, url_prefix="/anmal")
pages.before_request(require(Kind.REPORTER))
KeptDrafts(SERVED).join(pages)


@pages.post("/utkast")
def begin() -> Response:
    """A new draft with what the login knows; the same button pressed twice is one draft."""
    read_form(one=())
    draft = own_drafts.begin(posted_submission_id())
    return see_other(SERVED.paths(draft).step(report_form().steps[0].slug))


@pages.post("/tillagg/<slug>")
def add(slug: str) -> Response:
    """A new draft from a page whose draft had been sent already."""
    from shared.serving.walking import posted, walk

    step = report_form().step(slug) or abort(404)
    _refuse_foreign(step, posted())  # what is refused begins no draft
    draft = own_drafts.begin(posted_submission_id())
    walk(SERVED, draft.id).carry(step)
    return see_other(SERVED.paths(draft).step(slug))


@pages.get("/utkast/<id>")
def resume(id: str) -> Response:
    """On to the first question after those that have been answered."""
    draft = OWN.find(id)
    return see_other(SERVED.onward(draft, _last_answered(draft.answers)))


@pages.get("/utkast/<id>/fara")
def danger(id: str) -> str:
    """Whom to call first, and the way on with the report."""
    draft = OWN.find(id)
    return render_template("danger.html", onward=SERVED.onward(draft, report_form().steps[0]))


@pages.app_errorhandler(TooMany)
def too_many(_error: TooMany) -> ResponseReturnValue:
    """The drafts there are, one of which must go first, and what was typed."""
    slug = (request.view_args or {}).get("slug")
    drafts = house().drafts.of(report_owner(principal()))
    kept = kept_fields() if slug else []
    return render_template("too_many_drafts.html", drafts=drafts, kept=kept, slug=slug, most=MOST), 409


def already_sent(sent: AlreadySent) -> ResponseReturnValue:
    """The draft has been sent: the receipt, and what was typed since."""
    slug = (request.view_args or {}).get("slug", "")
    step = report_form().step(slug) if request.method == "POST" else None
    kept = [] if step is None else kept_fields()
    late = [] if step is None else _unsent(kept, sent, step)
    receipt = url_for("receipts.receipt", id=sent.receipt)
    found = {"frame": SERVED.frame, "receipt": receipt, "kept": late, "typed": kept, "slug": slug}
    return render_template("already_sent.html", **found), 409 if request.method == "POST" else 200


def _unsent(kept: list[tuple[str, str]], sent: AlreadySent, step: "Step") -> list[tuple[str, str]]:
    from functions.concern_reports.too_late import unsent
    from shared.serving.walking import typed

    return unsent(kept, typed(), sent.receipt, report_form(), step)


def _refuse_foreign(step: "Step", sent: "Posted") -> None:
    from shared.formkit.check import check_step

    if check_step(report_form(), step, sent, {}, local_date(house().clock.now())).foreign:
        raise BadRequest


def _last_answered(answers: "Answers") -> "Step":
    form = report_form()
    own = [step for step in form.steps if any(one.id in answers and not one.fact for one in step.fields)]
    return own[-1] if own else form.steps[0]
