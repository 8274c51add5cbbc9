"""Meddelanden: a private person's letters from us, for that person alone."""

from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, Response, abort, g, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from shared.app import house
from shared.domain.ids import ItemId, UnitId, is_id
from shared.domain.letters import Letter, LetterKind, Relation, letter_reference
from shared.ports.store import Refused, StoreError
from shared.web import (
    ErrorWords,
    gettext,
    language,
    mark,
    ngettext,
    principal,
    private_login,
    read_form,
    see_other,
)
from shared.web.letter_paper import TEMPLATE, paper, sent_on
from shared.web.seen_pages import opened_or_not_at_all
from shared.web.viewer import known_session
from shared.web.words import capital, moment

if TYPE_CHECKING:
    from shared.records.inbox import InboxPage, Received

pages = Blueprint("inbox", __name__, url_prefix="/meddelanden")
_AT_WORK: Final = ErrorWords(
    mark("Dina egna brev läser du privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att öppna privata brev, för din egen säkerhet."),
    mark("Inget har öppnats. Breven ligger kvar och väntar på dig."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)


pages.before_request(private_login(_AT_WORK))
pages.before_request(opened_or_not_at_all)


@pages.get("")
def show() -> str:
    """The letters, the unread first: who from and when, and nothing of what they are about."""
    cursor = request.args.get("efter")
    page = _page(cursor)
    return render_template(
        "inbox.html",
        letters=[_row(one) for one in page.letters],
        next_href=url_for("inbox.show", efter=page.cursor) if page.cursor else None,
        first_href=url_for("inbox.show") if cursor else None,
    )


@pages.get("/<id>")
def read(id: str) -> str:
    """One letter that has been received, each opening logged; before that who it is from, and how it is opened."""
    letter = _own(id)
    if not isinstance(letter, Letter):
        return render_template("message_closed.html", letter=_row(letter), when=_when(letter))
    return _shown(id, letter)


@pages.post("/<id>")
def receive(id: str) -> ResponseReturnValue:
    """The person opens the letter, from now on read (303 to it)."""
    read_form(one=())
    received = (house().inbox.receive(principal(), ItemId(id)) if is_id(id) else False) or abort(404)
    return see_other(url_for("inbox.read", id=id)) if received is True else _shown(id, received)


def _shown(id: str, letter: Letter) -> str:
    made = letter.decision is not None and house().originals.find(letter.decision) is not None
    return render_template(
        "message.html",
        text=letter.text,
        about={"day": sent_on(letter), "reference": letter_reference(letter.id)},
        paper_href=url_for("inbox.pdf", id=id),
        decision_href=url_for("inbox.decision", id=id) if made else None,
        decision_waits=letter.decision is not None and not made,
        appeal_href=_appealed_at(letter),
    )


@pages.get("/<id>.pdf")
def pdf(id: str) -> Response:
    """The same as a PDF; without one the page with the same words."""
    letter = _own(id)
    if not isinstance(letter, Letter):
        return see_other(url_for("inbox.read", id=id))
    made = house().typeset(TEMPLATE, paper([letter], house().municipality.name))
    if made is None:
        return see_other(url_for("inbox.read", id=id))
    return _pdf(made, letter_reference(letter.id))


@pages.get("/<id>/beslut.pdf")
def decision(id: str) -> Response:
    """The original of the decision that came with the letter; the opening is logged."""
    letter = _own(id, "own_decision")
    if not isinstance(letter, Letter):
        return see_other(url_for("inbox.read", id=id))
    original = house().originals.find(letter.decision) if letter.decision else None
    if original is None:
        abort(404)
    return _pdf(house().originals.content(original), f"beslut-{letter_reference(letter.id)}")


def _appealed_at(letter: Letter) -> str | None:
    """Where the decision in the letter is appealed, or what came of the appeal; None for every other letter."""
    told = letter.text.kind is LetterKind.DECISION and letter.recipient.relation is Relation.APPLICANT
    if not told or letter.decision is None:
        return None
    return f"/overklaga/{letter.decision}"


def unread() -> dict[str, str] | None:
    """How many letters wait for whoever is logged in here, as the menu says it; None for none or when nobody knows."""
    if known_session() is None:
        return None
    from shared.records.inbox import CAP

    try:
        count = unread_letters()
    except StoreError:
        return None
    if not count:
        return None
    said = gettext("mer än 100") if count >= CAP else str(count)
    return {"count": said, "of": ngettext("oläst", "olästa", count)}


def unread_letters() -> int:
    """How many letters wait for who is logged in here, at most 101; asked once a request. Raises `Unavailable`."""
    if "unread_letters" not in g:
        g.unread_letters = house().inbox.unread(principal())
    count: int = g.unread_letters
    return count


def _page(cursor: str | None) -> "InboxPage":
    try:
        return house().inbox.page(principal(), cursor)
    except Refused:
        abort(404)


def _own(id: str, what: str = "own_letter") -> "Letter | Received":
    return (house().inbox.open(principal(), ItemId(id), what) if is_id(id) else None) or abort(404)


def _pdf(made: bytes, name: str) -> Response:
    response = make_response(made)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _row(one: "Received") -> dict[str, Any]:
    return {
        "href": url_for("inbox.read", id=one.id),
        "unit": _unit(one.unit),
        "when": capital(_when(one)),
        "read": one.read,
    }


def _when(one: "Received") -> str:
    return moment(one.sent_at, language(), house().clock.now())


def _unit(id: UnitId) -> str:
    """The unit's name; one that is gone is the municipality."""
    found = house().municipality.units.get(id)
    return found.name if found else house().municipality.name
