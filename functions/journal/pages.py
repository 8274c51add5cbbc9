"""The own file: newest first, one note by itself, who has read, and all of it as a PDF."""

from functools import partial

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from functions.journal import paper, words
from functions.journal.privately import privately
from shared.app import house
from shared.domain import objections
from shared.domain.ids import ItemId, is_id
from shared.ports.store import Refused
from shared.records.drafts import Draft, own_file_owner
from shared.records.own_file import OwnNote, OwnPage, Readings
from shared.web import principal, see_other
from shared.web.seen_pages import opened_or_not_at_all

pages = Blueprint("journal", __name__, url_prefix="/journal")
pages.before_request(privately)
pages.before_request(opened_or_not_at_all)


@pages.get("")
def show() -> str:
    """What is released, newest first. Where nothing is, the page is the same for everybody, whatever the reason."""
    cursor, now = request.args.get("efter"), house().clock.now()
    page, begun = (_page(cursor), None) if cursor else house().together(partial(_page, None), _begun)
    return render_template(
        "journal.html",
        entries=[words.entry(one, now) for one in page.entries],
        notes=any(isinstance(one, OwnNote) for one in page.entries),
        begun=begun,
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
    """One note by itself, with what the person has said of it."""
    found = (house().own_file.entry(principal(), ItemId(note)) if is_id(note) else None) or abort(404)
    now, said = house().clock.now(), house().objections.own(principal(), found.id)
    return render_template(
        "entry.html",
        note=words.note(found, now),
        said=[words.said(one, now) for one in said],
        full=len(said) >= objections.MOST,
        unit=found.unit,
        href=url_for("drafts.object_to", note=found.id),
    )


def _begun() -> Draft | None:
    """What the person has begun to write and not sent, the latest of it."""
    return next(iter(house().drafts.of(own_file_owner(principal()), most=1)), None)


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
