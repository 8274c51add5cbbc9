"""A person's days: the last one, and those away with somebody in the person's place."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any, Final

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.administration.access import SEEN, save
from functions.administration.fields import Checked, day_fields, shown_day, typed_day
from functions.administration.people_pages import known_or_404
from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.ids import StaffId
from shared.domain.municipality import Absence, Staff
from shared.domain.substitutes import may_stand_in
from shared.web import Form, gettext, principal, read_form, see_other

pages = Blueprint("days", __name__, url_prefix="/forvaltning/person/<id>")

NOW: Final = "now"
ON: Final = "on"
STAYS: Final = "stays"
_LEAVING: Final = ("when", *day_fields("last_day"), SEEN)
_AWAY: Final = (*day_fields("away_from"), *day_fields("away_until"), "substitute", "go", SEEN)


@pages.get("/slutar")
def leaving(id: str) -> str:
    """When the person's access ends."""
    known, rev = known_or_404(id)
    values = {"when": ON if known.last_day else "", "last_day": shown_day(known.last_day), SEEN: str(rev)}
    return _leaving_page(known, values, {})


@pages.post("/slutar")
def leave(id: str) -> ResponseReturnValue:
    """The last day is written down (303), or what is wrong is said (422)."""
    form = read_form(one=_LEAVING)
    known, _ = known_or_404(id)
    checked = Checked(form)
    after = _leaving(known, form, checked)
    errors = checked.errors or save(after, form)
    if errors:
        typed = {"when": form.text("when"), "last_day": typed_day(form, "last_day"), SEEN: form.text(SEEN)}
        return _leaving_page(known, typed, errors), 422
    return see_other(url_for("people.person", id=id, sparat=1))


@pages.get("/borta")
def away(id: str) -> str:
    """When the person is away, and who is told meanwhile."""
    known, rev = known_or_404(id)
    there = known.away
    values = {
        "away_from": shown_day(there.first_day if there else None),
        "away_until": shown_day(there.last_day if there else None),
        "substitute": there.substitute if there else "",
        SEEN: str(rev),
    }
    return _away_page(known, values, {})


@pages.post("/borta")
def absence(id: str) -> ResponseReturnValue:
    """The days away are written down or taken away (303), or what is wrong is said (422)."""
    form = read_form(one=_AWAY)
    known, _ = known_or_404(id)
    checked = Checked(form)
    after = replace(known, away=None if form.text("go") == "clear" else _absence(form, checked))
    errors = checked.errors or save(after, form)
    if errors:
        days = {name: typed_day(form, name) for name in ("away_from", "away_until")}
        typed = {**days, "substitute": form.text("substitute"), SEEN: form.text(SEEN)}
        return _away_page(known, typed, errors), 422
    return see_other(url_for("people.person", id=id, sparat=1))


def _leaving(known: Staff, form: Form, checked: Checked) -> Staff:
    match form.text("when"):
        case "now":
            yesterday = local_date(house().clock.now()) - timedelta(days=1)
            begun = known.first_day if known.first_day is None else min(known.first_day, yesterday)
            return replace(known, first_day=begun, last_day=yesterday)
        case "on":
            return replace(known, last_day=checked.day("last_day", gettext("Skriv sista dagen")))
        case "stays":
            return replace(known, last_day=None)
    checked.errors["when"] = gettext("Välj när åtkomsten ska upphöra")
    return known


def _absence(form: Form, checked: Checked) -> Absence | None:
    first = checked.day("away_from", gettext("Skriv första dagen borta"))
    last = checked.day("away_until", gettext("Skriv sista dagen borta"))
    if first is None or last is None:
        return None
    return Absence(first, last, StaffId(form.text("substitute")) if form.text("substitute") else None)


def _leaving_page(known: Staff, values: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    cases = house().administration.cases_of(principal(), known)
    return render_template("leaving.html", person=known, values=values, errors=errors, cases=cases)


def _away_page(known: Staff, values: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    staff, today = house().administration.directory(principal()).staff.values(), local_date(house().clock.now())
    possible = sorted((one for one in staff if may_stand_in(one, known, today)), key=lambda one: one.name.casefold())
    return render_template(
        "away.html",
        person=known,
        values=values,
        errors=errors,
        colleagues=[{"value": one.id, "text": one.name} for one in possible],
    )
