"""The same person, unit or organisation changed twice: what stands and what was typed beside each other, by name."""

from typing import Any

from flask import render_template, request
from flask.typing import ResponseReturnValue

from functions.administration import words
from functions.administration.access import SEEN, Overtaken
from shared import log
from shared.app import house
from shared.domain.directory import Directory, Entity
from shared.records.administration import Since
from shared.web import gettext, principal
from shared.web.kept import kept_fields


def overtaken_page(error: Overtaken) -> ResponseReturnValue:
    """What has happened, both sides with every value named, and the own one ready to be saved instead (409)."""
    desk = house().administration
    directory, since = desk.directory(principal()), desk.since(principal(), error.wanted, error.seen)
    heading, happened = _said(error, since, directory)
    log.info("administration.overtaken", kind="used" if error.used else "changed")
    theirs, mine = _beside(since.entity, error.wanted, directory)
    return render_template(
        "overtaken.html",
        heading=heading,
        happened=happened,
        theirs=theirs,
        mine=mine,
        seen=since.rev,
        anew=error.seen > 0 and not error.used,
        kept=[(name, value) for name, value in kept_fields() if name != SEEN],
        href=request.path,
    ), 409


def _said(error: Overtaken, since: Since, directory: Directory) -> tuple[str, str]:
    """Who did it, where that is known for certain, and otherwise only that it was done."""
    if error.used:
        return gettext("Du har redan skickat det här formuläret"), gettext(
            "Då stod det något annat i det, och det är sparat. Det du skickade nu är inte sparat."
        )
    if since.by == frozenset({str(principal().staff)}):
        return gettext("Du har själv sparat något annat här"), gettext(
            "Du sparade det sedan den här sidan öppnades, kanske i ett annat fönster. Inget har skrivits över."
        )
    if since.by is not None and len(since.by) == 1 and (by := next(iter(since.by))) in directory.staff:
        name = words.person_name(by, directory)
        return gettext("%(who)s hann före dig", who=name), gettext(
            "%(who)s ändrade samma sak sedan du öppnade sidan. Inget har skrivits över.", who=name
        )
    if since.by == frozenset():
        return gettext("Det gick inte att spara just nu"), gettext(
            "Mycket annat ändrades i samma stund. Inget har skrivits över. Försök igen."
        )
    return gettext("Det har ändrats sedan du öppnade sidan"), gettext(
        "Det som står här nu är inte det du såg. Inget har skrivits över."
    )


def _beside(
    theirs: Entity | None, mine: Entity, directory: Directory
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    now, wanted = ([] if theirs is None else words.facts(theirs, directory)), words.facts(mine, directory)
    return _rows(now, wanted), _rows(wanted, now)


def _rows(own: list[tuple[str, str]], other: list[tuple[str, str]]) -> list[dict[str, Any]]:
    beside = dict(other)
    told = [(key, value) for key, value in own if {value, beside.get(key, value)} != {words.NOTHING}]
    return [{"key": key, "value": value, "differs": bool(other) and beside.get(key) != value} for key, value in told]
