"""What may be done to the directory: one change of one entity, decided purely from the whole of it."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from shared.domain import access
from shared.domain.broken_rules import AlreadyDone, Incomplete, LastAdministrator, NotAllowed, OwnAccess
from shared.domain.calendar import local_date
from shared.domain.directory import Directory, Entity, administrators, with_case_unit
from shared.domain.municipality import Absence, Organisation, Staff, Unit
from shared.domain.principals import Principal, Role
from shared.domain.substitutes import may_stand_in
from shared.domain.unit_closing import Left, check_closing, check_placing


class DirectoryAction(StrEnum):
    """What was done: `subject:act`, stable for ever."""

    SEEDED = "directory:seeded"
    UNIT_ADDED = "unit:added"
    UNIT_CHANGED = "unit:changed"
    UNIT_CLOSED = "unit:closed"
    UNIT_OPENED = "unit:opened"
    STAFF_ADDED = "staff:added"
    STAFF_CHANGED = "staff:changed"
    STAFF_LEAVES = "staff:leaves"
    STAFF_AWAY = "staff:away"
    CASES_GIVEN_BACK = "staff:cases_given_back"
    ORGANISATION_ADDED = "organisation:added"
    ORGANISATION_CHANGED = "organisation:changed"
    ORGANISATION_CLOSED = "organisation:closed"
    ORGANISATION_OPENED = "organisation:opened"


CODED: Final = frozenset(
    {"unit", "roles", "socionom", "first_day", "last_day", "intake", "kind", "active", "case_units"}
)
"""Fields whose values are codes and days: the trail names them. Of the others it only says that they changed: names,
ways to reach somebody, and when somebody is away, which may tell of an illness."""


@dataclass(frozen=True, slots=True)
class DirectoryChange:
    """One change by `by` at `at`: the entity afterwards, and what differs from `before` (None: it is new)."""

    action: DirectoryAction
    by: Principal
    at: datetime
    before: Entity | None
    after: Entity

    def codes(self) -> tuple[dict[str, str], dict[str, str], list[str]]:
        """Before and after of every coded field that differs, and the names of the other fields that do."""
        old, new = ({} if self.before is None else _values(self.before)), _values(self.after)
        differ = [name for name in new if old.get(name) != new[name]]
        coded = [name for name in differ if name in CODED]
        return (
            {name: _code(old[name]) for name in coded if name in old},
            {name: _code(new[name]) for name in coded},
            [name for name in differ if name not in CODED],
        )


def put(
    directory: Directory, entity: Entity, *, by: Principal, now: datetime, left: Left | None = None
) -> DirectoryChange:
    """The entity added, or in the place of what it was; `left` is what a unit that is closed still has.

    Raises `NotAllowed` for anybody who is no administrator in this very directory, whatever the login said,
    `OwnAccess` when administrators change what they themselves may do, `LastAdministrator` when none would be left,
    `AlreadyDone` when nothing differs, and `Incomplete` for a unit, substitute or name that cannot be. A unit is closed
    only when somebody has looked at what is left: else `Incomplete`, and `UnitInUse` when anything is. `UnitClosed` is
    raised for whoever would work at a closed one.
    """
    before, today = directory.find(entity), local_date(now)
    if not _administers(directory, by, today):
        raise NotAllowed("not an administrator")
    if isinstance(entity, Staff):
        entity = with_case_unit(entity)
        _check_staff(directory, before, entity, by, today)
    if isinstance(entity, Unit):
        _check_unit(directory, before, entity, left, today)
    if before == entity:
        raise AlreadyDone("nothing differs")
    return DirectoryChange(_action(before, entity), by, now, before, entity)


def _administers(directory: Directory, by: Principal, today: date) -> bool:
    """The login may be older than a change that took the role away."""
    own = directory.staff.get(by.staff) if by.staff else None
    return access.may_administer(by) and own is not None and own.employed(today) and Role.ADMINISTRATOR in own.roles


def settled(staff: Staff, after: Staff, *, by: Principal, now: datetime) -> DirectoryChange:
    """The person's cases have been given back; `after` remembers the units that are left."""
    return DirectoryChange(DirectoryAction.CASES_GIVEN_BACK, by, now, staff, after)


def _check_unit(directory: Directory, before: Entity | None, after: Unit, left: Left | None, today: date) -> None:
    known = before if isinstance(before, Unit) else None
    if after.intake != (known is not None and known.intake):
        raise Incomplete("intake")
    if after.active or (known is not None and not known.active):
        return
    if left is None:
        raise Incomplete("active")
    check_closing(directory, after, left, today)


def _check_staff(directory: Directory, before: Entity | None, after: Staff, by: Principal, today: date) -> None:
    if after.unit not in directory.units:
        raise Incomplete("unit")
    check_placing(directory, after, today)
    if after.first_day and after.last_day and after.last_day < after.first_day:
        raise Incomplete("last_day")
    if isinstance(before, Staff) and before.name != after.name and before.last_day and before.last_day < today:
        raise Incomplete("name")  # an id belongs to one person for ever: so does everything done under it
    if isinstance(before, Staff) and after.id == by.staff and _access(before) != _access(after):
        raise OwnAccess("own roles, unit or days")
    if after.away is not None and (not isinstance(before, Staff) or before.away != after.away):
        _check_absence(directory, after, after.away, today)
    if administrators(directory, today) and not administrators(directory.holding(after), today):
        raise LastAdministrator("nobody would be left")


def _check_absence(directory: Directory, staff: Staff, away: Absence, today: date) -> None:
    if away.last_day < away.first_day:
        raise Incomplete("away_until")
    if away.substitute is None:
        return
    substitute = directory.staff.get(away.substitute)
    if substitute is None or not may_stand_in(substitute, staff, max(today, away.first_day)):
        raise Incomplete("substitute")


def _access(staff: Staff) -> tuple[object, ...]:
    return staff.roles, staff.unit, staff.socionom, staff.first_day, staff.last_day


def _action(before: Entity | None, after: Entity) -> DirectoryAction:
    if isinstance(after, Unit):
        return _unit_action(before, after)
    if isinstance(after, Organisation):
        return _organisation_action(before, after)
    if not isinstance(before, Staff):
        return DirectoryAction.STAFF_ADDED
    if before.last_day != after.last_day:
        return DirectoryAction.STAFF_LEAVES
    return DirectoryAction.STAFF_AWAY if before.away != after.away else DirectoryAction.STAFF_CHANGED


def _unit_action(before: Entity | None, after: Unit) -> DirectoryAction:
    if not isinstance(before, Unit):
        return DirectoryAction.UNIT_ADDED
    if before.active != after.active:
        return DirectoryAction.UNIT_OPENED if after.active else DirectoryAction.UNIT_CLOSED
    return DirectoryAction.UNIT_CHANGED


def _organisation_action(before: Entity | None, after: Organisation) -> DirectoryAction:
    if not isinstance(before, Organisation):
        return DirectoryAction.ORGANISATION_ADDED
    if before.active != after.active:
        return DirectoryAction.ORGANISATION_OPENED if after.active else DirectoryAction.ORGANISATION_CLOSED
    return DirectoryAction.ORGANISATION_CHANGED


def _values(entity: Entity) -> Mapping[str, Any]:
    return {one.name: getattr(entity, one.name) for one in fields(entity) if one.name != "id"}


def _code(value: Any) -> str:
    """A value as the trail keeps it: codes and days, never a name."""
    if isinstance(value, frozenset | tuple):
        return " ".join(sorted(value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)
