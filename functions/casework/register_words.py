"""What the population register says, in words: people as cards, doubts and silence as sentences."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from shared.domain.numbers import identity_number
from shared.domain.register import Contact, Doubt, Family, Outcome, Protection, RegisteredPerson, Registration, Reply
from shared.web import gettext, language, mark
from shared.web.words import day

_REGISTRATIONS: Final = {
    Registration.REGISTERED: mark("Folkbokförd i Sverige"),
    Registration.COORDINATION: mark("Inte folkbokförd, har samordningsnummer"),
    Registration.MOVED_OUT: mark("Utflyttad från Sverige"),
    Registration.DECEASED: mark("Avliden"),
}
_PROTECTIONS: Final = {
    Protection.SEKRETESSMARKERING: mark("Sekretessmarkering"),
    Protection.SKYDDAD_FOLKBOKFORING: mark("Skyddad folkbokföring"),
}
_DOUBTS: Final = {
    Doubt.PERSON_MISSING: mark("Registret nämner någon som det inte har uppgifter om."),
    Doubt.CUSTODY_ONE_SIDED: mark("Uppgifterna om vårdnaden går inte ihop mellan barnet och de vuxna."),
    Doubt.NO_GUARDIAN: mark("Registret anger ingen vårdnadshavare som lever."),
    Doubt.OF_AGE: mark("Personen har fyllt 18 år. Numret kan tillhöra någon annan än barnet."),
    Doubt.NAME_DIFFERS: mark("Namnet i registret är ett annat än i anmälan. Numret kan tillhöra någon annan."),
}
_SILENCE: Final = {
    Outcome.NOT_FOUND: mark("Registret känner inte till numret i anmälan."),
    Outcome.NO_NUMBER: mark("Anmälan anger inget personnummer att fråga om."),
    Outcome.UNAVAILABLE: mark("Registret svarar inte just nu."),
}


def silence(outcome: Outcome) -> str:
    """Why there is no answer."""
    return gettext(_SILENCE[outcome])


def doubts(found: Iterable[Doubt]) -> list[str]:
    """What does not add up, a sentence each."""
    return [gettext(_DOUBTS[one]) for one in found]


def people(reply: Reply) -> list[dict[str, Any]]:
    """A card for the child, for each guardian and for each sibling: {title, rows}; none when nobody is known."""
    family = reply.family
    if family is None:
        return []
    hidden = reply.contact is not Contact.OPEN
    return [
        {"title": gettext("Barnet"), "rows": _child(family, hidden=hidden)},
        *(
            {"title": gettext("Vårdnadshavare"), "rows": _guardian(family, one, hidden=hidden)}
            for one in family.guardians
        ),
        *({"title": gettext("Syskon"), "rows": _rows(one)} for one in family.siblings),
    ]


def _child(family: Family, *, hidden: bool) -> list[dict[str, str]]:
    return _rows(family.child, {gettext("Adress"): gettext("Visas inte") if hidden else _address(family.child)})


def _guardian(family: Family, person: RegisteredPerson, *, hidden: bool) -> list[dict[str, str]]:
    same = person.address is not None and person.address == family.child.address
    address = gettext("Samma som barnet") if same else _address(person)
    return _rows(
        person,
        {gettext("Vårdnad"): _custody(family), gettext("Adress"): gettext("Visas inte") if hidden else address},
    )


def _rows(person: RegisteredPerson, more: Mapping[str, str] = {}) -> list[dict[str, str]]:
    coordinated = person.registration is Registration.COORDINATION
    rows = {
        gettext("Namn"): person.name,
        gettext("Samordningsnummer") if coordinated else gettext("Personnummer"): identity_number(person.number),
        gettext("Folkbokföring"): _registration(person),
        gettext("Skydd"): gettext(_PROTECTIONS[person.protection]) if person.protection in _PROTECTIONS else "",
        **more,
    }
    return [{"key": key, "value": value} for key, value in rows.items() if value]


def _registration(person: RegisteredPerson) -> str:
    said = gettext(_REGISTRATIONS[person.registration])
    return f"{said}, {day(person.since, language())}" if person.since else said


def _custody(family: Family) -> str:
    """Shared or sole, as far as the register says so of people who can have it."""
    named = family.child.guardians
    living = [one for one in family.guardians if one.registration is not Registration.DECEASED]
    if len(living) < len(named):
        return gettext("Behöver kontrolleras")
    return gettext("Ensam") if len(named) == 1 else gettext("Gemensam")


def _address(person: RegisteredPerson) -> str:
    found = person.address
    if found is None:
        return gettext("Ingen i registret")
    care_of = f"c/o {found.care_of}" if found.care_of else ""
    return "\n".join(filter(None, (care_of, found.street, f"{found.postcode} {found.town}")))
