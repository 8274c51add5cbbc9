"""What anybody may read before logging in: what a report is, who reads it, and what to do in danger."""

from flask import Blueprint, render_template

from functions.concern_reports.opening import reading
from shared.app import house
from shared.domain.principals import Kind
from shared.web import principal

pages = Blueprint("start", __name__, url_prefix="/anmal")


@pages.get("")
def start() -> str:
    """What a report is, what happens with it and who reads it; the way in."""
    now = house().clock.now()
    logged_in = principal().kind is Kind.REPORTER
    return render_template("start.html", reading=reading(house().municipality.opening, now), logged_in=logged_in)


@pages.get("/fara")
def danger() -> str:
    """Whom to call when a child is in danger now."""
    return render_template("danger.html", onward=None)
