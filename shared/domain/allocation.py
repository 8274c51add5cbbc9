"""Who has the case: a caseworker takes one, the lead assigns it, and it is given back when its caseworker goes."""

from collections.abc import Callable
from datetime import datetime

from shared.domain import transitions
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.municipality import Staff
from shared.domain.principals import SYSTEM, Principal
from shared.domain.transitions import Act, Said


def take(case: Case, *, by: Principal, now: datetime, fresh: Callable[[], str]) -> Change:
    """An unassigned open case becomes the taker's own; raises what the row of `CASE_TAKEN` demands."""
    act = Act(Action.CASE_TAKEN, by, now, fresh)
    return transitions.change(act, transitions.apply(case, act, assignee=by.staff))


def assign(case: Case, to: Staff, *, by: Principal, now: datetime, fresh: Callable[[], str]) -> Change:
    """The lead gives the case to a colleague of the same unit; a former caseworker loses it.

    Raises what the row of `CASE_ASSIGNED` demands.
    """
    act = Act(Action.CASE_ASSIGNED, by, now, fresh)
    return transitions.change(act, transitions.apply(case, act, Said(to=to), assignee=to.id), detail=to.id)


def give_back(case: Case, *, now: datetime, fresh: Callable[[], str]) -> Change:
    """Nobody has the case any more, because its caseworker left or may not have it; the unit's leads are told.

    What has been done in the case stays as it is. Raises what the row of `CASE_GIVEN_BACK` demands.
    """
    act = Act(Action.CASE_GIVEN_BACK, SYSTEM, now, fresh)
    return transitions.change(act, transitions.apply(case, act, assignee=None), detail=case.assignee or "")
