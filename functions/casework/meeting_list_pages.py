"""Booked meetings as staff look at them: the own week and day, and the unit's day for its lead."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, render_template, request, url_for

from functions.casework import meeting_days as days
from functions.casework import words
from shared.app import house
from shared.domain.booking.bookings import Attendance, Booking, State
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.resources import Span
from shared.domain.calendar import end_of_day, start_of_day
from shared.domain.principals import Kind, Role
from shared.records.staff_meetings import Listed
from shared.web import gettext, local_text, login_required, principal
from shared.web.meeting_words import FORMS, interpreter_line

pages = Blueprint("meetings", __name__, url_prefix="/arbete/moten")


@pages.get("")
def week() -> str:
    """One person's week: when and where, no names."""
    colleague, when = days.asked_colleague(), days.asked_day()
    whole = days.of_week(when)
    span = Span(start_of_day(whole[0]), end_of_day(whole[-1]))
    meetings = house().staff_meetings.of(principal(), colleague, span)
    blocks = house().staff_meetings.blocked(principal(), colleague, span)
    beside = {"earlier": whole[0] - timedelta(days=7), "later": whole[0] + timedelta(days=7)}
    return render_template(
        "meetings_week.html",
        days=days.shown_days(whole, meetings, blocks),
        number=whole[0].isocalendar().week,
        chosen=_chosen(),
        beside={name: url_for("meetings.week", dag=one.isoformat(), vem=_vem()) for name, one in beside.items()},
        this_week=url_for("meetings.week", vem=_vem()),
        **_frame("week", colleague.name),
    )


@pages.get("/dag")
def day() -> str:
    """One person's day with names, each of them logged."""
    colleague, when = days.asked_colleague(), days.asked_day()
    span = days.of_day(when)
    blocks = days.blocked_rows(house().staff_meetings.blocked(principal(), colleague, span), when)
    found = [_named(one) for one in house().staff_meetings.opened(principal(), colleague, span)]
    return render_template(
        "meetings_day.html",
        date=days.in_full(when),
        rows=sorted([*found, *blocks], key=lambda one: str(one["at"])),
        chosen=_chosen(),
        **_beside("meetings.day", vem=_vem()),
        **_frame("day", colleague.name),
    )


@pages.get("/enheten")
@login_required(Kind.STAFF, roles={Role.TEAM_LEAD})
def unit() -> str:
    """The whole unit's day for its lead: who of the staff, when and where; no names of others."""
    when = days.asked_day()
    found = house().staff_meetings.of_unit(principal(), days.of_day(when))
    return render_template(
        "meetings_unit.html",
        date=days.in_full(when),
        groups=_by_colleague(found),
        **_beside("meetings.unit"),
        **_frame("unit", ""),
    )


def _beside(endpoint: str, **more: Any) -> dict[str, str]:
    when = days.asked_day()
    steps = {"earlier": when - timedelta(days=1), "later": when + timedelta(days=1)}
    found = {name: url_for(endpoint, dag=one.isoformat(), **more) for name, one in steps.items()}
    return {**found, "today": url_for(endpoint, **more)}


def _frame(tab: str, of: str) -> dict[str, Any]:
    """The tabs, and whose diary is shown."""
    dag = request.args.get("dag")
    tabs = [
        {"name": "week", "href": url_for("meetings.week", dag=dag, vem=_vem()), "text": gettext("Vecka")},
        {"name": "day", "href": url_for("meetings.day", dag=dag, vem=_vem()), "text": gettext("Dag")},
    ]
    if days.is_lead():
        tabs.append({"name": "unit", "href": url_for("meetings.unit", dag=dag), "text": gettext("Hela enheten")})
    own = request.args.get("vem", str(principal().staff)) == principal().staff
    return {"tab": tab, "tabs": tabs, "of": of, "own": own, "block_href": url_for("blocks.ask", vem=_vem(), dag=dag)}


def _chosen() -> list[dict[str, Any]]:
    """The colleagues to choose between, for a lead."""
    said = request.args.get("vem", str(principal().staff))
    here = request.endpoint or "meetings.week"
    return [
        {
            "text": one.name,
            "href": url_for(here, vem=one.id, dag=request.args.get("dag")),
            "current": one.id == said,
        }
        for one in days.diaries()
    ]


def _vem() -> str | None:
    return request.args.get("vem")


def _named(booking: Booking) -> dict[str, Any]:
    meeting = house().offer.meetings.get(booking.service)
    listed = Listed(booking.id, booking.place, booking.state is State.CANCELLED)
    return {
        **days.row(listed),
        "visit": booking.form is MeetingForm.VISIT,
        "name": booking.name,
        "what": local_text(meeting.name) if meeting else gettext("Möte"),
        "form": gettext(FORMS[booking.form]),
        "invited": booking.invitation is not None,
        "interpreter": interpreter_line(booking),
        "came": booking.attendance is Attendance.CAME,
        "missed": booking.attendance is Attendance.MISSED,
    }


def _by_colleague(found: list[Listed]) -> list[dict[str, Any]]:
    by: dict[str, list[dict[str, Any]]] = {}
    for one in found:
        by.setdefault(one.place.staff, []).append(days.row(one))
    groups = [{"name": words.staff_name(id), "rows": rows} for id, rows in by.items()]
    return sorted(groups, key=lambda one: str(one["name"]))
