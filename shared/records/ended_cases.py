"""Ended cases that somebody comes back to: nobody has looked after them meanwhile, so it is asked who does today."""

from dataclasses import replace

from shared.domain import access
from shared.domain.cases import Case
from shared.domain.municipality import Municipality


def tended(case: Case, town: Municipality) -> Case:
    """The ended case where somebody works with it, without a caseworker who may not have it any more.

    That is its own unit, or the one that receives when that is closed. An open case is as it is: the sweep looks after
    it, and no unit is closed with one.
    """
    if case.open:
        return case
    unit = town.units.get(case.unit)
    here = case if unit is not None and unit.active else replace(case, unit=town.intake.id)
    staff = None if here.assignee is None else town.staff.get(here.assignee)
    return here if staff is not None and access.may_have(staff, here) else replace(here, assignee=None)
