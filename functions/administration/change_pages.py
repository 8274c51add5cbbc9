"""What has been changed, by whom and when."""

from flask import Blueprint, abort, render_template, request, url_for

from functions.administration import words
from shared.app import house
from shared.ports.store import Refused
from shared.web import principal

pages = Blueprint("changes", __name__, url_prefix="/forvaltning/andringar")


@pages.get("")
def show() -> str:
    """One page of the trail, newest first."""
    desk, now = house().administration, house().clock.now()
    try:
        page = desk.changes(principal(), request.args.get("efter"))
    except Refused:
        abort(404)
    directory = desk.directory(principal())
    return render_template(
        "changes.html",
        items=[words.change(one, directory, now) for one in page.entries],
        next_href=url_for("changes.show", efter=page.cursor) if page.cursor else None,
        first_href=url_for("changes.show") if "efter" in request.args else None,
    )
