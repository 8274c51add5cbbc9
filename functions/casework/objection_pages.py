"""Answering what a person says is wrong with a note: write, read through, sign; the person reads the answer."""

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import note_words, note_writing, objection_words, words
from functions.casework.access import case_or_404, demand_same, submission
from functions.casework.facts import child_name
from functions.casework.journal_pages import opened
from shared.app import house
from shared.domain import journaling, objections
from shared.domain.cases import Case
from shared.domain.ids import ItemId
from shared.domain.objection_items import Objection
from shared.web import gettext, principal, read_form, see_other

pages = Blueprint("objections", __name__, url_prefix="/arbete/arende/<id>/journal/<note>/svar/<objection>")
_CHECK, _SIGN, _EDIT = "check", "sign", "edit"


@pages.get("")
def ask(id: str, note: str, objection: str) -> ResponseReturnValue:
    """What the person says beside the note; what is answered is read on the note's page."""
    case = _writable(id)
    one = _objection(case, note, objection)
    return _page(case, one) if one.answer is None else see_other(url_for("journal.read", id=id, note=note))


@pages.post("")
def answer(id: str, note: str, objection: str) -> ResponseReturnValue:
    """The answer to read through, or to put right (422); signed the person reads it (303 to the note)."""
    form = read_form(one=("text", "go"))
    case = _writable(id)
    one = _objection(case, note, objection)
    text, go = form.text("text"), form.text("go")
    if go not in {_CHECK, _SIGN, _EDIT}:
        abort(400)
    if errors := _problems(text):
        return _page(case, one, text, errors), 422
    if go != _SIGN:
        return _page(case, one, text, check=go != _EDIT)
    once = submission(case=id, objection=objection, text=text)
    title = note_writing.own_title()
    demand_same(house().objections.answer(principal(), case.id, one.id, text, title=title, submission=once))
    return see_other(url_for("journal.read", id=id, note=note))


def _writable(id: str) -> Case:
    case = case_or_404(id)
    journaling.demand_writer(case, principal())
    return case


def _objection(case: Case, note: str, objection: str) -> Objection:
    found = house().objections.of_note(principal(), case.id, ItemId(note))
    return next((one for one in found if one.id == objection), None) or abort(404)


def _problems(text: str) -> dict[str, str]:
    if not text.strip():
        return {"text": gettext("Skriv ett svar")}
    over = len(text) - objections.LONGEST
    if over > 0:
        return {"text": gettext("Texten är lite för lång. Ta bort ungefär %(count)s tecken.", count=over)}
    return {}


def _page(
    case: Case, one: Objection, text: str = "", errors: dict[str, str] | None = None, *, check: bool = False
) -> str:
    now = house().clock.now()
    note, review = opened(case.id, one.note)
    said = objection_words.row(one, now)
    return render_template(
        "answer.html",
        case=case,
        child=child_name(case),
        kind=gettext(words.KINDS[case.kind]),
        name=gettext("Svara på en synpunkt"),
        clock=said["clock"],
        note=note_words.note(note, review, now),
        said=said,
        text=text,
        errors=errors or {},
        check=check,
        limit=objections.LONGEST,
        here=said["href"],
        back_to=url_for("journal.read", id=case.id, note=one.note),
    )
