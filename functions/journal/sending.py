"""Reading through what is said to the own file, and sending it once, however often that is pressed."""

from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.journal import own_drafts
from functions.journal.privately import privately
from functions.journal.served import SERVED
from shared import log
from shared.app import house
from shared.domain.broken_rules import NotOpen
from shared.domain.ids import FileId
from shared.ports.store import Conflict, NotFound
from shared.records.drafts import Draft, note_of
from shared.serving.own_drafts import AlreadySent
from shared.web import ErrorWords, error_page, language, mark, principal, read_form, see_other
from shared.web.form_paths import FormPaths

if TYPE_CHECKING:
    from shared.records.objections import Written

pages: Final = Blueprint("sending", __name__, url_prefix="/journal/utkast/<id>")
pages.before_request(privately)
_FULL: Final = ErrorWords(
    mark("Det gick inte att skicka härifrån"),
    mark("Här finns redan så mycket från dig som väntar på oss, eller så visas anteckningen inte längre."),
    mark("Inget har skickats. Det du skrev finns kvar."),
    mark("Ring oss, så skriver vi ner vad du säger."),
)
_NO: Final = "no"


@pages.get("/kontrollera")
def check(id: str) -> str:
    """Everything that will be sent, and what happens then."""
    return _page(own_drafts.find(id))


@pages.post("/skicka")
def send(id: str) -> ResponseReturnValue:
    """Send what was read through and lead to it (303), or say what is missing (422)."""
    from shared.formkit.lacking import remaining

    form = read_form(one=("checked",))
    try:
        draft = own_drafts.find(id)
    except AlreadySent as before:
        return see_other(url_for("said.show", id=before.receipt))
    if form.text("checked") != str(draft.rev):
        return _look_again(draft)
    if remaining(own_drafts.form_of(draft), draft.answers):
        return _page(draft), 422
    try:
        sent = house().objections.send(principal(), note_of(draft.id), _written(draft), draft)
    except (NotOpen, NotFound):
        return error_page(409, _FULL)
    except Conflict:
        return _look_again(draft)
    log.info("own_file.said", kind="objection" if note_of(draft.id) else "addition")
    return see_other(url_for("said.show", id=sent.result))


def _written(draft: Draft) -> "Written":
    from shared.formkit.files import file_ids
    from shared.formkit.submission import submission
    from shared.records.objections import Written

    form = own_drafts.form_of(draft)
    kept = submission(form, draft.answers)
    files = tuple(map(FileId, file_ids(form, kept)))
    return Written(str(kept["text"]), files, asks=kept.get("answer") != _NO)


def _look_again(draft: Draft) -> Response:
    return see_other(url_for("sending.check", id=draft.id, andrad=1))


def _page(draft: Draft) -> str:
    from shared.formkit.lacking import remaining
    from shared.formkit.summary import summary

    form = own_drafts.form_of(draft)
    steps = {one.id: one for one in form.steps}
    paths = FormPaths(SERVED.paths(draft).base, checking=True)
    return render_template(
        "say_check.html",
        draft=draft,
        paths=paths,
        missing=[(one, steps[one.step]) for one in remaining(form, draft.answers)],
        sections=summary(form, draft.answers, language()),
        objects=note_of(draft.id) is not None,
        asks=draft.answers.get("answer") != _NO,
        action=url_for("sending.send", id=draft.id),
        changed="andrad" in request.args,
    )
