"""Files of a report: chosen, received, listed and taken away again, with no more than a form."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import BadRequest

from functions.concern_reports import own_drafts
from functions.concern_reports.refusals import in_words
from functions.concern_reports.report_form import borrowed, report_form, unbroken
from functions.concern_reports.ways import from_check, here, onward, way_back
from shared.app import house
from shared.domain.ids import FileId
from shared.domain.principals import Kind
from shared.domain.received_files import FileState, Refusal
from shared.ports.store import NotFound, Unavailable
from shared.records.drafts import Draft
from shared.web import allow_sending, language, local_text, principal, read_form, see_other, takes_files
from shared.web.paths import login_path

if TYPE_CHECKING:
    from shared.formkit.definition import Field, Step

pages = Blueprint("attaching", __name__, url_prefix="/anmal/utkast/<id>/<slug>/filer")

INPUT: Final = "filer"
_MORE: Final = "ladda"
_REMOVE: Final = "ta-bort"


@pages.before_request
def _reporters_only() -> Response | None:
    """Files can not be kept for who has been logged out: the page they were chosen on says so after the login."""
    who = principal()
    if who.kind is Kind.ANONYMOUS:
        step = request.path.rpartition("/")[0]
        return see_other(login_path(f"{step}?utan=filer" if request.method == "POST" else step))
    return None if who.kind is Kind.REPORTER else abort(403)


@pages.get("")
def listed(id: str, slug: str) -> Response:
    """The question itself."""
    return see_other(here(own_drafts.find(id), asked(slug)[0]))


@pages.post("")
@takes_files
def attach(id: str, slug: str) -> ResponseReturnValue:
    """Receive what was chosen, whichever button was pressed, then go on (303) or say what was not received (422)."""
    step, question = asked(slug)
    form = read_form(one=(INPUT, _MORE, _REMOVE, "later"))
    if set(request.files) - {INPUT}:
        raise BadRequest
    draft = own_drafts.find(id)
    try:
        if gone := form.text(_REMOVE):
            draft = house().attachments.remove(draft, FileId(gone))
        problems = list(_receive(draft, question))
    except NotFound:
        own_drafts.find(id)  # deleted, or sent: its page says which
        raise
    if problems:
        errors = {INPUT if n == 0 else f"{INPUT}-{n + 1}": words for n, words in enumerate(problems)}
        return shown(own_drafts.find(id), step, errors), 422
    if form.text(_MORE) or gone:
        return see_other(here(draft, step))
    if form.text("later"):
        return see_other(url_for("drafts.saved", id=draft.id))
    return see_other(url_for("sending.check", id=draft.id) if from_check() else onward(draft, step))


def asked(slug: str) -> "tuple[Step, Field]":
    """The page with this address and its question for files; every other page is 404 here."""
    step = report_form().step(slug)
    question = step and step.takes_files
    return (step, question) if step and question else abort(404)


def shown(draft: Draft, step: "Step", errors: Mapping[str, str] = {}) -> str:
    """The question with the files that are there, and what was not received."""
    from shared.formkit.page import page

    allow_sending()
    states = {one.id: one.file.state for one in house().attachments.of(draft.id)}
    asked_page = page(report_form(), step, draft.answers, language(), fill=unbroken(borrowed(house().municipality)))
    return render_template(
        "files_step.html", page=asked_page, draft=draft, step=step, name=local_text(step.name),
        back=way_back(draft, step), from_check=from_check(), errors=errors, lost="utan" in request.args,
        action=url_for("attaching.attach", id=draft.id, slug=step.slug, till=request.args.get("till")),
        pending={id for id, state in states.items() if state is FileState.PENDING},
        stopped={id for id, state in states.items() if state is FileState.REFUSED},
    )  # fmt: skip


def _receive(draft: Draft, question: "Field") -> Iterator[str]:
    """Receive each file by itself: one that is refused is no reason to lose the others."""
    for sent in request.files.getlist(INPUT):
        if not sent.filename:
            continue
        try:
            kept = house().attachments.add(draft, question.id, sent.filename, sent.stream.read())
        except Unavailable:
            yield in_words(sent.filename, None)
            continue
        if isinstance(kept, Refusal):
            yield in_words(sent.filename, kept)
        else:
            draft = kept
