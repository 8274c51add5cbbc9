"""Days and weeks of meetings: which are asked for, whose, and how one line of them reads."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Final

from flask import abort, request, url_for

from functions.casework import words
from shared.app import house
from shared.domain import calendar
from shared.domain.booking.blocks import may_keep_diary
from shared.domain.booking.bookings import Place
from shared.domain.booking.resources import Span
from shared.domain.holidays import days_off
from shared.domain.ids import StaffId
from shared.domain.municipality import Staff
from shared.domain.principals import CASE_ROLES, Role
from shared.records.staff_meetings import Blocked, Listed
from shared.web import gettext, language, principal
from shared.web.words import capital, clock_time, day, short_day

_DASH: Final = "\N{EN DASH}"
_WORKING: Final = 5
_YEARS: Final = range(2020, 2100)


def asked_day() -> date:
    """The day of the address, or today; what is no day is no page (404)."""
    said = request.args.get("dag")
    if said is None:
        return calendar.local_date(house().clock.now())
    try:
        found = date.fromisoformat(said)
    except ValueError:
        abort(404)
    return found if found.year in _YEARS else abort(404)


def asked_colleague() -> Staff:
    """Whose diary the address asks for, by default the viewer's own; others' does not exist (404)."""
    id = request.args.get("vem", str(principal().staff))
    found = words.directory().staff.get(StaffId(id))
    if found is None or not may_keep_diary(principal(), found):
        abort(404)
    return found


def diaries() -> list[Staff]:
    """The colleagues whose diaries the viewer may choose between; none for who has only the own."""
    unit = principal().unit
    if unit is None or not is_lead():
        return []
    return [one for one in words.directory().colleagues(unit) if one.roles & CASE_ROLES]


def is_lead() -> bool:
    """Whether the viewer sees the whole unit's meetings."""
    return principal().has(Role.TEAM_LEAD)


def of_day(when: date) -> Span:
    """The whole Swedish day."""
    return Span(calendar.start_of_day(when), calendar.end_of_day(when))


def of_week(when: date) -> tuple[date, ...]:
    """The days of the week that holds the day, from Monday."""
    monday = when - timedelta(days=when.isoweekday() - 1)
    return tuple(monday + timedelta(days=n) for n in range(7))


def shown_days(week: tuple[date, ...], meetings: list[Listed], blocks: list[Blocked]) -> list[dict[str, Any]]:
    """One column per day, weekends only when they hold something."""
    today = calendar.local_date(house().clock.now())
    found = []
    for when in week:
        rows = [*blocked_rows(blocks, when), *(row(one) for one in meetings if _on(one, when))]
        if rows or when.isoweekday() <= _WORKING:
            found.append({
                "date": when,
                "title": capital(short_day(when, language())),
                "today": when == today,
                "closed": when in days_off(when.year),
                "rows": sorted(rows, key=lambda one: str(one["at"])),
                "href": url_for("meetings.day", dag=when.isoformat(), vem=request.args.get("vem")),
            })  # fmt: skip
    return found


def row(one: Listed) -> dict[str, Any]:
    """A meeting as a line of a list: when and where, and nothing that tells of a person."""
    return {
        "at": one.place.start,
        "time": between(Span(one.place.start, one.place.end)),
        "where": gettext("Besök, %(room)s", room=where(one.place)) if one.place.room else where(one.place),
        "href": url_for("meeting.show", id=one.id),
        "cancelled": one.cancelled,
        "who": words.staff_name(one.place.staff),
    }


def blocked_rows(blocks: Iterable[Blocked], when: date) -> list[dict[str, Any]]:
    """The blocked times of the day, each as long as the day holds it."""
    whole, found = of_day(when), []
    for one in blocks:
        span = Span(max(one.span.start, whole.start), min(one.span.end, whole.end))
        if span.start < span.end:
            said = gettext("Hela dagen") if span == whole else between(span)
            found.append({"at": span.start, "time": said, "blocked": url_for("blocks.show", id=one.id)})
    return found


def between(span: Span) -> str:
    """From one clock time to another: "09.00-09.45"."""
    return f"{clock_time(span.start, language())}{_DASH}{clock_time(span.end, language())}"


def in_full(when: date) -> str:
    """The day in words, with a capital."""
    return capital(day(when, language()))


def where(place: Place) -> str:
    """The name of the room, or that none is needed."""
    if not place.room:
        return gettext("Telefon eller video")
    known = house().offer.resources.get(place.room)
    return known.name if known else place.room


def _on(one: Listed, when: date) -> bool:
    return calendar.local_date(one.place.start) == when
