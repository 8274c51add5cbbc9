"""Drafts: taken up again on any device, put aside, deleted."""

from typing import Final

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.appeals import own_drafts
from functions.appeals.own_drafts import AlreadySent
from functions.appeals.residents import residents_only
from functions.appeals.served import SERVED
from shared.serving.served import forget
from shared.web import read_form, see_other
from shared.web.kept import kept_fields

pages: Final = Blueprint("drafts", __name__, url_prefix="/overklaga/utkast")
pages.before_request(residents_only)


@pages.get("/<id>")
def resume(id: str) -> Response:
    """On with it: to its first question, or to the check when that is answered."""
    draft = own_drafts.find(id)
    form, paths = own_drafts.form_of(draft), SERVED.paths(draft)
    return see_other(paths.check if draft.answers.get("change") else paths.step(form.steps[0].slug))


@pages.get("/<id>/sparat")
def saved(id: str) -> str:
    """What is saved, until when, and how to come back."""
    return render_template("saved.html", draft=own_drafts.find(id))


@pages.get("/<id>/ta-bort")
def ask_to_delete(id: str) -> str:
    """Ask before the draft goes."""
    return render_template("delete.html", draft=own_drafts.find(id))


@pages.post("/<id>/ta-bort")
def delete(id: str) -> Response:
    """The draft and its files are gone with their keys."""
    read_form(one=())
    draft = own_drafts.find(id)
    forget(draft)
    return see_other(url_for("start.about", decision=draft.about))


@pages.app_errorhandler(AlreadySent)
def already_sent(sent: AlreadySent) -> ResponseReturnValue:
    """The draft has been sent: the way to its receipt, and what was typed since."""
    kept = kept_fields() if request.method == "POST" else []
    shown = render_template("already_sent.html", appeal=sent.appeal, kept=kept)
    return shown, 409 if request.method == "POST" else 200
