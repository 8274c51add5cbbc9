"""The directory: every unit, employee and organisation there is or has been, and the part that holds today."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import TypeAlias

from shared.domain.ids import OrganisationId, StaffId, UnitId
from shared.domain.municipality import Municipality, Organisation, Staff, Unit
from shared.domain.principals import CASE_ROLES, Role

Entity: TypeAlias = Unit | Staff | Organisation


@dataclass(frozen=True, slots=True)
class Directory:
    """All of it as one value; `number` counts its changes."""

    number: int = 0
    units: Mapping[UnitId, Unit] = field(default_factory=dict)
    staff: Mapping[StaffId, Staff] = field(default_factory=dict)
    organisations: Mapping[OrganisationId, Organisation] = field(default_factory=dict)

    def present(self, base: Municipality, today: date) -> Municipality:
        """The municipality of the file with those who are here on the day."""
        return replace(
            base,
            units=self.units,
            staff={id: one for id, one in self.staff.items() if one.employed(today)},
            former={id: one for id, one in self.staff.items() if not one.employed(today)},
            organisations={id: one for id, one in self.organisations.items() if one.active},
        )

    def find(self, entity: Entity) -> Entity | None:
        """What stands there now under the kind and id of `entity`."""
        if isinstance(entity, Unit):
            return self.units.get(entity.id)
        return self.staff.get(entity.id) if isinstance(entity, Staff) else self.organisations.get(entity.id)

    def holding(self, *entities: Entity, number: int | None = None) -> "Directory":
        """The same with these in the place of what they were."""
        units, staff, organisations = dict(self.units), dict(self.staff), dict(self.organisations)
        for one in entities:
            if isinstance(one, Unit):
                units[one.id] = one
            elif isinstance(one, Staff):
                staff[one.id] = one
            else:
                organisations[one.id] = one
        return Directory(self.number if number is None else number, units, staff, organisations)


def seed(municipality: Municipality) -> Directory:
    """The directory that a new installation begins with: what its file says."""
    staff = [with_case_unit(one) for one in municipality.staff.values()]
    return Directory().holding(*municipality.units.values(), *staff, *municipality.organisations.values())


def with_case_unit(staff: Staff) -> Staff:
    """The person, the present unit remembered if they may have cases there."""
    if not staff.roles & CASE_ROLES or staff.unit in staff.case_units:
        return staff
    return replace(staff, case_units=(*staff.case_units, staff.unit))


def units_left(staff: Staff, today: date) -> tuple[UnitId, ...]:
    """The units whose cases the person may no longer have on the day: gone, moved, or without such a role."""
    if not staff.roles & CASE_ROLES or (staff.last_day is not None and staff.last_day < today):
        return staff.case_units
    return tuple(unit for unit in staff.case_units if unit != staff.unit)


def administrators(directory: Directory, today: date) -> list[Staff]:
    """Those who look after the directory for as long as can be seen: at work now, and with no last day set."""
    return [
        one
        for one in directory.staff.values()
        if Role.ADMINISTRATOR in one.roles and one.employed(today) and one.last_day is None
    ]
