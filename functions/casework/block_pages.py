"""Blocked time: nobody books it, whatever it is for; who is booked there already is shown."""

import re
from datetime import date, time, timedelta
from typing import Any, Final

from flask import Blueprint, abort, render_template, request, url_for
from flask.typing import ResponseReturnValue

from functions.casework import meeting_days as days
from functions.casework import words
from functions.casework.access import demand_same, submission
from functions.casework.meeting_pages import LIMIT
from shared import log
from shared.app import house
from shared.domain import calendar
from shared.domain.booking.blocks import Block, Wished
from shared.domain.booking.bookings import Booking
from shared.domain.booking.resources import Span
from shared.domain.ids import ItemId, StaffId, is_id
from shared.domain.municipality import Staff
from shared.formkit.dates import month_number, year_number
from shared.web import Form, gettext, language, mark, principal, read_form, see_other
from shared.web.words import capital, day, moment

pages = Blueprint("blocks", __name__, url_prefix="/arbete/moten/upptagen")
NEW_TIME: Final = mark("Vi behöver ställa in mötet. Välj en ny tid här. Du kan också ringa oss.")
_DATES: Final = ("first", "last")
_PARTS: Final = ("day", "month", "year")
_FIELDS: Final = (*(f"{name}-{part}" for name in _DATES for part in _PARTS), "begins", "ends")
_DAY: Final = re.compile(r"[0-3]?[0-9]")
_CLOCK: Final = re.compile(r"([01]?[0-9]|2[0-3])(?:[.:]([0-5][0-9]))?")
_WRONG: Final = {
    ("last", "backwards"): mark("Sista dagen kan inte vara före den första"),
    ("ends", "backwards"): mark("Tiden slutar innan den börjar"),
    ("last", "over"): mark("Den tiden har redan varit"),
    ("last", "long"): mark("Det är för länge. Spärra högst hundra dagar i taget"),
}


@pages.get("")
def ask() -> str:
    """From when to when."""
    colleague, when = days.asked_colleague(), days.asked_day()
    known = {part: str(getattr(when, part)) for part in _PARTS}
    return _page(colleague, {"first": known, "last": known}, {})


@pages.post("")
def set_block() -> ResponseReturnValue:
    """Block it (303 to what was booked there), or say what is wrong (422)."""
    colleague, form = days.asked_colleague(), read_form(one=_FIELDS)
    wished, errors = _read(form)
    if wished is None or errors:
        typed = {name: {part: form.text(f"{name}-{part}") for part in _PARTS} for name in _DATES}
        return _page(colleague, {**form.answers(), **typed}, errors), 422
    once = submission(block=colleague.id, start=wished.start, end=wished.end)
    sent = house().blocks.set(principal(), colleague, wished, once)
    demand_same(sent)
    return see_other(url_for("blocks.show", id=sent.result))


@pages.get("/<id>")
def show(id: str) -> str:
    """The blocked time, and everybody who is booked there: each name is logged."""
    return _shown(_known(id), {"told": gettext(NEW_TIME)}, {})


@pages.post("/<id>/alla")
def call_off_all(id: str) -> ResponseReturnValue:
    """Cancel everything there and offer everybody new times, once (303 to who was told), or say what is missing (422).

    Each is a batch of its own: sent again after trouble it goes on with those that are left.
    """
    form, block = read_form(one=("told",)), _known(id)
    told = form.text("told")
    if not 0 < len(told) <= LIMIT:
        missing = gettext("Skriv vad personerna ska få veta")
        too_long = gettext("Korta ner texten till högst %(limit)s tecken", limit=LIMIT)
        return _shown(block, {"told": told}, {"told": too_long if told else missing}), 422
    once = submission(block=id, told=told)
    count = house().staff_meetings.call_off_all(principal(), block, (gettext("Tiden är spärrad."), told), once)
    log.info("meetings.called_off", count=count)
    return see_other(url_for("blocks.show", id=id))


