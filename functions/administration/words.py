"""Codes of the directory in words, in the reader's language."""

from datetime import date, datetime
from typing import Any, Final

from shared.domain.calendar import local_date
from shared.domain.directory import Directory, Entity
from shared.domain.directory_changes import CODED, DirectoryAction
from shared.domain.ids import OrganisationId, StaffId, UnitId
from shared.domain.municipality import Staff, Unit
from shared.domain.principals import Role
from shared.web import gettext, language, mark
from shared.web.words import day, moment

ROLES: Final = {
    Role.INTAKE_CASEWORKER: (mark("Handläggare"), mark("Läser enhetens ärenden, bedömer och beslutar.")),
    Role.TEAM_LEAD: (mark("Gruppledare"), mark("Fördelar ärenden och får veta när en frist är på väg att missas.")),
    Role.DUTY: (mark("Jour"), mark("Får genast veta om akuta anmälningar när det är stängt.")),
    Role.ADMINISTRATOR: (mark("Förvaltare"), mark("Sköter personer, enheter och organisationer. Läser inga ärenden.")),
}
KINDS: Final = {
    "school": mark("Skola eller förskola"),
    "health": mark("Vård eller tandvård"),
    "other": mark("Annan verksamhet"),
}
ACTIONS: Final = {
    DirectoryAction.SEEDED: mark("Registret började med det som står i kommunens fil"),
    DirectoryAction.UNIT_ADDED: mark("La till enheten %(subject)s"),
    DirectoryAction.UNIT_CHANGED: mark("Ändrade enheten %(subject)s"),
    DirectoryAction.UNIT_CLOSED: mark("Stängde enheten %(subject)s"),
    DirectoryAction.UNIT_OPENED: mark("Öppnade enheten %(subject)s"),
    DirectoryAction.STAFF_ADDED: mark("La till %(subject)s"),
    DirectoryAction.STAFF_CHANGED: mark("Ändrade %(subject)s"),
    DirectoryAction.STAFF_LEAVES: mark("Ändrade sista dagen för %(subject)s"),
    DirectoryAction.STAFF_AWAY: mark("Ändrade frånvaron för %(subject)s"),
    DirectoryAction.CASES_GIVEN_BACK: mark("Lämnade tillbaka ärenden som %(subject)s hade"),
    DirectoryAction.ORGANISATION_ADDED: mark("La till organisationen %(subject)s"),
    DirectoryAction.ORGANISATION_CHANGED: mark("Ändrade organisationen %(subject)s"),
    DirectoryAction.ORGANISATION_CLOSED: mark("Stängde organisationen %(subject)s"),
    DirectoryAction.ORGANISATION_OPENED: mark("Öppnade organisationen %(subject)s"),
}
FIELDS: Final = {
    "unit": mark("Enhet"),
    "roles": mark("Roller"),
    "socionom": mark("Socionom"),
    "first_day": mark("Första dag"),
    "last_day": mark("Sista dag"),
    "away": mark("Borta"),
    "kind": mark("Slag"),
    "active": mark("Öppen"),
    "name": mark("Namn"),
    "title": mark("Titel"),
    "email": mark("E-post"),
    "phone": mark("Telefon"),
}
NOTHING: Final = "–"
_YES_NO: Final = {"yes": mark("ja"), "no": mark("nej")}


def facts(one: Entity, directory: Directory) -> list[tuple[str, str]]:
    """All that a form can change of somebody or something: what it is called, and how it stands."""
    found: dict[str, str] = {"name": one.name}
    if isinstance(one, Staff):
        found |= {"title": one.title, "unit": _code("unit", one.unit, directory), "roles": role_names(one)}
        found |= {"socionom": _yes_no(one.socionom), "email": one.email, "phone": one.phone}
        found |= {"first_day": _day_or_none(one.first_day), "last_day": _day_or_none(one.last_day)}
        found |= {"away": _away(one, directory)}
    elif isinstance(one, Unit):
        found |= {"phone": one.phone, "active": _yes_no(one.active)}
    else:
        found |= {"kind": gettext(KINDS.get(one.kind, one.kind)), "active": _yes_no(one.active)}
    return [(gettext(FIELDS[name]), value or NOTHING) for name, value in found.items()]


