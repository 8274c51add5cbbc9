"""Reading the appeal through and sending it once, however often that is pressed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from functions.appeals import own_drafts
from functions.appeals.residents import residents_only
from functions.appeals.served import SERVED
from shared import log
from shared.app import house
from shared.domain.broken_rules import BrokenRule
from shared.ports.store import Conflict
from shared.records.drafts import Draft
from shared.serving.borrowed import borrowed, in_words
from shared.serving.own_drafts import AlreadySent
from shared.web import language, principal, see_other
from shared.web.form_paths import FormPaths

if TYPE_CHECKING:
    from shared.formkit.definition import Form
    from shared.formkit.summary import Section
    from shared.records.submissions import Sent

pages: Final = Blueprint("sending", __name__, url_prefix="/overklaga/utkast/<id>")
pages.before_request(residents_only)

CHECKED: Final = "checked"
"""Which saved draft the person had before them when pressing the button."""


@pages.get("/kontrollera")
def check(id: str) -> str:
    """Everything that will be sent, and what is missing."""
    return _page(own_drafts.find(id))


@pages.post("/skicka")
def send(id: str) -> ResponseReturnValue:
    """File the appeal that was checked and lead to its receipt (303), or say what is missing (422)."""
    from shared.formkit.snapshot import Incomplete
    from shared.serving.walking import posted

    try:
        draft = own_drafts.find(id)
    except AlreadySent as before:
        return see_other(url_for("receipts.receipt", id=before.receipt))
    sent = dict(posted())
    if set(sent) - {CHECKED} or any(len(values) > 1 for values in sent.values()):
        raise BadRequest
    form = own_drafts.form_of(draft)
    if draft.version != str(form.version):
        draft = house().drafts.save(replace(draft, version=str(form.version)), draft.answers)
    if sent.get(CHECKED, [""]) != [str(draft.rev)]:
        return _look_again(draft)
    try:
        appeal = _file(draft, form)
    except Incomplete:
        return _page(draft), 422
    except Conflict:
        return _look_again(draft)
    except BrokenRule:  # it went to the court meanwhile: the decision's page says so, and how to reach the court
        return see_other(url_for("start.about", decision=draft.about))
    log.info("appeal.sent", kind="first" if appeal.first else "again")
    return see_other(url_for("receipts.receipt", id=appeal.result))


def _file(draft: Draft, form: "Form") -> "Sent":
    from functions.appeals.filing import appealed

    what = appealed(
        form, draft.answers, language=language(), now=house().clock.now(), show_date=in_words,
        fill=borrowed(house().municipality),
    )  # fmt: skip
    return house().appellants.send(principal(), what, own_drafts.about(draft), draft)


def _look_again(draft: Draft) -> Response:
    return see_other(url_for("sending.check", id=draft.id, andrad=1))


def _page(draft: Draft) -> str:
    from shared.formkit.lacking import remaining

    form = own_drafts.form_of(draft)
    steps = {one.id: one for one in form.steps}
    paths = FormPaths(SERVED.paths(draft).base, checking=True)
    return render_template(
        "check.html",
        frame=SERVED.frame,
        draft=draft,
        paths=paths,
        back=FormPaths(paths.base).step(form.steps[-1].slug),
        missing=[(one, steps[one.step]) for one in remaining(form, draft.answers)],
        groups=_groups(form, draft),
        action=url_for("sending.send", id=draft.id),
        changed=request.args.get("andrad"),
    )


def _groups(form: "Form", draft: Draft) -> "list[tuple[str, Sequence[Section]]]":
    from shared.formkit.summary import summary

    fill = borrowed(house().municipality)
    return [("", summary(form, draft.answers, language(), show_date=in_words, fill=fill))]
