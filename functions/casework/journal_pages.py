"""The journal of a case: what has happened newest first, with the contacts counted; one note, and adding to it."""

from typing import Any

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import note_words, note_writing, objection_words, review_words
from functions.casework.access import case_or_404, demand_same, file_or_404, submission
from functions.casework.case_pages import frame
from shared.app import house
from shared.domain import access, journaling
from shared.domain.ids import CaseId, ItemId, is_id
from shared.domain.notes import Note
from shared.domain.reviews import Review
from shared.ports.store import Refused
from shared.records.journal import JournalPage
from shared.web import gettext, principal, read_form, see_other

pages = Blueprint("journal", __name__, url_prefix="/arbete/arende/<id>/journal")
pages.add_url_rule("/skriv", "write", note_writing.write, methods=["GET"])
pages.add_url_rule("/skriv", "save", note_writing.save, methods=["POST"])
pages.add_url_rule("/skriv/kontrollera", "check", note_writing.check, methods=["GET"])
pages.add_url_rule("/skriv/kontrollera", "commit", note_writing.commit, methods=["POST"])
_CHECK, _SIGN, _EDIT = "check", "sign", "edit"


@pages.get("")
def show(id: str) -> str:
    """Notes, letters, meetings, decisions and what the person says, newest first."""
    found, cursor = file_or_404(id, "case"), request.args.get("efter")
    page, now = _page(id, cursor), house().clock.now()
    return render_template(
        "journal.html",
        entries=[note_words.entry(one, page.reviews, found.case, now) for one in page.entries],
        contacts=note_words.counted(page.contacts),
        waiting=objection_words.waiting(id, page.unanswered),
        writes=access.may_document(principal(), found.case),
        next_href=url_for("journal.show", id=id, efter=page.cursor) if page.cursor else None,
        first_href=url_for("journal.show", id=id) if cursor else None,
        **frame(found, "journal"),
    )


@pages.get("/<note>")
def read(id: str, note: str) -> str:
    """One note as it was signed, with its additions."""
    return _note_page(id, opened(id, note))


@pages.post("/<note>/tillagg")
def add(id: str, note: str) -> ResponseReturnValue:
    """The addition to read through, or to put right (422); signed it stands (303 to the note)."""
    form = read_form(one=("text", "go"))
    text, case = form.text("text"), case_or_404(id)
    journaling.demand_writer(case, principal())
    if form.text("go") not in {_CHECK, _SIGN, _EDIT}:
        abort(400)
    errors = _problems(text)
    if errors or form.text("go") != _SIGN:
        page = _note_page(id, opened(id, note), text, errors, check=not errors and form.text("go") != _EDIT)
        return (page, 422) if errors else page
    once = submission(case=id, note=note, text=text)
    if not is_id(note):
        abort(404)
    sent = house().journal.add(
        principal(), case.id, ItemId(note), text, title=note_writing.own_title(), submission=once
    )
    demand_same(sent)
    return see_other(url_for("journal.read", id=id, note=note))


def _problems(text: str) -> dict[str, str]:
    if not text.strip():
        return {"text": gettext("Skriv vad som ska läggas till")}
    over = len(text) - journaling.LONGEST
    if over > 0:
        return {"text": gettext("Texten är lite för lång. Ta bort ungefär %(count)s tecken.", count=over)}
    return {}


def opened(id: str, note: str) -> tuple[Note, Review | None]:
    """The note with the review that stands, logged; or no such page."""
    return (house().journal.open(principal(), CaseId(id), ItemId(note)) if is_id(note) else None) or abort(404)


def _note_page(
    id: str,
    there: tuple[Note, Review | None],
    text: str = "",
    errors: dict[str, str] | None = None,
    *,
    check: bool = False,
) -> str:
    one, review = there
    found = file_or_404(id, "case")
    shown: dict[str, Any] = {
        "note": note_words.note(one, review, house().clock.now()),
        "said": objection_words.of_note(id, one.id),
        "review": review_words.standing(one, review, house().clock.now()),
        "review_href": url_for("review.ask", id=id, note=one.id),
        "text": text,
        "check": check,
        "writes": access.may_document(principal(), found.case),
        "full": len(one.additions) >= journaling.MOST_ADDITIONS,
        "limit": journaling.LONGEST,
    }
    head = frame(found, "journal", errors or {})
    if check:  # one green button: the one that signs
        head |= {"next_step": None, "may_take": False}
    return render_template("note.html", **shown, **head)


def _page(id: str, cursor: str | None) -> JournalPage:
    try:
        return house().journal.page(principal(), CaseId(id), cursor) or abort(404)
    except Refused:
        abort(404)