def person_name(id: str, directory: Directory) -> str:
    """The name of somebody who is or has been in the directory, else the id."""
    known = directory.staff.get(StaffId(id))
    return known.name if known else id


def role_names(staff: Staff) -> str:
    """The person's roles in words, or that there are none."""
    names = [gettext(ROLES[role][0]) for role in Role if role in staff.roles]
    return ", ".join(names) if names else gettext("ingen roll")


def standing(staff: Staff, now: datetime) -> dict[str, str] | None:
    """What is special about the person today: away, leaving, gone or not begun; None when nothing is."""
    today = local_date(now)
    if staff.first_day is not None and today < staff.first_day:
        return {"look": "still", "words": gettext("Börjar %(day)s", day=_day(staff.first_day))}
    if staff.last_day is not None and staff.last_day < today:
        return {"look": "still", "words": gettext("Slutade %(day)s", day=_day(staff.last_day))}
    if staff.last_day is not None:
        return {"look": "turn", "words": gettext("Slutar %(day)s", day=_day(staff.last_day))}
    if staff.is_away(today) and staff.away:
        return {"look": "going", "words": gettext("Borta till %(day)s", day=_day(staff.away.last_day))}
    return None


def change(entry: dict[str, Any], directory: Directory, now: datetime) -> dict[str, Any]:
    """One entry of the trail for the page: when, what, who, and each code before and after."""
    title = gettext(ACTIONS[DirectoryAction(entry["action"])], subject=_subject(entry, directory))
    who = gettext("systemet") if entry["actor"] is None else person_name(entry["actor"], directory)
    return {"when": moment(entry["at"], language(), now), "title": title, "who": who, "rows": _rows(entry, directory)}


def _rows(entry: dict[str, Any], directory: Directory) -> list[str]:
    before, after = entry.get("before", {}), entry.get("after", {})
    coded = [
        gettext(
            "%(field)s: %(before)s → %(after)s",
            field=gettext(FIELDS[name]),
            before=_code(name, before.get(name, ""), directory),
            after=_code(name, after[name], directory),
        )
        for name in FIELDS
        if name in CODED and name in after and (name in before or after[name])
    ]
    added = entry["action"].endswith(":added")
    told = {*entry.get("fields", ()), *(after.keys() - CODED)}
    others = [] if added else [gettext(words) for name, words in FIELDS.items() if name in told]
    return coded + ([gettext("Ändrat: %(fields)s", fields=", ".join(others))] if others else [])


def _code(name: str, code: str, directory: Directory) -> str:
    if not code:
        return NOTHING
    if name == "unit":
        known = directory.units.get(UnitId(code))
        return known.name if known else code
    if name == "roles":
        return ", ".join(gettext(ROLES[Role(one)][0]) for one in code.split())
    if name == "kind":
        return gettext(KINDS[code]) if code in KINDS else code
    if name in {"first_day", "last_day"}:
        return _day(date.fromisoformat(code))
    return gettext(_YES_NO.get(code, code))


def _subject(entry: dict[str, Any], directory: Directory) -> str:
    id = entry["subject"]
    if entry["subject_kind"] == "unit":
        known = directory.units.get(UnitId(id))
        return known.name if known else id
    if entry["subject_kind"] == "organisation":
        organisation = directory.organisations.get(OrganisationId(id))
        return organisation.name if organisation else id
    return person_name(id, directory)


def _yes_no(yes: bool) -> str:
    code = "yes" if yes else "no"
    return gettext(_YES_NO[code])


def _away(one: Staff, directory: Directory) -> str:
    if one.away is None:
        return ""
    days = f"{_day(one.away.first_day)} – {_day(one.away.last_day)}"
    return f"{days}, {person_name(one.away.substitute, directory)}" if one.away.substitute else days


def _day_or_none(when: date | None) -> str:
    return "" if when is None else _day(when)


def _day(when: date) -> str:
    return day(when, language())
