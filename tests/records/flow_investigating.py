"""What the model of the flow knows of investigations: who may decide what in them, and what follows."""

from dataclasses import replace
from datetime import date, datetime
from typing import Final

from shared.domain import calendar
from shared.domain.investigation_decisions import InvestigationOutcome
from shared.domain.principals import Role
from tests.records.flow_people import Deed
from tests.records.flow_standing import Standing

MOST_AHEAD: Final = 12
"""Months that an investigation may be given more at a time."""


def fitting(case: Standing, deed: Deed) -> Deed:
    """The deed as the right person does it here: what is followed up is ended, and nothing else."""
    ends = case.step == "uppfoljning"
    return replace(deed, investigated=InvestigationOutcome.FOLLOW_UP_ENDED) if ends else deed


def conclude(case: Standing, deed: Deed, today: date) -> str | None:
    """The code of the rule that stops a decision in an investigation, or None when it is lawful."""
    if case.kind != "utredning":
        return "not_open"
    own = case.assignee == deed.who.staff or Role.TEAM_LEAD in deed.who.roles
    if not own or not deed.who.socionom or not deed.who.roles & {Role.INTAKE_CASEWORKER, Role.TEAM_LEAD}:
        return "not_allowed"
    here = "uppfoljning" if deed.investigated is InvestigationOutcome.FOLLOW_UP_ENDED else "utredning"
    extends = deed.investigated is InvestigationOutcome.EXTENDED
    if not extends and here in case.ended:
        return "already_done"
    if case.step != here:
        return "not_open"
    return None if deed.whole and (not extends or _later(case, deed, today)) else "incomplete"


def concluded(case: Standing, deed: Deed, now: datetime) -> None:
    """Something was decided in an investigation."""
    day = calendar.local_date(now)
    case.outcome = deed.investigated
    if deed.investigated is InvestigationOutcome.EXTENDED:
        case.moved.append(case.due["utredning"])
        case.due["utredning"] = calendar.end_of_day(calendar.add_months(day, deed.ahead))
        return
    case.ended |= dict.fromkeys(case.running, now)
    case.step = "avslutat"
    if deed.investigated is InvestigationOutcome.FOLLOWED_UP:
        case.step, case.due["uppfoljning"] = "uppfoljning", calendar.end_of_day(calendar.add_months(day, 2))


def _later(case: Standing, deed: Deed, today: date) -> bool:
    day = calendar.add_months(today, deed.ahead)
    return case.due["utredning"] < calendar.end_of_day(day) and deed.ahead <= MOST_AHEAD
