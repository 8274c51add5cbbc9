"""Deciding an application for money to live on: granted, partly, refused or dismissed (SoL 12:1-12:2, FL 20 §)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from shared.domain import transitions
from shared.domain.assistance_decisions import GRANTS, AssistanceDecision, AssistanceForm, AssistanceOutcome
from shared.domain.broken_rules import Incomplete
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.decision_letter import about
from shared.domain.ids import ItemId, PersonIndex
from shared.domain.letters import How, Letter, Recipient, Relation
from shared.domain.municipality import Municipality, Staff
from shared.domain.principals import Principal
from shared.domain.transitions import Act, Said

ACTIONS: Final[Mapping[AssistanceOutcome, Action]] = {
    AssistanceOutcome.GRANTED: Action.APPLICATION_GRANTED,
    AssistanceOutcome.PARTLY: Action.APPLICATION_PARTLY_GRANTED,
    AssistanceOutcome.REFUSED: Action.APPLICATION_REFUSED,
    AssistanceOutcome.DISMISSED: Action.APPLICATION_DISMISSED,
}
"""What each outcome does to the case."""


@dataclass(frozen=True, slots=True)
class Making:
    """New ids for the decision and its letter, and the applicant whose inbox the letter goes to."""

    decision: ItemId
    letter: ItemId
    applicant: PersonIndex


def demand_decidable(case: Case, form: AssistanceForm, by: Principal, on: date) -> AssistanceOutcome:
    """What is decided, when everything that its row demands is there; else the broken rule. `on` is a Swedish date."""
    action = ACTIONS[form.outcome or AssistanceOutcome.GRANTED]
    transitions.demand(case, action, by, on, Said(missing=form.missing()))
    if form.outcome is None:
        raise Incomplete("outcome")
    return form.outcome


def decide(
    case: Case,
    running: Sequence[Deadline],
    form: AssistanceForm,
    new: Making,
    *,
    who: Staff,
    municipality: Municipality,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
) -> Change:
    """The decision, its clocks stopped, the case ended, and the letter to the applicant, all at once (FL 33 §).

    `who` is the one who decides, as the directory has them; `running` are the stored deadlines that the act stops
    (`transitions.stopping`). Raises what `demand_decidable` raises.
    """
    outcome = demand_decidable(case, form, by, local_date(now))
    act = Act(ACTIONS[outcome], by, now, fresh)
    ended: dict[str, Any] = {"supplement": None, "awaits": False}
    moved = transitions.apply(case, act, Said(missing=form.missing()), running, **ended, decision=new.decision)
    made = AssistanceDecision(new.decision, 0, case.id, case.key, act.staff, who.title, now, form.lagrum, form)
    to = Recipient(new.applicant, case.person.number, case.person.name, Relation.APPLICANT)
    text = about(made.decided, case, who, municipality)
    letter = Letter(
        new.letter, 0, case.id, case.key, case.unit, to, text, act.staff, now, How.INBOX, decision=new.decision
    )
    return transitions.change(act, moved, items=(made, letter))


def takes_away(form: AssistanceForm, before: AssistanceForm) -> tuple[str, ...]:
    """The fields of a new decision that would leave the party with less than the one before (FL 38 § allows none)."""
    if form.outcome not in GRANTS:
        return ("outcome",)
    return ("amount",) if (form.amount or 0) < (before.amount or 0) else ()
