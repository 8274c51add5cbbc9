"""Notes, roles and reasons in plain words, in the reader's language."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby
from typing import Any, Final

from flask import url_for

from shared.app import house
from shared.domain.calendar import local_date
from shared.domain.deadlines import last_day
from shared.domain.ids import UnitId
from shared.domain.notes import NoteKind
from shared.domain.objection_items import Objection
from shared.domain.principals import Role
from shared.records.own_file import OwnLetter, OwnNote, Reading
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


def entry(one: OwnNote | OwnLetter, now: datetime) -> dict[str, Any]:
    """A note as a paper, a letter as a line that leads to it."""
    if isinstance(one, OwnNote):
        return note(one, now)
    return {
        "kind": "letter",
        "title": gettext("Brev från %(unit)s", unit=unit(one.unit)),
        "when": capital(moment(one.at, language(), now)),
        "read": one.read,
        "href": f"/meddelanden/{one.id}",
    }


def objection(one: Objection, now: datetime) -> dict[str, Any]:
    """What the person has said, and the answer or the day it comes."""
    answer = one.answer
    return {
        "text": one.text,
        "when": capital(moment(one.at, language(), now)),
        "due": day(last_day(one.due), language()),
        "answer": answer.text if answer else "",
        "answered": capital(moment(answer.at, language(), now)) if answer else "",
        "unit": unit(one.unit),
    }


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
