"""Population registers for our tests: one that says what it is told, and one that can be down or slow."""

from collections.abc import Mapping
from dataclasses import replace
from threading import Event
from typing import Any

from shared.domain.household import Household
from shared.domain.register import Address, Family, Protection, RegisteredPerson, Registration
from shared.ports.register import RegisterUnavailable

CHILD, MOTHER, FATHER, SISTER = "201501012395", "198004262385", "198204212396", "202503082386"
HOME = Address("Storgatan 12", "999 01", "Exempelstad")


def person(
    number: str,
    name: str = "Kim Exempel",
    *,
    guardians: tuple[str, ...] = (),
    wards: tuple[str, ...] = (),
    protection: Protection = Protection.NONE,
    registration: Registration = Registration.REGISTERED,
    address: Address | None = HOME,
) -> RegisteredPerson:
    """Somebody at home, whom nothing is the matter with."""
    return RegisteredPerson(number, name, registration, protection, None, address, guardians, wards)


def family(*people: RegisteredPerson, child: str = CHILD) -> Family:
    """A child with shared custody and a sister; `people` stand instead of those with the same number."""
    usual = (
        person(CHILD, "Kim Exempel", guardians=(MOTHER, FATHER)),
        person(MOTHER, "Karin Exempel", wards=(CHILD, SISTER)),
        person(FATHER, "Omar Exempel", wards=(CHILD, SISTER)),
        person(SISTER, "Mira Exempel", guardians=(MOTHER, FATHER)),
    )
    return Family(child, {one.number: one for one in (*usual, *people)})


def household(number: str, people: Mapping[str, RegisteredPerson]) -> Household:
    """The adult of this number with those whom it has custody of."""
    return Household(number, {one: people[one] for one in (number, *people[number].wards) if one in people})


class LivingRegister:
    """Knows a family whose members move, marry, die and go into hiding; `down` for the numbers that it is silent on."""

    source: Mapping[str, str] = {"sv": "ett register", "en": "a register"}

    def __init__(self, *people: RegisteredPerson) -> None:
        self.people = dict(family(*people).people)
        self.down: set[str] = set()
        self.asked: list[str] = []

    def change(self, number: str, **changes: Any) -> None:
        """Something happens to somebody."""
        self.people[number] = replace(self.people[number], **changes)

    def family(self, number: str) -> Family | None:
        self.asked.append(number)
        if number in self.down:
            raise RegisterUnavailable
        if number not in self.people:
            return None
        guardians = self.people[number].guardians
        wards = [ward for one in guardians for ward in self.people[one].wards]
        return Family(number, {one: self.people[one] for one in (number, *guardians, *wards)})

    def household(self, number: str) -> Household | None:
        self.asked.append(number)
        if number in self.down:
            raise RegisterUnavailable
        return household(number, self.people) if number in self.people else None


class HandRegister:
    """Knows one family or nobody; while `down` it does not answer, and while it `hangs` it answers when let go."""

    source: Mapping[str, str] = {"sv": "ett register", "en": "a register"}

    def __init__(self, knows: Family | None = None, *, down: bool = False, hangs: bool = False) -> None:
        self.knows = knows
        self.down = down
        self.asked: list[str] = []
        self.let_go = Event()
        if not hangs:
            self.let_go.set()

    def family(self, number: str) -> Family | None:
        self.asked.append(number)
        self.let_go.wait(30)
        if self.down:
            raise RegisterUnavailable
        return self.knows if self.knows is not None and self.knows.number == number else None

    def household(self, number: str) -> Household | None:
        self.asked.append(number)
        self.let_go.wait(30)
        if self.down:
            raise RegisterUnavailable
        people = {} if self.knows is None else self.knows.people
        return household(number, people) if number in people else None
