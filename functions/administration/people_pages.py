"""The people: the list, a new person, and what is known of one."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.administration import words
from functions.administration.access import SEEN, save, sent_before
from functions.administration.fields import Checked, day_fields, typed_day
from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.directory import Directory
from shared.domain.ids import StaffId, UnitId
from shared.domain.municipality import Staff, Unit
from shared.domain.principals import Role
from shared.web import Form, gettext, principal, read_form, see_other

pages = Blueprint("people", __name__, url_prefix="/forvaltning")

GONE: Final = "slutat"
MOST: Final = 200
"""People on one page; a larger board looks at one unit at a time."""
_ONE: Final = ("name", "title", "unit", "socionom", "email", "phone", SEEN)
_NEW: Final = (*_ONE, "id", *day_fields("first_day"))


@pages.get("")
def show() -> str:
    """Who works here, unit by unit; or who has left and who has not begun."""
    directory, now = house().administration.directory(principal()), house().clock.now()
    chosen, today = request.args.get("visa", ""), local_date(now)
    here = [one for one in directory.staff.values() if one.employed(today)]
    found = [one for one in directory.staff.values() if not one.employed(today)] if chosen == GONE else here
    if chosen in directory.units:
        found = [one for one in found if one.unit == chosen]
    found.sort(key=lambda one: one.name.casefold())
    groups = [
        {"title": unit.name, "rows": [_row(one) for one in found[:MOST] if one.unit == unit.id]}
        for unit in sorted(directory.units.values(), key=lambda one: one.name.casefold())
    ]
    return render_template(
        "people.html",
        groups=[one for one in groups if one["rows"]],
        filters=_filters(directory, chosen, gone=len(directory.staff) - len(here)),
        chosen=chosen,
        more=len(found) > MOST,
    )


@pages.get("/person/ny")
def new() -> str:
    """A form for somebody who begins here."""
    return _form_page(None, {"unit": principal().unit or ""}, {})


@pages.post("/person/ny")
def add() -> ResponseReturnValue:
    """The person is added (303), or what is wrong is said (422)."""
    form = read_form(one=_NEW, many=("roles",))
    directory, checked = house().administration.directory(principal()), Checked(form)
    id = checked.id("id", gettext("Skriv personens id"), lambda one: one in directory.staff and not sent_before(form))
    blank = Staff(StaffId(id), "", "", UnitId(""), frozenset(), socionom=False)
    person = replace(_read(form, checked, blank), first_day=checked.day("first_day"))
    errors = checked.errors or save(person, form)
    if errors:
        return _form_page(None, _typed(form), errors), 422
    return see_other(url_for("people.person", id=id, sparat=1))


@pages.get("/person/<id>")
def person(id: str) -> str:
    """One person: what is known, and the form to change it."""
    known, rev = known_or_404(id)
    values = {
        "name": known.name,
        "title": known.title,
        "unit": known.unit,
        "roles": [*known.roles],
        "socionom": "yes" if known.socionom else "",
        "email": known.email,
        "phone": known.phone,
        SEEN: str(rev),
    }
    return _form_page(known, values, {})


@pages.post("/person/<id>")
def change(id: str) -> ResponseReturnValue:
    """What is known of the person is changed (303), or what is wrong is said (422)."""
    form = read_form(one=_ONE, many=("roles",))
    known, _ = known_or_404(id)
    checked = Checked(form)
    changed = _read(form, checked, known)
    errors = checked.errors or save(changed, form)
    if errors:
        return _form_page(known, _typed(form), errors), 422
    return see_other(url_for("people.person", id=id, sparat=1))


def known_or_404(id: str) -> tuple[Staff, int]:
    """The person and the revision it was read at; otherwise the page does not exist."""
    found = house().administration.person(principal(), StaffId(id))
    if found is None:
        abort(404)
    return found


def _read(form: Form, checked: Checked, known: Staff) -> Staff:
    name = checked.text("name", gettext("Skriv personens namn"))
    title = checked.text("title", gettext("Skriv titeln, så som den ska stå på beslut"))
    unit = form.text("unit")
    if unit not in {one.id for one in _offered_units(known)}:
        checked.errors["unit"] = gettext("Välj en enhet som finns")
    roles = frozenset(Role(one) for one in form.many("roles") if one in set(Role))
    return replace(
        known,
        name=name,
        title=title,
        unit=UnitId(unit),
        roles=roles,
        socionom=form.text("socionom") == "yes",
        email=checked.email("email"),
        phone=checked.phone("phone", optional=True),
    )


def _typed(form: Form) -> dict[str, Any]:
    return {
        **{name: form.text(name) for name in _NEW},
        "roles": form.many("roles"),
        "first_day": typed_day(form, "first_day"),
    }


def _form_page(known: Staff | None, values: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    now = house().clock.now()
    roles = [
        {"value": role, "text": gettext(name), "hint": gettext(hint)} for role, (name, hint) in words.ROLES.items()
    ]
    return render_template(
        "person.html",
        person=known,
        values=values,
        errors=errors,
        units=[{"value": one.id, "text": one.name} for one in _offered_units(known)],
        roles=roles,
        standing=words.standing(known, now) if known else None,
        cases=house().administration.cases_of(principal(), known) if known else 0,
        own=known is not None and known.id == principal().staff,
        saved="sparat" in request.args and not errors,
    )


def _offered_units(known: Staff | None) -> list[Unit]:
    """Where somebody can work: the open units, and the one where the person was, for whoever has left it closed."""
    units = house().administration.directory(principal()).units.values()
    offered = [one for one in units if one.active or (known is not None and one.id == known.unit)]
    return sorted(offered, key=lambda one: one.name.casefold())


def _row(one: Staff) -> dict[str, Any]:
    return {
        "href": url_for("people.person", id=one.id),
        "name": one.name,
        "about": f"{one.title} · {words.role_names(one)}",
        "standing": words.standing(one, house().clock.now()),
    }


def _filters(directory: Directory, chosen: str, gone: int) -> list[dict[str, Any]]:
    units = sorted((one for one in directory.units.values() if one.active), key=lambda one: one.name.casefold())
    return [
        {"href": url_for("people.show"), "words": gettext("Alla"), "current": chosen in {"", "alla"}},
        *(
            {"href": url_for("people.show", visa=one.id), "words": one.name, "current": chosen == one.id}
            for one in units
            if len(units) > 1
        ),
        {
            "href": url_for("people.show", visa=GONE),
            "words": gettext("Har slutat eller inte börjat (%(count)s)", count=gone),
            "current": chosen == GONE,
        },
    ]
