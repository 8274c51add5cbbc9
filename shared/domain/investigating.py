"""Deciding in an investigation: more time, ending it, following the child up and ending that (SoL 20:3, 23:1-23:5)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from shared.domain import calendar, transitions
from shared.domain.broken_rules import Incomplete
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadline_law import rule
from shared.domain.deadlines import Deadline, last_day
from shared.domain.ids import ItemId
from shared.domain.investigation_decisions import LAGRUM, InvestigationDecision, InvestigationForm, InvestigationOutcome
from shared.domain.own_law import AS_WRITTEN, OwnLaw
from shared.domain.principals import Principal
from shared.domain.transitions import Act, Said

ACTIONS: Final[Mapping[InvestigationOutcome, Action]] = {
    InvestigationOutcome.EXTENDED: Action.INVESTIGATION_EXTENDED,
    InvestigationOutcome.WITHOUT: Action.INVESTIGATION_ENDED,
    InvestigationOutcome.FOLLOWED_UP: Action.FOLLOW_UP_STARTED,
    InvestigationOutcome.WITH: Action.INVESTIGATION_ENDED_WITH_MEASURE,
    InvestigationOutcome.FOLLOW_UP_ENDED: Action.FOLLOW_UP_ENDED,
}
"""What each outcome does to the case."""
CLOCK: Final = "utredning"
FOLLOW_UP: Final = "uppfoljning"
MOST_MONTHS: Final = 12
"""How far ahead one decision may set the last day. The law says "a certain time" and has no figure; this is ours, so
that a mistyped year hides no child. More time can be decided once more."""


def demand_decidable(case: Case, form: InvestigationForm, by: Principal, on: date) -> InvestigationOutcome:
    """What is decided, when everything that its row demands is there; else the broken rule. `on` is a Swedish date."""
    action = ACTIONS[form.outcome or InvestigationOutcome.EXTENDED]
    transitions.demand(case, action, by, on, _said(case, form, on))
    if form.outcome is None:
        raise Incomplete("outcome")
    return form.outcome


def wrong_days(case: Case, form: InvestigationForm, on: date) -> Iterator[str]:
    """Names of the fields whose day can not be: the new last day is later than the one there is, and not before today;
    what was told to the parties was told today at the latest.
    """
    if form.outcome is InvestigationOutcome.EXTENDED and form.last_day:
        day, clock = date.fromisoformat(form.last_day), case.clocks.get(CLOCK)
        earlier = clock is not None and day <= last_day(clock.due)
        if earlier or not on <= day <= calendar.add_months(on, MOST_MONTHS):
            yield "last_day"
    if form.communicated_on and date.fromisoformat(form.communicated_on) > on:
        yield "communicated_on"


def decide(
    case: Case,
    running: Sequence[Deadline],
    form: InvestigationForm,
    *,
    title: str,
    id: ItemId,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
    law: OwnLaw = AS_WRITTEN,
) -> Change:
    """The decision with its clock moved or stopped, and what follows: a new last day, the end, or a following up.

    `title` is the decision-maker's, `running` are the stored deadlines that the act meets or moves
    (`transitions.stopping`). Raises what `demand_decidable` raises.
    """
    on = local_date(now)
    outcome = demand_decidable(case, form, by, on)
    act = Act(ACTIONS[outcome], by, now, fresh, law)
    moved = transitions.apply(case, act, _said(case, form, on), running, decision=id)
    stated = _filled(case, form, on)
    made = InvestigationDecision(id, 0, case.id, case.key, act.staff, title, now, LAGRUM[outcome], stated)
    return transitions.change(act, moved, items=(made,))


def _filled(case: Case, form: InvestigationForm, on: date) -> InvestigationForm:
    """With the days that follow from the case and the law, so that what was decided can be read by itself."""
    if form.outcome is InvestigationOutcome.EXTENDED:
        return replace(form, until_then=last_day(case.clocks[CLOCK].due).isoformat())
    until = rule(FOLLOW_UP, on).last_day(on).isoformat() if form.outcome is InvestigationOutcome.FOLLOWED_UP else ""
    return replace(form, last_day=until, until_then="")


def _said(case: Case, form: InvestigationForm, on: date) -> Said:
    extends = form.outcome is InvestigationOutcome.EXTENDED and form.last_day
    until = date.fromisoformat(form.last_day) if extends else None
    return Said(missing=(*form.missing(), *wrong_days(case, form, on)), until=until)
