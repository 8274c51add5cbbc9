"""Deciding a report within 14 days (SoL 20:2): open an investigation, not open one, or attach it to one."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Final

from shared.domain import transitions
from shared.domain.assessments import Need
from shared.domain.broken_rules import Incomplete, LeadNeeded
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseKind
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.decisions import LAGRUM, Outcome, PreliminaryDecision, PreliminaryForm
from shared.domain.flows import FLOWS
from shared.domain.ids import CaseId, ItemId
from shared.domain.own_law import AS_WRITTEN, OwnLaw
from shared.domain.principals import Principal
from shared.domain.transitions import Act, Moved, Said

ACTIONS: Final = {
    Outcome.OPEN: Action.INVESTIGATION_OPENED,
    Outcome.NOT_OPEN: Action.INVESTIGATION_NOT_OPENED,
    Outcome.ONGOING: Action.REPORT_ATTACHED,
}
"""What each outcome does to the case."""


def lead_decides(case: Case, need: Need | None) -> bool:
    """Whether not opening takes the lead: violence is suspected, or the child needed protection (HSLF-FS 2022:39)."""
    return case.violence or need is Need.YES


def waits_for_lead(case: Case, need: Need | None, form: PreliminaryForm, by: Principal, on: date) -> bool:
    """Whether `by` may write this decision but not sign it: a lead has to."""
    try:
        demand_decidable(case, need, form, by, on)
    except LeadNeeded:
        return True
    except Incomplete:
        return False
    return False


def demand_decidable(
    case: Case, need: Need | None, form: PreliminaryForm, by: Principal, on: date, *, into: Case | None = None
) -> Outcome:
    """What is decided, when everything that its row demands is there; else the broken rule.

    `on` is the Swedish date, `need` the outcome of the protection assessment, `into` the investigation that is to take
    the report over.
    """
    action = ACTIONS[form.outcome or Outcome.OPEN]
    transitions.demand(case, action, by, on, _said(case, need, form, into))
    if form.outcome is None:
        raise Incomplete("outcome")
    return form.outcome


def decide(
    case: Case,
    running: Sequence[Deadline],
    form: PreliminaryForm,
    *,
    need: Need | None,
    title: str,
    id: ItemId,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
    into: Case | None = None,
    law: OwnLaw = AS_WRITTEN,
) -> Change:
    """The decision, its clock stopped, and what follows: an investigation with its four months, feedback in a week.

    `title` is the decision-maker's, `running` are the stored deadlines that the act stops (`transitions.stopping`).
    Raises what `demand_decidable` raises.
    """
    outcome = demand_decidable(case, need, form, by, local_date(now), into=into)
    act = Act(ACTIONS[outcome], by, now, fresh, law)
    reached = _reached(case, outcome, into, act)
    moved = transitions.apply(
        case,
        act,
        _said(case, need, form, into),
        running,
        decision=id,
        continues_in=reached[0].case.id if reached else None,
    )
    decision = PreliminaryDecision(id, 0, case.id, case.key, act.staff, title, now, LAGRUM, form)
    return transitions.change(act, moved, *reached, items=(decision,))


def _said(case: Case, need: Need | None, form: PreliminaryForm, into: Case | None) -> Said:
    return Said(
        missing=form.missing(), violence=lead_decides(case, need), violence_reason=form.violence_reason, into=into
    )


def _reached(case: Case, outcome: Outcome, into: Case | None, act: Act) -> tuple[Moved, ...]:
    """The investigation that the report continues in, opened by the decision or told of it."""
    if outcome is Outcome.OPEN:
        return (transitions.follow(_investigation(case, act), act),)
    return (transitions.follow(into, act),) if outcome is Outcome.ONGOING and into is not None else ()


def _investigation(case: Case, act: Act) -> Case:
    return Case(
        id=CaseId(act.fresh()),
        rev=0,
        kind=CaseKind.UTREDNING,
        unit=case.unit,
        akt=case.akt,
        key=case.key,
        step=FLOWS[CaseKind.UTREDNING].first,
        opened_at=act.now,
        age_band=case.age_band,
        source="decision",
        person=case.person,
        assignee=case.assignee,
        violence=case.violence,
    )
