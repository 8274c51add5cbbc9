"""The units: their names and phone numbers, closed and opened again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.administration.access import SEEN, save, sent_before
from functions.administration.fields import Checked
from shared.app import house
from shared.domain.ids import UnitId
from shared.domain.municipality import Unit
from shared.web import gettext, principal, read_form, see_other

pages = Blueprint("units", __name__, url_prefix="/forvaltning/enheter")

_YES_NO: Final = {True: "yes", False: "no"}
_FIELDS: Final = ("name", "phone", "active", SEEN)


@pages.get("")
def show() -> str:
    """Every unit and how many work there, the closed ones last."""
    directory, today = house().administration.directory(principal()), house().municipality.staff
    units = sorted(directory.units.values(), key=lambda one: (not one.active, one.name.casefold()))
    rows = [
        {
            "href": url_for("units.unit", id=one.id),
            "name": one.name,
            "phone": one.phone,
            "intake": one.intake,
            "active": one.active,
            "people": sum(person.unit == one.id for person in today.values()),
        }
        for one in units
    ]
    return render_template("units.html", rows=rows, saved="sparat" in request.args)


@pages.get("/ny")
def new() -> str:
    """A form for a new unit."""
    return _form_page(None, {}, {})


@pages.post("/ny")
def add() -> ResponseReturnValue:
    """The unit is added (303), or what is wrong is said (422)."""
    form = read_form(one=(*_FIELDS, "id"))
    checked, known = Checked(form), house().administration.directory(principal()).units
    id = checked.id("id", gettext("Skriv enhetens id"), lambda one: one in known and not sent_before(form))
    unit = Unit(UnitId(id), checked.text("name", gettext("Skriv enhetens namn")), checked.phone("phone"))
    errors = checked.errors or save(unit, form)
    if errors:
        return _form_page(None, form.answers(), errors), 422
    return see_other(url_for("units.show", sparat=1))


@pages.get("/<id>")
def unit(id: str) -> str:
    """The form to change or close a unit."""
    known, rev = _known_or_404(id)
    return _form_page(
        known, {"name": known.name, "phone": known.phone, "active": _YES_NO[known.active], SEEN: str(rev)}, {}
    )


@pages.post("/<id>")
def change(id: str) -> ResponseReturnValue:
    """The unit is changed (303), or what is wrong is said (422)."""
    form = read_form(one=_FIELDS)
    (known, _), checked = _known_or_404(id), Checked(form)
    name, phone = checked.text("name", gettext("Skriv enhetens namn")), checked.phone("phone")
    active = {"yes": True, "no": False}.get(form.text("active"), known.active)
    errors = checked.errors or save(replace(known, name=name, phone=phone, active=active), form)
    if errors:
        return _form_page(known, form.answers(), errors), 422
    return see_other(url_for("units.show", sparat=1))


def _known_or_404(id: str) -> tuple[Unit, int]:
    found = house().administration.unit(principal(), UnitId(id))
    if found is None:
        abort(404)
    return found


def _form_page(known: Unit | None, values: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    return render_template("unit.html", unit=known, values=values, errors=errors)
