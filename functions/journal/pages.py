"""The own file: newest first, one note by itself, who has read, and all of it as a PDF."""

from typing import Final

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.journal import paper, words
from shared.app import house
from shared.domain import objections
from shared.domain.broken_rules import NotOpen
from shared.domain.ids import ItemId, SubmissionId, is_id
from shared.ports.store import NotFound, Refused
from shared.records.own_file import OwnNote, OwnPage, Readings
from shared.records.submissions import Submission
from shared.web import (
    ErrorWords,
    error_page,
    gettext,
    mark,
    posted_submission_id,
    principal,
    private_login,
    read_form,
    see_other,
)
from shared.web.seen_pages import opened_or_not_at_all

pages = Blueprint("journal", __name__, url_prefix="/journal")
_AT_WORK: Final = ErrorWords(
    mark("Din egen akt läser du privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att öppna sin egen akt."),
    mark("Inget har öppnats."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)
_FULL: Final = ErrorWords(
    mark("Det gick inte att skicka härifrån"),
    mark("Anteckningen har redan så många synpunkter som den kan ha, eller visas inte längre."),
    mark("Inget har skickats."),
    mark("Ring oss, så skriver vi ner vad du säger."),
)
_SEND: Final = "send"
_EDIT: Final = "edit"
_CHECK: Final = "check"
pages.before_request(private_login(_AT_WORK))
pages.before_request(opened_or_not_at_all)


@pages.get("")
def show() -> str:
    """What is released, newest first. Where nothing is, the page is the same for everybody, whatever the reason."""
    cursor, now = request.args.get("efter"), house().clock.now()
    page = _page(cursor)
    return render_template(
        "journal.html",
        entries=[words.entry(one, now) for one in page.entries],
        notes=any(isinstance(one, OwnNote) for one in page.entries),
        next_href=url_for("journal.show", efter=page.cursor) if page.cursor else None,
        first_href=url_for("journal.show") if cursor else None,
    )


@pages.get("/lasare")
def readers() -> str:
    """Who at work has opened the file: unit, role, time and reason, newest first."""
    cursor, now = request.args.get("efter"), house().clock.now()
    found = _readings(cursor)
    return render_template(
        "readers.html",
        sittings=words.sittings(found.readings, now),
        next_href=url_for("journal.readers", efter=found.cursor) if found.cursor else None,
        first_href=url_for("journal.readers") if cursor else None,
    )


@pages.get("/akten.pdf")
def pdf() -> Response:
    """All of it on paper; where nothing is released, or no PDF can be made, the page with the same words."""
    found = house().own_file.whole(principal())
    made = house().typeset(paper.TEMPLATE, paper.content(found)) if found.notes else None
    if made is None:
        return see_other(url_for("journal.show"))
    response = make_response(made)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = 'attachment; filename="utdrag.pdf"'
    return response


@pages.get("/<note>")
def entry(note: str) -> str:
    """One note by itself."""
    found = (house().own_file.entry(principal(), ItemId(note)) if is_id(note) else None) or abort(404)
    return _entry_page(found)


@pages.post("/<note>/fel")
def object_to(note: str) -> ResponseReturnValue:
    """What the person says is wrong, to read through, or to put right (422); sent it is answered (303 to the note)."""
    form = read_form(one=("text", "go"))
    found = (house().own_file.entry(principal(), ItemId(note)) if is_id(note) else None) or abort(404)
    text, go = form.text("text"), form.text("go")
    if go not in {_CHECK, _SEND, _EDIT}:
        abort(400)
    if errors := _problems(text):
        return _entry_page(found, text, errors), 422
    if go != _SEND:
        return _entry_page(found, text, check=go != _EDIT)
    once = Submission(str(principal().person), SubmissionId(posted_submission_id()), {"note": note, "text": text})
    try:
        house().objections.make(principal(), found.id, text, once)
    except (NotOpen, NotFound):
        return error_page(409, _FULL)
    return see_other(url_for("journal.entry", note=note))


def _problems(text: str) -> dict[str, str]:
    if not text.strip():
        return {"text": gettext("Skriv vad som är fel eller saknas")}
    over = len(text) - objections.LONGEST
    if over > 0:
        return {"text": gettext("Texten är lite för lång. Ta bort ungefär %(count)s tecken.", count=over)}
    return {}


def _entry_page(found: OwnNote, text: str = "", errors: dict[str, str] | None = None, *, check: bool = False) -> str:
    now, said = house().clock.now(), house().objections.own(principal(), found.id)
    return render_template(
        "entry.html",
        note=words.note(found, now),
        objections=[words.objection(one, now) for one in said],
        full=len(said) >= objections.MOST,
        text=text,
        errors=errors or {},
        check=check,
        limit=objections.LONGEST,
        href=url_for("journal.object_to", note=found.id),
    )


def _page(cursor: str | None) -> OwnPage:
    try:
        return house().own_file.page(principal(), cursor)
    except Refused:
        abort(404)


def _readings(cursor: str | None) -> Readings:
    try:
        return house().own_file.readings(principal(), cursor)
    except Refused:
        abort(404)
