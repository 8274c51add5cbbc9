"""The letters of a case: what was sent to whom and what became of it, and the way to write another."""

from datetime import datetime
from typing import Any

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for

from functions.casework import invitation_times, letter_forms, letter_writing, words
from functions.casework.access import file_or_404
from functions.casework.case_pages import frame
from shared.app import house
from shared.domain import access, lettering
from shared.domain.cases import Case
from shared.domain.ids import CaseId, ItemId
from shared.domain.letters import How, Letter, letter_reference
from shared.ports.store import Refused
from shared.records.letters import SentLetters
from shared.web import gettext, language, principal, see_other
from shared.web.letter_paper import TEMPLATE, paper, sent_on
from shared.web.words import moment

pages = Blueprint("letters", __name__, url_prefix="/arbete/arende/<id>/brev")
pages.add_url_rule("/skriv/meeting_invitation/tid", "times", invitation_times.choose, methods=["GET"])
pages.add_url_rule("/skriv/meeting_invitation/tid", "keep_time", invitation_times.keep, methods=["POST"])
pages.add_url_rule("/skriv/<kind>", "write", letter_writing.write, methods=["GET"])
pages.add_url_rule("/skriv/<kind>", "save", letter_writing.save, methods=["POST"])
pages.add_url_rule("/skriv/<kind>/kontrollera", "check", letter_writing.check, methods=["GET"])
pages.add_url_rule("/skriv/<kind>/kontrollera", "send", letter_writing.send, methods=["POST"])


@pages.get("")
def show(id: str) -> str:
    """What has been sent, newest first, and what can be written now."""
    found, cursor = file_or_404(id, "case"), request.args.get("efter")
    sent, now = _sent(id, cursor), house().clock.now()
    mine = access.may_see_contact(principal(), found.case)
    return render_template(
        "letters.html",
        letters=[_row(one, now) for one in sent.letters],
        next_href=url_for("letters.show", id=id, efter=sent.cursor) if sent.cursor else None,
        first_href=url_for("letters.show", id=id) if cursor else None,
        writable=_writable(found.case) if mine else [],
        waits=mine and lettering.waits_for_protection(found.case),
        **frame(found, "letters"),
    )


@pages.get("/<letter>")
def read(id: str, letter: str) -> str:
    """One letter as it was sent, without its address."""
    found = file_or_404(id, "case")
    one = house().letters.open(principal(), CaseId(id), ItemId(letter)) or abort(404)
    return render_template(
        "letter.html",
        text=one.text,
        about={"day": sent_on(one), "reference": letter_reference(one.id)},
        row=_row(one, house().clock.now()),
        plan=one.plan,
        law=one.text.law,
        decision_href=one.decision and url_for("originals.download", id=id, original=one.decision),
        paper_href=url_for("letters.pdf", id=id, letter=letter),
        **frame(found, "letters"),
    )


@pages.get("/<letter>.pdf")
def pdf(id: str, letter: str) -> Response:
    """The same as a PDF; without one the page with the same words."""
    one = house().letters.open(principal(), CaseId(id), ItemId(letter)) or abort(404)
    made = house().typeset(TEMPLATE, paper([one], words.directory().name))
    return pdf_answer(made, letter_reference(one.id)) or see_other(url_for("letters.read", id=id, letter=letter))


def pdf_answer(made: bytes | None, name: str) -> Response | None:
    """The PDF to be saved under a name that says nothing, or None when there is none."""
    if made is None:
        return None
    response = make_response(made)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    return response


def _sent(id: str, cursor: str | None) -> SentLetters:
    try:
        return house().letters.of_case(principal(), CaseId(id), cursor) or abort(404)
    except Refused:
        abort(404)


def _writable(case: Case) -> list[dict[str, Any]]:
    return [
        {
            "href": url_for("letters.write", id=case.id, kind=kind.value),
            "title": gettext(words.LETTERS[kind]),
            "law": letter_forms.letter_text(kind).law,
        }
        for kind in lettering.kinds(case)
    ]


def _row(letter: Letter, now: datetime) -> dict[str, Any]:
    to = letter.recipient
    return {
        "href": url_for("letters.read", id=letter.case, letter=letter.id),
        "title": gettext(words.LETTERS[letter.text.kind]),
        "reference": letter_reference(letter.id),
        "to": to.name,
        "relation": gettext(letter_forms.RELATIONS[to.relation]),
        "confirmed": to.confirmed,
        "forward": to.forward,
        "when": moment(letter.sent_at, language(), now),
        "by": words.staff_name(letter.by),
        "done": (letter.how is How.PRINT and not letter.to_post) or letter.read_at is not None,
        "state": _state(letter, now),
    }


def _state(letter: Letter, now: datetime) -> str:
    if letter.how is How.INBOX:
        if letter.read_at is None:
            return gettext("I inkorgen, inte öppnat")
        return gettext("Öppnat %(when)s", when=moment(letter.read_at, language(), now))
    if letter.stopped_at is not None:
        return gettext("Återtaget innan det postades")
    if letter.posted_at is None:
        return gettext("Väntar på utskrift")
    return gettext("Postat %(when)s", when=moment(letter.posted_at, language(), now))
