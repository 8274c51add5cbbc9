"""The municipality as dated data: units, staff, opening hours, phone numbers and reporting organisations."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import TypeAlias

from shared.domain.ids import OrganisationId, StaffId, UnitId
from shared.domain.principals import Role

Texts: TypeAlias = Mapping[str, str]
"""The same words by language code; every language of the product is present."""


@dataclass(frozen=True, slots=True)
class Unit:
    id: UnitId
    name: str
    phone: str
    intake: bool = False


@dataclass(frozen=True, slots=True)
class Staff:
    """One employee; absence from the directory means no access."""

    id: StaffId
    name: str
    title: str
    unit: UnitId
    roles: frozenset[Role]
    socionom: bool
    """Whether the person may assess children's cases alone (SoL 25:1)."""
    email: str = ""
    """Where notices go, and never anything about a person; empty: nowhere."""
    phone: str = ""
    """The work phone, for the same."""


@dataclass(frozen=True, slots=True)
class Organisation:
    id: OrganisationId
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """Local opening hours (Europe/Stockholm) on ISO weekdays; public holidays are closed."""

    days: frozenset[int]
    opens: time
    closes: time


@dataclass(frozen=True, slots=True)
class Contact:
    phone: str
    hours: Texts
    visit: Texts
    visit_hours: Texts


@dataclass(frozen=True, slots=True)
class Emergency:
    acute: str
    out_of_hours_phone: str
    out_of_hours: Texts
    duty_phone: str


@dataclass(frozen=True, slots=True)
class Municipality:
    valid_from: date
    name: str
    short_name: str
    contact: Contact
    emergency: Emergency
    opening: OpeningHours
    leave_to: str
    theme: Mapping[str, str]
    units: Mapping[UnitId, Unit]
    staff: Mapping[StaffId, Staff]
    organisations: Mapping[OrganisationId, Organisation]

    @property
    def intake(self) -> Unit:
        """The unit that receives concern reports."""
        return next(unit for unit in self.units.values() if unit.intake)

    def colleagues(self, unit: UnitId) -> list[Staff]:
        """The unit's staff by name."""
        return sorted((one for one in self.staff.values() if one.unit == unit), key=lambda one: one.name)
