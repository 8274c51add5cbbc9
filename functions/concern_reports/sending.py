"""Checking the answers and sending them: once, however often the button is pressed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.concern_reports.opening import reading
from functions.concern_reports.own_drafts import OWN
from functions.concern_reports.report_form import is_acute, report_form
from functions.concern_reports.served import SERVED
from shared import log
from shared.app import house
from shared.domain.principals import Kind
from shared.ports.store import Conflict
from shared.records.drafts import Draft
from shared.serving.borrowed import borrowed, in_words
from shared.serving.own_drafts import AlreadySent
from shared.web import gettext as _
from shared.web import language, principal, read_form, require, see_other
from shared.web.form_paths import FormPaths

if TYPE_CHECKING:
    from shared.records.submissions import Sent

pages = Blueprint("sending", __name__, url_prefix="/anmal/utkast/<id>")
pages.before_request(require(Kind.REPORTER))

CONFIRMED: Final = "yes"


@pages.get("/kontrollera")
def check(id: str) -> str:
    """Everything that will be sent, what is missing, and what sending means."""
    return _page(OWN.find(id), {})


@pages.post("/skicka")
def send(id: str) -> ResponseReturnValue:
    """File the report that was checked and lead to its receipt (303), or say what is missing (422)."""
    from shared.formkit.snapshot import Incomplete

    form = read_form(one=("confirm", "checked"))
    try:
        draft = OWN.find(id)
    except AlreadySent as sent:
        return see_other(url_for("receipts.receipt", id=sent.receipt))
    if form.text("checked") != str(draft.rev):
        return _look_again(draft)
    if form.text("confirm") != CONFIRMED:
        return _page(draft, {"confirm": _("Kryssa i att du vill skicka anmälan")}), 422
    try:
        sent_report = _file(draft)
    except Incomplete:
        return _page(draft, {}), 422
    except Conflict:
        return _look_again(draft)
    log.info("report.sent", kind="first" if sent_report.first else "again")
    return see_other(url_for("receipts.receipt", id=sent_report.result))


def _file(draft: Draft) -> "Sent":
    from functions.concern_reports import filing

    municipality = house().municipality
    filed = filing.filed(
        report_form(), draft.answers, language(), house().clock.now(),
        show_date=in_words, fill=borrowed(municipality),
    )  # fmt: skip
    return house().reporting.file(principal(), filed, municipality.intake.id, draft)


def _look_again(draft: Draft) -> Response:
    return see_other(url_for("sending.check", id=draft.id, andrad=1))


def _page(draft: Draft, errors: Mapping[str, str]) -> str:
    from shared.formkit.lacking import remaining, skipped
    from shared.formkit.submission import submission
    from shared.formkit.summary import summary

    form, municipality = report_form(), house().municipality
    words = borrowed(municipality)
    kept = submission(form, draft.answers)
    return render_template(
        "check.html",
        draft=draft,
        paths=FormPaths(SERVED.paths(draft).base, checking=True),
        sections=summary(form, draft.answers, language(), show_date=in_words, fill=words),
        missing=remaining(form, draft.answers),
        skipped=skipped(form, draft.answers),
        slugs={step.id: step.slug for step in form.steps},
        acute=is_acute(kept),
        reading=reading(municipality.opening, house().clock.now()),
        changed="andrad" in request.args,
        errors=errors,
    )
