"""What the population register says about an adult and the children at home, and what a form may begin with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from shared.domain.register import Address, Protection, RegisteredPerson, Registration

Facts: TypeAlias = Mapping[str, "str | Sequence[Mapping[str, str]]"]
"""`name`, `address`, `civil_status`, and `children`, each with `name` and `number`."""


@dataclass(frozen=True, slots=True)
class Household:
    """The register's answer about one adult: `people`, by number, are the adult and those it has custody of."""

    number: str
    people: Mapping[str, RegisteredPerson]

    @property
    def person(self) -> RegisteredPerson:
        """The one who was asked for."""
        return self.people[self.number]

    @property
    def children(self) -> list[RegisteredPerson]:
        """The living wards who are registered at the same address: custody alone does not tell where a child lives."""
        wards = [self.people[one] for one in self.person.wards if one in self.people]
        home = self.person.address
        living = (one for one in wards if one.registration is Registration.REGISTERED)
        return [one for one in living if home is not None and one.address == home]

    @property
    def protected(self) -> bool:
        """Whether anybody here has a protected identity."""
        return any(one.protection is not Protection.NONE for one in self.people.values())


def facts_of(household: Household | None) -> Facts:
    """What a form about this household may begin with; nothing at all where anybody in it is protected (OSL 22:1–22:2).

    Nothing is said of why: a protected person, and one whom the register does not know, fill in the form by hand.
    """
    if household is None or household.protected:
        return {}
    person = household.person
    children = [{"name": one.name, "number": one.number} for one in household.children]
    found: dict[str, str | Sequence[Mapping[str, str]]] = {"name": person.name}
    if person.address is not None:
        found["address"] = _in_lines(person.address)
    if person.civil_status is not None:
        found["civil_status"] = person.civil_status.value
    return {**found, "children": children} if children else found


def _in_lines(address: Address) -> str:
    """As on an envelope: on a phone, one long line would be cut off."""
    care_of = [f"c/o {address.care_of}"] if address.care_of else []
    return "\n".join([*care_of, address.street, f"{address.postcode} {address.town}"])
