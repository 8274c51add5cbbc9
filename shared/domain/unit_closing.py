"""When a unit can be closed: nobody works there, nothing waits there, and no report can come to it."""

from dataclasses import dataclass, field
from datetime import date

from shared.domain.broken_rules import BrokenRule
from shared.domain.directory import Directory
from shared.domain.ids import StaffId
from shared.domain.municipality import Staff, Unit


@dataclass(frozen=True, slots=True)
class Left:
    """What a unit still has: counts of open cases, letters that wait to be printed and meetings to come, as far as
    they were counted; `offered`: residents can book meetings with it.
    """

    cases: int = 0
    letters: int = 0
    meetings: int = 0
    offered: bool = False


@dataclass(frozen=True, slots=True)
class Hindrances:
    """Why a unit cannot be closed yet; `people` are those whose last day has not come."""

    intake: bool = False
    people: tuple[StaffId, ...] = ()
    left: Left = field(default_factory=Left)


class UnitInUse(BrokenRule):
    """The unit cannot be closed yet; `hindrances` says what has to be moved first."""

    code = "unit_in_use"

    def __init__(self, hindrances: Hindrances) -> None:
        super().__init__(repr(hindrances))
        self.hindrances = hindrances


class UnitClosed(BrokenRule):
    """Nobody can work at a unit that is closed."""

    code = "unit_closed"


def check_closing(directory: Directory, unit: Unit, left: Left, today: date) -> None:
    """Raises `UnitInUse` when anything or anybody stands in the way."""
    people = tuple(one.id for one in directory.staff.values() if one.unit == unit.id and _stays(one, today))
    found = Hindrances(unit.intake, people, left)
    if found != Hindrances():
        raise UnitInUse(found)


def check_placing(directory: Directory, staff: Staff, today: date) -> None:
    """Raises `UnitClosed` for who works, or will work, at a closed unit; those who have left stay where they were."""
    if not directory.units[staff.unit].active and _stays(staff, today):
        raise UnitClosed(staff.unit)


def _stays(staff: Staff, today: date) -> bool:
    return staff.last_day is None or today <= staff.last_day
