"""The municipality: its dated file, and the units, staff and organisations that the directory holds today."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import TYPE_CHECKING, TypeAlias

from shared.domain.cases import CaseKind
from shared.domain.ids import OrganisationId, StaffId, UnitId
from shared.domain.principals import Role
from shared.domain.quiet import QuietHours

if TYPE_CHECKING:
    from shared.domain.own_law import OwnLaw

Texts: TypeAlias = Mapping[str, str]
"""The same words by language code; every language of the product is present."""


@dataclass(frozen=True, slots=True)
class Unit:
    """A part of the board with its own cases; a closed one has neither people nor open cases, and keeps its name."""

    id: UnitId
    name: str
    phone: str
    intake: bool = False
    active: bool = True


@dataclass(frozen=True, slots=True)
class Absence:
    """Days away, both included, and the colleague who is told meanwhile what this person would be told."""

    first_day: date
    last_day: date
    substitute: StaffId | None = None


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
    first_day: date | None = None
    """The first day of access; None: always."""
    last_day: date | None = None
    """The last day of access; None: no end is known."""
    away: Absence | None = None
    case_units: tuple[UnitId, ...] = ()
    """The units where the person may have cases: what is left there is given back when the person goes."""

    def employed(self, today: date) -> bool:
        """Whether the person works here on that day, at work or away."""
        return (self.first_day is None or self.first_day <= today) and (self.last_day is None or today <= self.last_day)

    def is_away(self, today: date) -> bool:
        """Whether somebody else is told in the person's place on that day."""
        return self.away is not None and self.away.first_day <= today <= self.away.last_day


@dataclass(frozen=True, slots=True)
class Organisation:
    """Where reporters work; a closed one lets nobody in."""

    id: OrganisationId
    name: str
    kind: str
    active: bool = True


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
    former: Mapping[StaffId, Staff] = field(default_factory=dict)
    """Those who have left or have not begun: their names stand in what they have done, and nothing else."""
    quiet: QuietHours = field(default_factory=QuietHours)
    """When nothing but a page to the duty phone leaves."""
    law: "OwnLaw" = field(default_factory=dict)
    """What it has decided where the law leaves it open, by the deadline's name."""
    court: str = ""
    """The administrative court that decides appeals, by its name; empty: it is called förvaltningsrätten."""

    case_units: Mapping[CaseKind, UnitId] = field(default_factory=dict)
    """Where what is applied for lands, by its kind of case, where that is not the intake."""

    def receives(self, kind: CaseKind) -> Unit:
        """The unit that receives what is applied for: the intake where no other is named, or that one is closed."""
        named = self.units.get(self.case_units.get(kind, UnitId("")))
        return named if named is not None and named.active else self.intake

    @property
    def intake(self) -> Unit:
        """The unit that receives concern reports."""
        return next(unit for unit in self.units.values() if unit.intake)

    def phone_of(self, unit: UnitId | None) -> str:
        """Where somebody reaches the unit that has their case; the municipality's own number when it is gone."""
        found = None if unit is None else self.units.get(unit)
        return found.phone if found is not None and found.active else self.contact.phone

    def colleagues(self, unit: UnitId) -> list[Staff]:
        """The unit's staff by name."""
        return sorted((one for one in self.staff.values() if one.unit == unit), key=lambda one: one.name)


def valid_on(versions: Sequence[Municipality], today: date) -> Municipality:
    """The version that holds on the day: the latest that has begun, or the first before any has."""
    begun = [one for one in versions if one.valid_from <= today]
    return max(begun or versions[:1], key=lambda one: one.valid_from)
