"""Substitutes: who is told what a person who is away would be told."""

from collections.abc import Mapping
from datetime import date

from shared.domain.ids import StaffId
from shared.domain.municipality import Staff
from shared.domain.principals import CASE_ROLES


def told_for(id: StaffId, staff: Mapping[StaffId, Staff], today: date) -> StaffId | None:
    """Who is told what `id` should know: the person, while away the substitute (and theirs, if both are away).

    None when nobody of them is at work: then it is the lead's to know. `staff` are those employed on the day.
    """
    asked: set[StaffId] = set()
    one = staff.get(id)
    while one is not None and one.is_away(today):
        asked.add(one.id)
        substitute = one.away.substitute if one.away else None
        one = None if substitute is None or substitute in asked else staff.get(substitute)
    return None if one is None else one.id


def may_stand_in(colleague: Staff, absent: Staff, today: date) -> bool:
    """Whether the colleague may be told instead: of the same unit, works with its cases, employed, someone else."""
    return (
        colleague.id != absent.id
        and colleague.unit == absent.unit
        and bool(colleague.roles & CASE_ROLES)
        and colleague.employed(today)
    )
