"""The people in our tests: Elsa who reports, Anna and Samir who work, Maria who leads, Cia who has no business here."""

from datetime import UTC, datetime
from itertools import count

from shared.domain.ids import OrganisationId, PersonIndex, StaffId, UnitId
from shared.domain.principals import Kind, Principal, Role

UNIT = UnitId("mottagningen")
MONDAY = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
"""Monday 2 November 2026 at 10.00 in Stockholm."""


def reporter(name: str = "Elsa Exempel", person: str = "e" * 32) -> Principal:
    """A school counsellor who is logged in."""
    return Principal(
        Kind.REPORTER,
        person=PersonIndex(person),
        name=name,
        assurance=3,
        organisation=OrganisationId("exempelskolan"),
        organisation_name="Exempelskolan",
    )


def staff(id: str, *roles: Role, unit: str = UNIT, socionom: bool = True) -> Principal:
    """An employee who is logged in."""
    return Principal(
        Kind.STAFF,
        person=PersonIndex((id.encode().hex() + "0" * 32)[:32]),
        name=f"{id.capitalize()} Exempel",
        assurance=3,
        staff=StaffId(f"{id}.exempel"),
        unit=UnitId(unit),
        roles=frozenset(roles),
        socionom=socionom,
    )


ELSA = reporter()
CIA = reporter("Cia Exempel", "c" * 32)
ANNA = staff("anna", Role.INTAKE_CASEWORKER)
SAMIR = staff("samir", Role.INTAKE_CASEWORKER)
MARIA = staff("maria", Role.TEAM_LEAD, Role.INTAKE_CASEWORKER)
STRANGER = staff("cia", Role.INTAKE_CASEWORKER, unit="annan-enhet")


class Ids:
    """Fresh ids in order: 32 hex digits that a failing test can be read by."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def __call__(self) -> str:
        return f"{next(self._numbers):032x}"
