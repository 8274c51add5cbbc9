"""The print queue: letters that wait to be printed, put in envelopes and posted by the unit."""

from datetime import datetime
from typing import Any, Final
from urllib.parse import urlencode

from flask import Blueprint, Response, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import words
from functions.casework.access import demand_same, submission
from functions.casework.letter_pages import pdf_answer
from shared.app import house
from shared.domain.access import POSTS_LETTERS
from shared.domain.ids import ItemId
from shared.domain.letter_printing import Held
from shared.domain.letters import letter_reference
from shared.domain.principals import Kind
from shared.ports.store import Refused
from shared.records.print_queue import Printed, PrintPage, Waiting
from shared.web import gettext, language, login_required, mark, principal, read_form, see_other
from shared.web.letter_paper import TEMPLATE, paper
from shared.web.words import moment

pages = Blueprint("post", __name__, url_prefix="/arbete/utskrift")
_WHY: Final = {
    Held.UNAVAILABLE: mark("Folkbokföringen svarar inte. Ingen vet om adressen får användas. Försök igen om en stund."),
    Held.DECEASED: mark("Mottagaren har avlidit sedan brevet skickades. Lägg undan det och säg till handläggaren."),
    Held.MOVED_OUT: mark("Mottagaren är inte längre folkbokförd i Sverige. Fråga handläggaren vart brevet ska."),
    Held.NOT_GUARDIAN: mark("Mottagaren är inte längre vårdnadshavare enligt folkbokföringen. Fråga handläggaren."),
    Held.UNSURE: mark("Folkbokföringen säger inte längre säkert var mottagaren bor. Fråga handläggaren."),
}  # fmt: skip
posts_letters = login_required(Kind.STAFF, roles=POSTS_LETTERS)


@pages.get("")
@posts_letters
def show() -> str:
    """What waits, the oldest first; no names."""
    cursor, now = request.args.get("efter"), house().clock.now()
    page = _page(cursor)
    return render_template(
        "post.html",
        letters=[_row(one, now) for one in page.letters],
        failed=request.args.get("fel") == "pdf",
        all_href=url_for("post.printed", efter=cursor) if len(page.letters) > 1 else None,
        next_href=url_for("post.show", efter=page.cursor) if page.cursor else None,
        first_href=url_for("post.show") if cursor else None,
    )


@pages.get("/alla.pdf")
@posts_letters
def printed() -> ResponseReturnValue:
    """The letters of one page of the list in one PDF, each beginning a sheet; every opening is logged.

    The population register is asked first: a page says what it changes, and what is held, before anything is printed.
    """
    return _pdf([one.id for one in _page(request.args.get("efter")).letters], "utskrift")


@pages.get("/<letter>.pdf")
@posts_letters
def one(letter: str) -> ResponseReturnValue:
    """One letter; the register is asked first, and the opening is logged."""
    return _pdf([ItemId(letter)], letter_reference(ItemId(letter)))


@pages.get("/<letter>/beslut.pdf")
@posts_letters
def decision(letter: str) -> ResponseReturnValue:
    """The original of the decision that goes with the letter; the opening is logged."""
    said = house().print_queue.printed(principal(), [ItemId(letter)])
    if said.held:
        return _told(said)
    (found,) = said.letters or abort(404)
    original = house().originals.find(found.decision) if found.decision else None
    if original is None:
        abort(404)
    return pdf_answer(house().originals.content(original), f"beslut-{found.reference}") or abort(404)


@pages.post("/<letter>")
@posts_letters
def posted(letter: str) -> Response:
    """The letter lies in the post, once (303 to the list)."""
    read_form(one=())
    demand_same(house().print_queue.posted(principal(), ItemId(letter), submission(posted=letter)))
    return see_other(url_for("post.show"))


def _page(cursor: str | None) -> PrintPage:
    try:
        return house().print_queue.page(principal(), cursor)
    except Refused:
        abort(404)


def _pdf(ids: list[ItemId], name: str) -> ResponseReturnValue:
    said = house().print_queue.printed(principal(), ids)
    if not said.surprises <= _seen() or (said.held and not said.letters):
        return _told(said)
    letters = said.letters or abort(404)
    made = house().typeset(TEMPLATE, paper(letters, words.directory().name, enveloped=True))
    return pdf_answer(made, name) or see_other(url_for("post.show", fel="pdf"))


def _seen() -> set[str]:
    """The letters that the page has told of."""
    return set(request.args.getlist("sett"))


def _told(said: Printed) -> str:
    """What the register changed since the letters were sent, and the way on to print the others."""
    go = request.full_path.partition("?")[0]
    query = [("efter", cursor)] if (cursor := request.args.get("efter")) else []
    query += [("sett", one) for one in sorted(said.surprises)]
    return render_template(
        "post_held.html",
        held=[{"reference": letter_reference(one), "why": gettext(_WHY[why])} for one, why in said.held.items()],
        protected=[letter_reference(one) for one in sorted(said.protected)],
        count=len(said.letters),
        print_href=f"{go}?{urlencode(query)}" if said.letters else None,
    )


def _row(waiting: Waiting, now: datetime) -> dict[str, Any]:
    return {
        "id": waiting.id,
        "reference": waiting.reference,
        "when": moment(waiting.sent_at, language(), now),
        "by": words.staff_name(waiting.by),
        "forward": waiting.forward,
        "addressed": waiting.addressed,
        "pdf": url_for("post.one", letter=waiting.id),
        "decision": url_for("post.decision", letter=waiting.id) if waiting.decision else None,
        "done": url_for("post.posted", letter=waiting.id),
    }
