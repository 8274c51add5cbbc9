"""Mina ärenden: a private person's own matters, drafts and ways on, for that person alone."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from flask import Blueprint, abort, render_template, request, url_for

from functions.start import matter_words
from functions.start.inbox_pages import unread_letters
from shared.app import house
from shared.ports.store import Refused
from shared.records.drafts import applicant
from shared.web import ErrorWords, gettext, mark, ngettext, principal, private_login
from shared.web.seen_pages import opened_or_not_at_all

if TYPE_CHECKING:
    from shared.records.drafts import Draft
    from shared.records.own_matters import Matters

pages = Blueprint("matters", __name__)
DRAFTS: Final = 3
"""As many drafts as the page shows; all of them are a link away."""
NEWS: Final = timedelta(days=14)
"""For so long the page tells of an answer in the own file."""
_AT_WORK: Final = ErrorWords(
    mark("Dina egna ärenden läser du privat"),
    mark("Nu är du inloggad för ditt arbete. Därifrån går det inte att öppna privata ärenden, för din egen säkerhet."),
    mark("Inget har öppnats."),
    mark("Logga ut, och logga in igen med din egen e-legitimation."),
)
pages.before_request(private_login(_AT_WORK))
pages.before_request(opened_or_not_at_all)


@pages.get("/mina")
def mine() -> str:
    """What waits for the person, what the person waits for, and what is decided; each showing is logged."""
    cursor, now = request.args.get("efter"), house().clock.now()
    found, letters, drafts, answered = _found(cursor, now)
    shown = [matter_words.matter(one, now) for one in found.matters]
    return render_template(
        "matters.html",
        drafts=[matter_words.draft(one, now) for one in drafts],
        more_drafts=len(drafts) == DRAFTS,
        waiting=[one for one in shown if one["asked"]],
        going=[one for one in shown if not one["over"] and not one["asked"]],
        over=[one for one in shown if one["over"]],
        letters=_letters(letters),
        answered=matter_words.answered(answered, now),
        next_href=url_for("matters.mine", efter=found.cursor) if found.cursor else None,
        first_href=url_for("matters.mine") if cursor else None,
    )


def _found(cursor: str | None, now: datetime) -> "tuple[Matters, int, list[Draft], datetime | None]":
    """A page of matters, how many letters wait, and on the first page what is begun and when news came."""
    who = principal()
    calls: list[Callable[[], Any]] = [partial(_page, cursor), unread_letters]
    if cursor:
        return *house().together(*calls), [], None
    drafts = partial(house().drafts.of, applicant(who), DRAFTS)
    answered = partial(house().objections.answered_since, who, now - NEWS)
    matters, letters, begun, since = house().together(*calls, drafts, answered)
    return matters, letters, begun, since


def _letters(count: int) -> str | None:
    """How many letters wait, in words; None for none."""
    from shared.records.inbox import CAP

    if count >= CAP:
        return gettext("Du har fler än 100 brev som du inte har läst")
    if not count:
        return None
    return ngettext("Du har ett brev som du inte har läst", "Du har %(num)d brev som du inte har läst", count)


def _page(cursor: str | None) -> "Matters":
    try:
        return house().matters.page(principal(), cursor)
    except Refused:
        abort(404)
