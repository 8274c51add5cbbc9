"""Saying that a note is wrong, and adding to the own file: begun, taken up again, put aside, deleted."""

from typing import Final

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.journal import own_drafts
from functions.journal.privately import privately
from functions.journal.served import SERVED
from shared.app import house
from shared.domain.ids import ItemId, is_id
from shared.records.drafts import Draft, note_of
from shared.serving.own_drafts import TooMany
from shared.serving.served import forget
from shared.web import ErrorWords, error_page, mark, posted_submission_id, principal, read_form, see_other

pages: Final = Blueprint("drafts", __name__, url_prefix="/journal")
pages.before_request(privately)
_NO_ROOM: Final = ErrorWords(
    mark("Du skriver på mycket redan"),
    mark("Du kan ha högst 20 påbörjade texter på en gång."),
    mark("Allt du har skrivit finns kvar i din akt."),
    mark("Skicka eller ta bort något av det, och börja sedan om här."),
)


@pages.post("/<note>/fel")
def object_to(note: str) -> Response:
    """What is wrong with the note, from its first page; begun before, it goes on."""
    return _begin(ItemId(note) if is_id(note) else abort(404))


@pages.post("/lagg-till")
def add() -> Response:
    """The same for the file itself."""
    return _begin(None)


@pages.get("/utkast/<id>")
def resume(id: str) -> Response:
    """On with it, from the first page."""
    return _first(own_drafts.find(id))


@pages.get("/utkast/<id>/sparat")
def saved(id: str) -> str:
    """What is saved, until when, and how to come back."""
    return render_template("saved.html", draft=own_drafts.find(id))


@pages.get("/utkast/<id>/ta-bort")
def ask_to_delete(id: str) -> str:
    """Ask before the draft goes."""
    return render_template("delete.html", draft=own_drafts.find(id))


@pages.post("/utkast/<id>/ta-bort")
def delete(id: str) -> Response:
    """The draft and its files are gone with their keys."""
    read_form(one=())
    draft = own_drafts.find(id)
    forget(draft)
    note = note_of(draft.id)
    shown = note is not None and house().objections.may_send(principal(), note)
    return see_other(url_for("journal.entry", note=note) if shown else url_for("journal.show"))


@pages.app_errorhandler(TooMany)
def too_many(_error: TooMany) -> ResponseReturnValue:
    """As many as anybody may write at a time (409)."""
    return error_page(409, _NO_ROOM)


def _begin(note: ItemId | None) -> Response:
    read_form(one=())
    return _first(own_drafts.begin(note, posted_submission_id()))


def _first(draft: Draft) -> Response:
    return see_other(SERVED.paths(draft).step(own_drafts.form_of(draft).steps[0].slug))
