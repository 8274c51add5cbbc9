"""What anybody may read before logging in: what can be applied for, how it goes, and what to do when it is urgent."""

from datetime import timedelta
from typing import Final

from flask import Blueprint, render_template

from functions.applications.declared_forms import open_form, open_forms
from shared.app import house
from shared.domain.principals import Kind
from shared.records.drafts import applicant
from shared.web import local_text, principal

pages: Final = Blueprint("start", __name__, url_prefix="/ansok")
RECENTLY: Final = timedelta(days=92)
"""How long after an application the next one may begin from it: three months."""


@pages.get("")
def start() -> str:
    """What can be applied for here."""
    forms = [{"slug": form.slug, "title": local_text(form.title)} for form in open_forms()]
    return render_template("start.html", forms=forms)


@pages.get("/<slug>")
def about(slug: str) -> str:
    """How one application goes, what is good to have at hand, and the way in."""
    form, who = open_form(slug), principal()
    logged_in = who.kind is Kind.RESIDENT
    drafts = house().drafts.of(applicant(who)) if logged_in else []
    return render_template(
        "about.html",
        form=form,
        heading=local_text(form.title),
        logged_in=logged_in,
        drafts=[one for one in drafts if one.form == form.id],
        again=logged_in and _applied_lately(form.id),
    )


def _applied_lately(form: str) -> bool:
    since = house().clock.now() - RECENTLY
    own = house().applicants.own(principal()).applications
    return any(one.application.form == form and one.application.received_at >= since for one in own)
