"""The own meetings in the own calendar program: the page of the secret link, and what the program fetches with it."""

from typing import Any, Final

from flask import Blueprint, Response, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from functions.casework import meeting_days as days
from functions.casework.access import submission
from shared import log
from shared.app import house
from shared.domain.booking.calendar_files import MIME, Entry, calendar_file, entry_id
from shared.records.calendar_links import TooOften
from shared.records.staff_meetings import Listed
from shared.web import gettext, principal, read_form, see_other

pages = Blueprint("calendar", __name__, url_prefix="/arbete/moten/kalender")
feeds = Blueprint("feeds", __name__, url_prefix="/arbete/kalender")
"""Not for browsers: no login counts there, only the secret in the address."""
_AN_HOUR_S: Final = "3600"


@pages.get("")
def show() -> str:
    """Whether there is a link, and since when; the link itself is kept nowhere."""
    return _page("")


@pages.post("")
def change() -> ResponseReturnValue:
    """Make a link, which is shown this once, or end the one there is (303)."""
    go = read_form(one=("go",)).text("go")
    if go == "end":
        house().calendar_links.end(principal(), submission(calendar="end"))
        log.info("calendar_link.ended")
        return see_other(url_for("calendar.show"))
    if go != "make":
        abort(400)
    secret = house().calendar_links.make(principal(), submission(calendar="make"))
    log.info("calendar_link.made")
    if secret is None:
        return see_other(url_for("calendar.show"))
    return _page(f"{house().settings.origin}{url_for('feeds.fetch', secret=secret)}")


@feeds.get("/<secret>.ics")
def fetch(secret: str) -> ResponseReturnValue:
    """The meetings for the calendar program; 404 for every address that is not a living link, whatever it was."""
    try:
        found = house().calendar_links.fetch(secret)
    except TooOften:
        return Response(status=429, headers={"Retry-After": _AN_HOUR_S})
    if found is None:
        abort(404)
    made = calendar_file([_entry(one) for one in found], house().clock.now())
    return Response(made, content_type=MIME, headers={"Content-Disposition": 'attachment; filename="moten.ics"'})


def _entry(one: Listed) -> Entry:
    """When and where, and nothing of whom or what."""
    place = one.place
    return Entry(
        entry_id(one.id), one.changes, place.start, place.end, gettext("Möte"), one.cancelled, days.where(place)
    )


def _page(link: str) -> str:
    there = house().calendar_links.of(principal())
    known: dict[str, Any] = {"link": link, "there": there}
    return render_template("calendar.html", week_href=url_for("meetings.week"), **known)
