"""What investigations add to any story of any cases: who may decide what in them, and what follows."""

from dataclasses import replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from hypothesis.stateful import rule

from shared.domain import calendar
from shared.domain.decisions import Outcome
from shared.domain.investigation_decisions import InvestigationOutcome
from shared.domain.principals import Role
from tests.records.flow_chances import ANY, THREE
from tests.records.flow_people import Deed
from tests.records.flow_standing import Standing

if TYPE_CHECKING:
    from tests.records.flow_model import Model

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


class Investigating:
    """Investigations go on, and end."""

    if TYPE_CHECKING:
        model: Model

        def go_on(self, n: int, deed: Deed) -> None:
            """Of the story."""

    @rule(n=ANY, deeds=THREE)
    def investigate(self, n: int, deeds: tuple[Deed, Deed, Deed]) -> None:
        """The right person decides in an investigation; where there is none a report goes on towards one."""
        going = [at for at, one in enumerate(self.model.cases.values()) if one.step in {"utredning", "uppfoljning"}]
        for deed in deeds:
            self.go_on(going[n % len(going)] if going else n, replace(deed, outcome=Outcome.OPEN))
