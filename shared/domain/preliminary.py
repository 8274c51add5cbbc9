"""Deciding a report within 14 days (SoL 20:2): open an investigation, not open one, or attach it to one."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from shared.domain import access, deadlines
from shared.domain.assessments import Need
from shared.domain.broken_rules import AlreadyDone, AssessmentMissing, Incomplete, LeadNeeded
from shared.domain.cases import Case, CaseClock, CaseKind, Step
from shared.domain.change import Action, Change
from shared.domain.decisions import LAGRUM, Outcome, PreliminaryDecision, PreliminaryForm
from shared.domain.ids import CaseId, DeadlineId, ItemId
from shared.domain.principals import Principal, Role

CLOCK = "forhandsbedomning"
FEEDBACK = "aterkoppling"
INVESTIGATION = "utredning"

_ACTIONS = {
    Outcome.OPEN: Action.INVESTIGATION_OPENED,
    Outcome.NOT_OPEN: Action.INVESTIGATION_NOT_OPENED,
    Outcome.ONGOING: Action.REPORT_ATTACHED,
}


def lead_decides(case: Case, need: Need | None) -> bool:
    """Whether not opening takes the lead: violence is suspected, or the child needed protection (HSLF-FS 2022:39)."""
    return case.violence or need is Need.YES


def demand_decidable(case: Case, need: Need | None, form: PreliminaryForm, by: Principal) -> Outcome:
    """What is decided, when everything the law and the routine demand is there; else the broken rule.

    Order: right caseworker (`NotAllowed`), not decided before (`AlreadyDone`), protection assessment made
    (`AssessmentMissing`), fields filled (`Incomplete`), and the lead with a written reason when violence is
    suspected and no investigation is to be opened (`LeadNeeded`; HSLF-FS 2022:39).
    """
    access.demand_decider(by, case)
    access.demand_socionom(by)
    if case.decision is not None:
        raise AlreadyDone("the report is decided")
    if case.assessment is None:
        raise AssessmentMissing("no protection assessment")
    if form.outcome is None or form.missing():
        raise Incomplete(*form.missing())
    if form.outcome is Outcome.NOT_OPEN and lead_decides(case, need):
        if not by.has(Role.TEAM_LEAD):
            raise LeadNeeded("violence is suspected")
        if not form.violence_reason.strip():
            raise Incomplete("violence_reason")
    return form.outcome


def decide(
    case: Case,
    clock: deadlines.Deadline,
    form: PreliminaryForm,
    *,
    need: Need | None,
    title: str,
    id: ItemId,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
) -> Change:
    """The decision, its clock stopped, and what follows: an investigation with its four months, feedback in a week.

    `need` is the outcome of the protection assessment, `title` the decision-maker's title. Raises what
    `demand_decidable` raises.
    """
    outcome = demand_decidable(case, need, form, by)
    staff = access.demand_decider(by, case)
    decision = PreliminaryDecision(id, 0, case.id, case.key, staff, title, now, LAGRUM, form)
    opened = _investigation(case, now, fresh) if outcome is Outcome.OPEN else None
    feedback = _feedback_clock(case, now, fresh)
    after = _decided(case, decision, opened, feedback, now)
    started = [one for one in (feedback, opened and opened[1]) if one is not None]
    cases = (after,) if opened is None else (after, opened[0])
    return Change(_ACTIONS[outcome], by, now, cases, (decision, deadlines.met(clock, now), *started))


def _decided(
    case: Case,
    decision: PreliminaryDecision,
    opened: tuple[Case, deadlines.Deadline] | None,
    feedback: deadlines.Deadline | None,
    now: datetime,
) -> Case:
    clocks = {**case.clocks, CLOCK: case.clocks[CLOCK].met(now)}
    if feedback is not None:
        clocks[FEEDBACK] = CaseClock(feedback.id, feedback.due)
    ongoing = CaseId(decision.form.investigation) if decision.form.outcome is Outcome.ONGOING else None
    return replace(
        case,
        step=Step.AVSLUTAT if feedback is None else Step.ATERKOPPLING,
        open=feedback is not None,
        decision=decision.id,
        clocks=clocks,
        continues_in=opened[0].id if opened else ongoing,
    )


def _feedback_clock(case: Case, now: datetime, fresh: Callable[[], str]) -> deadlines.Deadline | None:
    if not case.feedback_requested:
        return None
    return deadlines.start(FEEDBACK, now, id=DeadlineId(fresh()), case=case.id, unit=case.unit)


def _investigation(case: Case, now: datetime, fresh: Callable[[], str]) -> tuple[Case, deadlines.Deadline]:
    new = CaseId(fresh())
    clock = deadlines.start(INVESTIGATION, now, id=DeadlineId(fresh()), case=new, unit=case.unit)
    opened = Case(
        id=new,
        rev=0,
        kind=CaseKind.UTREDNING,
        unit=case.unit,
        akt=case.akt,
        key=case.key,
        step=Step.UTREDNING,
        opened_at=now,
        age_band=case.age_band,
        source="decision",
        child=case.child,
        clocks={INVESTIGATION: CaseClock(clock.id, clock.due)},
        assignee=case.assignee,
        violence=case.violence,
    )
    return opened, clock
