"""What the person says of the own file: read it, answer it, or note that it has been read."""

from typing import Final

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import note_words, note_writing, objection_words, words
from functions.casework.access import case_or_404, demand_same, submission
from functions.casework.attachment_pages import rows
from functions.casework.facts import person_name
from functions.casework.journal_pages import opened
from shared.app import house
from shared.domain import access, journaling, objections
from shared.domain.cases import Case
from shared.domain.ids import CaseId, ItemId, is_id
from shared.domain.objection_items import Objection
from shared.web import gettext, principal, read_form, see_other

pages = Blueprint("objections", __name__, url_prefix="/arbete/arende/<id>/sagt/<objection>")
_CHECK: Final = "check"
_SIGN: Final = "sign"
_EDIT: Final = "edit"


@pages.get("")
def show(id: str, objection: str) -> str:
    """What the person says beside the note it is about, with the files; and for those who write, the answer to it."""
    case = case_or_404(id)
    return _page(case, _objection(case, objection))


@pages.post("")
def answer(id: str, objection: str) -> ResponseReturnValue:
    """The answer to read through, or to put right (422); signed the person reads it (303 to the page)."""
    form = read_form(one=("text", "go"))
    case = _writable(id)
    text, go = form.text("text"), form.text("go")
    if go not in {_CHECK, _SIGN, _EDIT}:
        abort(400)
    one = _objection(case, objection)
    if errors := _problems(text):
        return _page(case, one, text, errors), 422
    if go != _SIGN:
        return _page(case, one, text, check=go != _EDIT)
    once = submission(case=id, objection=objection, text=text)
    title = note_writing.own_title()
    demand_same(house().objections.answer(principal(), case.id, one.id, text, title=title, submission=once))
    return see_other(url_for("objections.show", id=id, objection=objection))


@pages.post("/last")
def hear(id: str, objection: str) -> Response:
    """It has been read, and asks for no answer (303 to the journal)."""
    read_form(one=())
    case = _writable(id)
    if not is_id(objection):
        abort(404)
    demand_same(house().objections.hear(principal(), case.id, ItemId(objection), submission(heard=objection)))
    return see_other(url_for("journal.show", id=id))


def _writable(id: str) -> Case:
    case = case_or_404(id)
    journaling.demand_writer(case, principal())
    return case


def _objection(case: Case, objection: str) -> Objection:
    there = house().objections.one(principal(), CaseId(case.id), ItemId(objection)) if is_id(objection) else None
    return there or abort(404)


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
    note = note_words.note(*opened(case.id, one.note), now) if one.note else None
    said = objection_words.row(one, now)
    return render_template(
        "answer.html",
        case=case,
        person=person_name(case),
        kind=gettext(words.KINDS[case.kind]),
        name=gettext("Det här säger den som akten gäller"),
        clock=said["clock"],
        note=note,
        said=said,
        attached=rows(house().sent_files.of(one)),
        writes=access.may_document(principal(), case),
        text=text,
        errors=errors or {},
        check=check,
        limit=objections.LONGEST,
        here=said["href"],
        back_to=url_for("journal.read", id=case.id, note=one.note) if one.note else url_for("journal.show", id=case.id),
    )