def _shown(block: Block, values: dict[str, str], errors: dict[str, str]) -> str:
    colleague = words.directory().staff.get(StaffId(block.staff)) or abort(404)
    span = Span(block.start, block.end)
    desk, when = house().staff_meetings, calendar.local_date(block.start)
    found = desk.affected(principal(), colleague, span) if block.standing else []
    off = desk.called_off(principal(), colleague, span) if block.standing else []
    return render_template(
        "block.html",
        block=block,
        colleague=colleague,
        own=block.staff == principal().staff,
        affected=[_affected(one) for one in found],
        off=[{**_affected(one.booking), "told": one.told} for one in off],
        values=values,
        errors=errors,
        limit=LIMIT,
        span=_in_words(span),
        week_href=url_for("meetings.week", dag=when.isoformat(), vem=_vem(block.staff)),
    )


@pages.post("/<id>/bort")
def lift(id: str) -> ResponseReturnValue:
    """The time can be booked again (303)."""
    read_form(one=())
    block = _known(id)
    demand_same(house().blocks.lift(principal(), block.id, submission(lift=id)))
    when = calendar.local_date(block.start).isoformat()
    return see_other(url_for("meetings.week", dag=when, vem=_vem(block.staff)))


def _in_words(span: Span) -> str:
    """The blocked time: days alone when it is whole days."""
    first, last = calendar.local_date(span.start), calendar.local_date(span.end - timedelta(seconds=1))
    whole = Span(calendar.start_of_day(first), calendar.end_of_day(last)) == span
    if first == last:
        part = gettext("hela dagen") if whole else days.between(span)
        return f"{days.in_full(first)}, {part}"
    if whole:
        return gettext("%(first)s till och med %(last)s", first=days.in_full(first), last=day(last, language()))
    return f"{capital(moment(span.start, language()))} \N{EN DASH} {moment(span.end, language())}"


def _known(id: str) -> Block:
    return (house().blocks.find(principal(), ItemId(id)) if is_id(id) else None) or abort(404)


def _vem(staff: str) -> str | None:
    return None if staff == principal().staff else staff


def _page(colleague: Staff, values: dict[str, Any], errors: dict[str, str]) -> str:
    return render_template(
        "block_ask.html",
        colleague=colleague,
        own=colleague.id == principal().staff,
        values=values,
        errors=errors,
        action=url_for("blocks.set_block", vem=request.args.get("vem")),
        week_href=url_for("meetings.week", vem=request.args.get("vem")),
    )


def _read(form: Form) -> tuple[Wished | None, dict[str, str]]:
    """What is asked for, and what is wrong with it by field."""
    errors: dict[str, str] = {}
    found = {name: _day(form, name) for name in _DATES}
    missing = {"first": gettext("Skriv första dagen"), "last": gettext("Skriv sista dagen")}
    errors |= {name: missing[name] for name, when in found.items() if when is None}
    clocks = {name: _clock(form.text(name)) for name in ("begins", "ends") if form.text(name)}
    errors |= {name: gettext("Skriv klockslaget så här: 14.30") for name, at in clocks.items() if at is None}
    first, last = found["first"], found["last"]
    if errors or first is None or last is None:
        return None, errors
    wished = Wished(first, last, clocks.get("begins"), clocks.get("ends"))
    problems = wished.problems(house().clock.now())
    return wished, {name: gettext(_WRONG[name, code]) for name, code in problems.items()}


def _day(form: Form, name: str) -> date | None:
    typed, month, year = (form.text(f"{name}-{part}") for part in _PARTS)
    numbers = (year_number(year), month_number(month), int(typed) if _DAY.fullmatch(typed) else None)
    if None in numbers:
        return None
    try:
        return date(*(one or 0 for one in numbers))
    except (ValueError, OverflowError):
        return None


def _clock(said: str) -> time | None:
    match = _CLOCK.fullmatch(said)
    return time(int(match[1]), int(match[2] or 0)) if match else None


def _affected(booking: Booking) -> dict[str, Any]:
    place = booking.place
    return {
        "name": booking.name,
        "date": days.in_full(calendar.local_date(place.start)),
        "time": days.between(Span(place.start, place.end)),
        "phone": str(booking.wishes.get("phone", "")),
        "href": url_for("meeting.show", id=booking.id),
        "cancel": url_for("meeting.ask", id=booking.id),
    }
