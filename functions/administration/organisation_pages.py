"""The organisations whose staff report: added, changed, closed and opened again."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.administration import words
from functions.administration.access import SEEN, save, sent_before
from functions.administration.fields import Checked
from shared.app import house
from shared.domain.ids import OrganisationId
from shared.domain.municipality import Organisation
from shared.web import Form, gettext, principal, read_form, see_other

pages = Blueprint("organisations", __name__, url_prefix="/forvaltning/organisationer")

MOST: Final = 300
"""Organisations on one page."""
_FIELDS: Final = ("name", "kind", "active", SEEN)


@pages.get("")
def show() -> str:
    """Every organisation, the closed ones last."""
    known = house().administration.directory(principal()).organisations.values()
    found = sorted(known, key=lambda one: (not one.active, one.name.casefold()))
    rows = [
        {
            "href": url_for("organisations.organisation", id=one.id),
            "name": one.name,
            "kind": gettext(words.KINDS.get(one.kind, one.kind)),
            "active": one.active,
        }
        for one in found[:MOST]
    ]
    return render_template("organisations.html", rows=rows, saved="sparat" in request.args, more=len(found) > MOST)


@pages.get("/ny")
def new() -> str:
    """A form for a new organisation."""
    return _form_page(None, {}, {})


@pages.post("/ny")
def add() -> ResponseReturnValue:
    """The organisation is added (303), or what is wrong is said (422)."""
    form = read_form(one=(*_FIELDS, "id"))
    checked, known = Checked(form), house().administration.directory(principal()).organisations
    id = checked.id("id", gettext("Skriv organisationens id"), lambda one: one in known and not sent_before(form))
    errors = _save(Organisation(OrganisationId(id), "", ""), form, checked)
    if errors:
        return _form_page(None, form.answers(), errors), 422
    return see_other(url_for("organisations.show", sparat=1))


@pages.get("/<id>")
def organisation(id: str) -> str:
    """The form to change or close an organisation."""
    known, rev = _known_or_404(id)
    active = "yes" if known.active else "no"
    return _form_page(known, {"name": known.name, "kind": known.kind, "active": active, SEEN: str(rev)}, {})


@pages.post("/<id>")
def change(id: str) -> ResponseReturnValue:
    """The organisation is changed (303), or what is wrong is said (422)."""
    form = read_form(one=_FIELDS)
    (known, _), checked = _known_or_404(id), Checked(form)
    errors = _save(replace(known, active=form.text("active") != "no"), form, checked)
    if errors:
        return _form_page(known, form.answers(), errors), 422
    return see_other(url_for("organisations.show", sparat=1))


def _save(wanted: Organisation, form: Form, checked: Checked) -> Mapping[str, str]:
    name, kind = checked.text("name", gettext("Skriv organisationens namn")), form.text("kind")
    if kind not in words.KINDS:
        checked.errors["kind"] = gettext("Välj vad det är för verksamhet")
    return checked.errors or save(replace(wanted, name=name, kind=kind), form)


def _known_or_404(id: str) -> tuple[Organisation, int]:
    found = house().administration.organisation(principal(), OrganisationId(id))
    if found is None:
        abort(404)
    return found


def _form_page(known: Organisation | None, values: Mapping[str, Any], errors: Mapping[str, str]) -> str:
    kinds = [{"value": code, "text": gettext(name)} for code, name in words.KINDS.items()]
    return render_template("organisation.html", organisation=known, values=values, errors=errors, kinds=kinds)
