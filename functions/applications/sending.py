"""Checking the answers, confirming them on one's honour, and sending them once, however often that is pressed."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from functions.applications import own_drafts
from functions.applications.residents import residents_only
from functions.applications.served import SERVED
from shared import log
from shared.app import house
from shared.ports.store import Conflict
from shared.records.drafts import Draft
from shared.serving.borrowed import borrowed, in_words
from shared.serving.own_drafts import AlreadySent
from shared.web import language, local_text, principal, see_other
from shared.web.form_paths import FormPaths

if TYPE_CHECKING:
    from shared.formkit.definition import Form, Problem
    from shared.formkit.repeats import Posted
    from shared.formkit.summary import Section
    from shared.records.submissions import Sent

pages: Final = Blueprint("sending", __name__, url_prefix="/ansok/utkast/<id>")
pages.before_request(residents_only)

CHECKED: Final = "checked"
"""Which saved draft the person had before them when pressing the button."""


@pages.get("/kontrollera")
def check(id: str) -> str:
    """Everything that will be sent, what is missing, and what is confirmed."""
    return _page(own_drafts.find(id))


@pages.post("/skicka")
def send(id: str) -> ResponseReturnValue:
    """File the application that was checked and lead to its receipt (303), or say what is missing (422)."""
    from shared.serving.walking import posted

    try:
        draft = own_drafts.find(id)
    except AlreadySent as before:
        return see_other(url_for("receipts.receipt", id=before.receipt))
    form, sent = own_drafts.form_of(draft), dict(posted())
    _only_what_is_confirmed(form, sent)
    if sent.pop(CHECKED, [""]) != [str(draft.rev)]:
        return _look_again(draft)
    if draft.version != str(form.version):
        return _asked_anew(draft, form)
    return _confirmed(draft, form, sent)


def _confirmed(draft: Draft, form: "Form", sent: "Posted") -> ResponseReturnValue:
    from shared.formkit.attesting import check_attested
    from shared.formkit.snapshot import Incomplete

    attested, problems = check_attested(form, draft.answers, sent)
    if problems:
        return _page(draft, problems), 422
    try:
        application = _file(draft, form, attested)
    except Incomplete:
        return _page(draft), 422
    except Conflict:
        return _look_again(draft)
    log.info("application.sent", kind="first" if application.first else "again")
    return see_other(url_for("receipts.receipt", id=application.result))


def _only_what_is_confirmed(form: "Form", sent: "Posted") -> None:
    closing = form.closing
    known = {CHECKED, *(() if closing is None else (field.id for field in closing.fields))}
    if set(sent) - known or any(len(values) > 1 for values in sent.values()):
        raise BadRequest


def _file(draft: Draft, form: "Form", attested: frozenset[str]) -> "Sent":
    from functions.applications.filing import applied

    who = principal()
    what = applied(
        form, draft.answers, attested, (who.name, house().sessions.number(who)),
        language=language(), now=house().clock.now(), show_date=in_words, fill=borrowed(house().municipality),
    )  # fmt: skip
    return house().applicants.send(who, what, house().municipality.receives(what.kind).id, draft)


def _asked_anew(draft: Draft, form: "Form") -> Response:
    """The form has a new version since the draft was begun: what still fits is kept, and looked through first."""
    house().drafts.save(replace(draft, version=str(form.version)), draft.answers)
    return see_other(url_for("sending.check", id=draft.id, andrad="fragor"))


def _look_again(draft: Draft) -> Response:
    return see_other(url_for("sending.check", id=draft.id, andrad=1))


def _page(draft: Draft, problems: "Sequence[Problem]" = ()) -> str:
    from shared.formkit.lacking import remaining
    from shared.formkit.page import page

    form, fill = own_drafts.form_of(draft), SERVED.fill()
    steps, closing = {one.id: one for one in form.steps}, form.closing
    last = page(form, closing, draft.answers, language(), problems=problems, fill=fill) if closing else None
    paths = FormPaths(SERVED.paths(draft).base, checking=True)
    return render_template(
        "check.html",
        frame=SERVED.frame,
        draft=draft,
        paths=paths,
        back=paths.parts if form.parts else paths.step(form.steps[0].slug),
        closing=last,
        missing=[(one, steps[one.step]) for one in remaining(form, draft.answers)],
        groups=_groups(form, draft),
        errors={one.name: one.text[language()] for one in problems},
        action=url_for("sending.send", id=draft.id),
        changed=request.args.get("andrad"),
    )


def _groups(form: "Form", draft: Draft) -> "list[tuple[str, Sequence[Section]]]":
    from shared.formkit.parts import by_part
    from shared.formkit.summary import summary

    names = {part.id: local_text(part.name) for part in form.parts}
    fill = borrowed(house().municipality)
    sections = summary(form, draft.answers, language(), show_date=in_words, fill=fill)
    return [(names.get(part, ""), own) for part, own in by_part(form, sections)]
