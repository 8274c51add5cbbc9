"""Drafts: taken up again on any device, put aside, deleted."""

from typing import Final

from flask import Blueprint, Response, render_template, request
from flask.typing import ResponseReturnValue

from functions.appeals import own_drafts
from functions.appeals.residents import residents_only
from functions.appeals.served import SERVED
from shared.serving.kept_drafts import KeptDrafts
from shared.serving.own_drafts import AlreadySent
from shared.web import see_other
from shared.web.kept import kept_fields

pages: Final = Blueprint("drafts", __name__, url_prefix="/overklaga")
pages.before_request(residents_only)
KeptDrafts(SERVED).join(pages)


@pages.get("/utkast/<id>")
def resume(id: str) -> Response:
    """On with it: to its first question, or to the check when that is answered."""
    draft = own_drafts.find(id)
    form, paths = own_drafts.form_of(draft), SERVED.paths(draft)
    return see_other(paths.check if draft.answers.get("change") else paths.step(form.steps[0].slug))


@pages.app_errorhandler(AlreadySent)
def already_sent(sent: AlreadySent) -> ResponseReturnValue:
    """The draft has been sent: the way to its receipt, and what was typed since."""
    kept = kept_fields() if request.method == "POST" else []
    shown = render_template("already_sent.html", appeal=sent.receipt, kept=kept)
    return shown, 409 if request.method == "POST" else 200
