"""What could not be done, in words: what happened, what is saved, what to do now."""

from typing import Final

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue

from functions.administration.access import Overtaken
from functions.administration.overtaken_pages import overtaken_page
from shared import log
from shared.app import house
from shared.domain.broken_rules import BrokenRule
from shared.domain.unit_closing import UnitInUse
from shared.ports.store import NotFound
from shared.web import error_page, mark, principal
from shared.web.kept import kept_fields

MOST_NAMED: Final = 20
"""People who are named on the page of a unit that cannot be closed."""
WORDS: Final = {
    "not_allowed": (
        403,
        mark("Du är inte förvaltare längre"),
        mark("Bara en förvaltare kan ändra personer, enheter och organisationer. Inget har sparats."),
        mark("Prata med den som är förvaltare nu."),
    ),
    "last_administrator": (
        409,
        mark("Någon måste kunna släppa in andra"),
        mark("Det här är den sista förvaltaren. Utan en förvaltare kan ingen läggas till. Inget har sparats."),
        mark("Gör någon annan till förvaltare först."),
    ),
    "unit_closed": (
        409,
        mark("Enheten är stängd"),
        mark("Ingen kan arbeta på en enhet som är stängd. Inget har sparats."),
        mark("Flytta personen till en annan enhet först, eller öppna enheten igen."),
    ),
    "own_access": (
        409,
        mark("Din egen behörighet ändrar någon annan"),
        mark("Ingen ändrar sina egna roller, sin enhet eller sina dagar. Inget har sparats."),
        mark("Be en annan förvaltare. Finns ingen, gör någon till förvaltare först."),
    ),
}


def install(app: Flask) -> None:
    """Answer broken rules and lost races with a page of their own."""
    app.register_error_handler(BrokenRule, _broken)
    app.register_error_handler(UnitInUse, _in_use)
    app.register_error_handler(Overtaken, overtaken_page)
    app.register_error_handler(NotFound, lambda _error: error_page(404))


def _broken(error: BrokenRule) -> ResponseReturnValue:
    log.info("administration.broken_rule", code=error.code)
    return _page(WORDS[error.code]) if error.code in WORDS else error_page(422)


def _in_use(error: UnitInUse) -> ResponseReturnValue:
    log.info("administration.broken_rule", code=error.code)
    found = error.hindrances
    known = house().administration.directory(principal()).staff
    people = sorted((known[id] for id in found.people if id in known), key=lambda one: one.name.casefold())
    page = render_template("unit_in_use.html", found=found, people=people[:MOST_NAMED], more=len(people[MOST_NAMED:]))
    return page, 409


def _page(words: tuple[int, str, str, str]) -> ResponseReturnValue:
    status, title, happened, now = words
    kept = kept_fields() if request.method == "POST" else []
    return render_template("refusal.html", words=(title, happened, now), kept=kept), status
