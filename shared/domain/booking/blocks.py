"""Time that a staff member keeps for something else: nobody books it, and nobody is told why."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

from shared.domain import calendar
from shared.domain.booking.atoms import quarters
from shared.domain.broken_rules import BrokenRule, NotAllowed
from shared.domain.ids import ItemId, StaffId, UnitId
from shared.domain.municipality import Staff
from shared.domain.principals import CASE_ROLES, Kind, Principal, Role

LONGEST: Final = timedelta(days=100)
"""Longer absences are the file's: whoever is away so long is not offered at all."""


class BlockAction(StrEnum):
    """What happened; the audit entry's and the process event's name."""

    SET = "time_blocked"
    LIFTED = "time_unblocked"


class TooManyBlocks(BrokenRule):
    """As many blocks lie ahead as a diary holds; nothing was changed."""

    code = "too_many_blocks"


MOST: Final = 100


@dataclass(frozen=True, slots=True)
class Block:
    """One staff member's blocked time, from one UTC instant up to another. It has no reason: none is needed."""

    id: ItemId
    rev: int
    staff: str
    unit: UnitId
    start: datetime
    end: datetime
    standing: bool = True
    audit_number: int = 0
    audit_head: str = ""

    @property
    def quarters(self) -> range:
        """The quarters that nobody can book."""
        return quarters(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Wished:
    """What somebody asks to block: days, both included, and clock times; None is the whole day at that end."""

    first: date
    last: date
    begins: time | None = None
    ends: time | None = None

    @property
    def start(self) -> datetime:
        """The first instant, in UTC."""
        return calendar.at(self.first, self.begins or time.min)

    @property
    def end(self) -> datetime:
        """The instant after the last, in UTC."""
        return calendar.end_of_day(self.last) if self.ends is None else calendar.at(self.last, self.ends)

    def problems(self, now: datetime) -> Mapping[str, str]:
        """What is wrong, by field, as a stable code: `backwards`, `over` or `long`."""
        if self.last < self.first:
            return {"last": "backwards"}
        if self.end <= self.start:
            return {"ends": "backwards"}
        if self.end <= now:
            return {"last": "over"}
        return {"last": "long"} if self.end - self.start > LONGEST else {}


def may_keep_diary(principal: Principal, colleague: Staff) -> bool:
    """Whether the principal sees and blocks the colleague's time: the own, or as the lead of the colleague's unit."""
    if principal.kind is not Kind.STAFF or not principal.roles & CASE_ROLES or principal.unit != colleague.unit:
        return False
    return principal.staff == colleague.id or principal.has(Role.TEAM_LEAD)


def may_read(principal: Principal, unit: UnitId, staff: str) -> bool:
    """Whether the principal opens a meeting of this unit and staff member: the own, or as the unit's lead."""
    if principal.kind is not Kind.STAFF or not principal.roles & CASE_ROLES or principal.unit != unit:
        return False
    return principal.staff == StaffId(staff) or principal.has(Role.TEAM_LEAD)


def may_lift(principal: Principal, block: Block) -> bool:
    """Whether the principal opens and lifts the block: the own, wherever they work now, or the unit's as its lead."""
    works = principal.kind is Kind.STAFF and bool(principal.roles & CASE_ROLES)
    return (works and principal.staff == block.staff) or may_read(principal, block.unit, block.staff)


def lift(block: Block, by: Principal) -> Block:
    """The time can be booked again; raises `NotAllowed`. A second call changes nothing more."""
    if not may_lift(by, block):
        raise NotAllowed
    return replace(block, standing=False)
