"""What the population register says about a child and the people around it, and what may be shown of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from shared.domain.calendar import local_date
from shared.domain.cases import CasePerson, birth_date

_OF_AGE: Final = 18


class Protection(StrEnum):
    """How an identity is protected; a person with fingerade personuppgifter looks like anybody in the register."""

    NONE = "none"
    SEKRETESSMARKERING = "sekretessmarkering"
    """The address is in the register, and secret (OSL 22:1)."""
    SKYDDAD_FOLKBOKFORING = "skyddad_folkbokforing"
    """The address is not in the register; letters go through Skatteverket (FOL 16 §, OSL 22:2)."""


class Registration(StrEnum):
    """Whether a person is registered as living in Sweden."""

    REGISTERED = "registered"
    COORDINATION = "coordination"
    """Known by a coordination number, never registered (lag 2022:1697)."""
    MOVED_OUT = "moved_out"
    DECEASED = "deceased"


class CivilStatus(StrEnum):
    """Whether somebody is or has been married; a registered partner counts as married (lag 2009:260)."""

    UNMARRIED = "unmarried"
    MARRIED = "married"
    DIVORCED = "divorced"
    WIDOWED = "widowed"


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is registered."""

    street: str
    postcode: str
    town: str
    care_of: str = ""


@dataclass(frozen=True, slots=True)
class RegisteredPerson:
    """One person. `number` has 12 digits; `since` is the day of the death or the move abroad."""

    number: str
    name: str
    registration: Registration = Registration.REGISTERED
    protection: Protection = Protection.NONE
    since: date | None = None
    address: Address | None = None
    guardians: tuple[str, ...] = ()
    """Numbers of those who have custody of this person (FB 6)."""
    wards: tuple[str, ...] = ()
    """Numbers of those whom this person has custody of."""
    civil_status: CivilStatus | None = None


@dataclass(frozen=True, slots=True)
class Family:
    """The register's answer about one child: `people`, by number, are the child, its guardians and their other wards.

    Somebody who is named but not among `people` is somebody whom the register could not tell of.
    """

    number: str
    people: Mapping[str, RegisteredPerson]

    @property
    def child(self) -> RegisteredPerson:
        """The one who was asked for."""
        return self.people[self.number]

    @property
    def guardians(self) -> list[RegisteredPerson]:
        """Those who have custody, the dead among them: what follows from a death is decided by people."""
        return [self.people[one] for one in self.child.guardians if one in self.people]

    @property
    def siblings(self) -> list[RegisteredPerson]:
        """Those who share a guardian with the child, each once."""
        numbers = dict.fromkeys(ward for guardian in self.guardians for ward in guardian.wards if ward != self.number)
        return [self.people[one] for one in numbers if one in self.people]

    @property
    def protected(self) -> bool:
        """Whether anybody here has a protected identity: the address of one tells where the others live."""
        return any(one.protection is not Protection.NONE for one in self.people.values())


class Doubt(StrEnum):
    """Why an answer can not be relied on as it stands: a person has to ask."""

    PERSON_MISSING = "person_missing"
    """The register names somebody whom it does not tell of."""
    CUSTODY_ONE_SIDED = "custody_one_sided"
    """Of a child and an adult, one names the other and is not named back."""
    NO_GUARDIAN = "no_guardian"
    """No living guardian."""
    OF_AGE = "of_age"
    """The person is no child: the number may be another person's."""
    NAME_DIFFERS = "name_differs"
    """No part of the reported name is in the registered one: the number may be another person's."""


def doubts(family: Family, reported: CasePerson, today: date) -> list[Doubt]:
    """What does not add up in the register, or between it and the report; empty when everything does."""
    found = {
        Doubt.PERSON_MISSING: _someone_is_missing(family),
        Doubt.CUSTODY_ONE_SIDED: _custody_is_one_sided(family),
        Doubt.NO_GUARDIAN: all(one.registration is Registration.DECEASED for one in family.guardians),
        Doubt.OF_AGE: _of_age(family.number, today),
        Doubt.NAME_DIFFERS: bool(reported.name) and not same_person(family.child.name, reported.name),
    }
    return [doubt for doubt, is_so in found.items() if is_so]


def _someone_is_missing(family: Family) -> bool:
    named = {*family.child.guardians, *(ward for one in family.guardians for ward in one.wards)}
    return not named <= family.people.keys()


def _custody_is_one_sided(family: Family) -> bool:
    """Only the child and its guardians are looked at: what siblings have elsewhere was not asked for."""
    adults = (one for one in family.people.values() if family.number in one.wards)
    return {one.number for one in adults} != {one.number for one in family.guardians}


def _of_age(number: str, today: date) -> bool:
    born = birth_date(number)
    return born is not None and (today.year - _OF_AGE, today.month, today.day) >= (born.year, born.month, born.day)


def same_person(registered: str, said: str) -> bool:
    """Whether any part of the one name is in the other."""
    return not _words(registered).isdisjoint(_words(said))


def _words(name: str) -> set[str]:
    return set(name.casefold().replace("-", " ").split())


class Outcome(StrEnum):
    """How the question was answered."""

    ANSWERED = "answered"
    NOT_FOUND = "not_found"
    """The register knows nobody of that number."""
    NO_NUMBER = "no_number"
    """The report names no number to ask for."""
    UNAVAILABLE = "unavailable"
    """The register did not answer in time."""


class Contact(StrEnum):
    """Whether addresses, and contact details in a report, may be shown (OSL 21:3, 22:1-22:2)."""

    OPEN = "open"
    UNCONFIRMED = "unconfirmed"
    """Nobody knows whether somebody is protected: shown only when the caseworker has made sure in another way."""
    PROTECTED = "protected"


@dataclass(frozen=True, slots=True)
class Reply:
    """What the register said at one instant about the child of a case; `family` only when it answered."""

    at: datetime
    outcome: Outcome
    family: Family | None = None
    doubts: tuple[Doubt, ...] = ()

    @property
    def contact(self) -> Contact:
        """What the reply means for addresses and contact details: silence and doubt are never taken for a no."""
        if self.family is None:
            return Contact.UNCONFIRMED
        if self.family.protected:
            return Contact.PROTECTED
        return Contact.UNCONFIRMED if self.doubts else Contact.OPEN


def answered(family: Family | None, reported: CasePerson, now: datetime) -> Reply:
    """The reply to a question that the register answered, if only that it knows nobody of that number."""
    if family is None:
        return Reply(now, Outcome.NOT_FOUND)
    return Reply(now, Outcome.ANSWERED, family, tuple(doubts(family, reported, local_date(now))))
