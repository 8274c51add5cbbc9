"""Notes, roles and reasons in plain words, in the reader's language."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from flask import url_for

from shared.app import house
from shared.domain.booking.bookings import BookingAction
from shared.domain.calendar import local_date
from shared.domain.deadlines import last_day
from shared.domain.ids import UnitId
from shared.domain.notes import NoteKind
from shared.domain.objection_items import Objection
from shared.domain.principals import Role
from shared.records.own_file import OwnEntry, OwnNote, OwnWords, Reading
from shared.records.told_meetings import ToldMeeting
from shared.web import gettext, language, mark
from shared.web.words import capital, clock_time, day, moment, near_day

KINDS: Final = {
    NoteKind.CALL: (mark("Telefonsamtal"), "phone"),
    NoteKind.VISIT: (mark("Hembesök"), "home"),
    NoteKind.MEETING: (mark("Möte"), "users"),
    NoteKind.ATTEMPT: (mark("Vi försökte nå någon"), "phone"),
    NoteKind.OTHER: (mark("Anteckning"), "pen"),
}
_ROLES: Final = {
    Role.TEAM_LEAD: mark("gruppledare"),
    Role.INTAKE_CASEWORKER: mark("socialsekreterare"),
    Role.DUTY: mark("socialjour"),
    Role.ADMINISTRATOR: mark("administratör"),
}
"""The first that somebody has is told."""
_REASONS: Final = {
    "case": mark("Arbetade i ärendet"),
    "assessments": mark("Läste bedömningar och beslut"),
    "journal": mark("Läste journalen"),
    "note": mark("Läste journalen"),
    "note_draft": mark("Skrev i journalen"),
    "objections": mark("Läste det du har skrivit"),
    "letters": mark("Läste brev i ärendet"),
    "letter": mark("Läste brev i ärendet"),
    "letter_draft": mark("Skrev ett brev"),
    "letter_print": mark("Skrev ut ett brev"),
    "contact": mark("Läste kontaktuppgifter"),
    "protection": mark("Gjorde en bedömning"),
    "decisions": mark("Skrev ett beslut"),
}
_FIRST_PARTS: Final = {
    "register": mark("Frågade folkbokföringen"),
    "attachment": mark("Öppnade en bilaga"),
    "original": mark("Läste beslutet"),
}
_CAME: Final = {BookingAction.CAME: mark("Du var med"), BookingAction.MISSED: mark("Du kom inte")}
_HAPPENED: Final = {
    (BookingAction.CONFIRMED, False): mark("Du bokade"),
    (BookingAction.CONFIRMED, True): mark("Vi bokade"),
    (BookingAction.MOVED, False): mark("Du flyttade mötet"),
    (BookingAction.MOVED, True): mark("Vi flyttade mötet"),
    (BookingAction.CANCELLED, False): mark("Du avbokade"),
    (BookingAction.CANCELLED, True): mark("Vi ställde in mötet"),
}
_ELSE: Final = mark("Läste i akten")


def note(one: OwnNote, now: datetime) -> dict[str, Any]:
    """A note as a paper."""
    title, icon = KINDS[one.shown.kind]
    timed = "T" in one.shown.happened
    when = moment(one.at, language(), now) if timed else near_day(local_date(one.at), local_date(now), language())
    return {
        "kind": "note",
        "id": one.id,
        "title": gettext(title),
        "icon": icon,
        "when": capital(when),
        "text": one.shown.text,
        "whole": one.shown.whole,
        "unit": unit(one.unit),
        "href": url_for("journal.entry", note=one.id),
    }


def full_day(one: OwnNote) -> str:
    """When it happened, written out whole."""
    if "T" in one.shown.happened:
        return capital(moment(one.at, language()))
    return capital(day(local_date(one.at), language()))


def entry(one: OwnEntry, now: datetime) -> dict[str, Any]:
    """A note and what the person has said as papers; a letter, an answer and a meeting as lines that lead to them."""
    if isinstance(one, OwnNote):
        return note(one, now)
    if isinstance(one, ToldMeeting):
        return meeting(one, now)
    if isinstance(one, OwnWords):
        return _came_of(one.said, one.at, now) if one.answered else said(one.said, now)
    return {
        "kind": "line",
        "icon": "message",
        "title": gettext("Brev från %(unit)s", unit=unit(one.unit)),
        "when": capital(moment(one.at, language(), now)),
        "state": gettext("Läst") if one.read else "",
        "new": not one.read,
        "href": f"/meddelanden/{one.id}",
    }


def said(one: Objection, now: datetime) -> dict[str, Any]:
    """What the person has said, and what came of it: the answer, the day it comes, or whether it is read."""
    answer, clock = one.answer, one.clock
    return {
        "kind": "said",
        "id": one.id,
        "title": gettext("Det här stämmer inte, skrev du") if one.note else gettext("Det här la du till"),
        "text": one.text,
        "reference": one.reference,
        "when": capital(moment(one.at, language(), now)),
        "objects": one.note is not None,
        "files": len(one.files),
        "due": day(last_day(clock.due), language()) if clock else "",
        "answer": answer.text if answer else "",
        "answered": moment(answer.at, language(), now) if answer else "",
        "heard": moment(one.heard_at, language(), now) if one.heard_at else "",
        "unit": unit(one.unit),
        "href": url_for("said.show", id=one.id),
    }


def _came_of(one: Objection, at: datetime, now: datetime) -> dict[str, Any]:
    whose = unit(one.unit)
    return {
        "kind": "line",
        "icon": "check",
        "title": (
            gettext("Svar från %(unit)s", unit=whose)
            if one.answer
            else gettext("%(unit)s har läst det du skrev", unit=whose)
        ),
        "when": capital(moment(at, language(), now)),
        "state": "",
        "new": False,
        "href": url_for("said.show", id=one.id),
    }


def meeting(one: ToldMeeting, now: datetime) -> dict[str, Any]:
    """A meeting as a line: when, with whom by role, how it stands and what has happened to it."""
    with_whom = house().municipality.staff.get(one.staff)
    role = _role(tuple(sorted(role.value for role in with_whom.roles)) if with_whom else ())
    until = clock_time(one.end, language())
    return {
        "kind": "line",
        "icon": "calendar",
        "title": gettext("Möte med %(role)s", role=role),
        "when": f"{capital(moment(one.start, language(), now))}–{until} · {unit(one.unit)}",
        "state": meeting_state(one, now),
        "new": False,
        "details": [
            f"{gettext(words)} {moment(each.at, language(), now)}"
            for each in one.history
            if (words := _HAPPENED.get((each.what, each.by_staff)))
        ],
        "href": f"/boka/tid/{one.id}",
    }


def meeting_state(one: ToldMeeting, now: datetime) -> str:
    """How the meeting stands, in a word or two; empty when it was, and nobody has said whether the person came."""
    if one.cancelled:
        return gettext("Avbokat")
    if now < one.start:
        return gettext("Bokat")
    came = [each.what for each in one.history if each.what in _CAME]
    return gettext(_CAME[came[-1]]) if came else ""


def sittings(readings: Sequence[Reading], now: datetime) -> list[dict[str, Any]]:
    """Who read, a row for each unit and role in a row on one day: between which times, and why."""
    return [
        {"who": f"{unit(key[0])}, {_role(key[1])}", "when": _between(found, now), "reasons": _reasons(found)}
        for key, found in ((key, list(some)) for key, some in groupby(readings, key=_sitting))
    ]


def _sitting(one: Reading) -> tuple[UnitId | None, tuple[str, ...], date]:
    return one.unit, one.roles, local_date(one.at)


def _between(found: Sequence[Reading], now: datetime) -> str:
    last, first = found[0].at, found[-1].at
    when = capital(moment(first, language(), now))
    until = clock_time(last, language())
    return when if until == clock_time(first, language()) else f"{when}–{until}"


def _reasons(found: Sequence[Reading]) -> list[str]:
    return list(dict.fromkeys(gettext(_reason(one.what)) for one in found))


def unit(id: UnitId | None) -> str:
    """The unit's name; one that is gone is the municipality."""
    found = house().municipality.units.get(id) if id else None
    return found.name if found else house().municipality.name


def _role(roles: tuple[str, ...]) -> str:
    return next((gettext(words) for role, words in _ROLES.items() if role.value in roles), gettext("medarbetare"))


def _reason(what: str) -> str:
    first = what.replace(":", "_").partition("_")[0]
    return _REASONS.get(what) or _FIRST_PARTS.get(first, _ELSE)
