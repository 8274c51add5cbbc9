"""Who has the case: a caseworker takes one, or the lead assigns it."""

from dataclasses import replace
from datetime import datetime

from shared.domain import access
from shared.domain.broken_rules import AlreadyDone, NotAllowed, NotOpen
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.municipality import Staff
from shared.domain.principals import Principal


def take(case: Case, *, by: Principal, now: datetime) -> Change:
    """An unassigned open case becomes the taker's own.

    Raises `AlreadyDone` when somebody has it, `NotOpen` when it is closed, `NotAllowed` for other units.
    """
    if not access.may_open(by, case) or by.staff is None:
        raise NotAllowed("not staff of the unit")
    if not case.open:
        raise NotOpen("the case is closed")
    if case.assignee is not None:
        raise AlreadyDone("the case has a caseworker")
    return Change(Action.CASE_TAKEN, by, now, (replace(case, assignee=by.staff),))


def assign(case: Case, to: Staff, *, by: Principal, now: datetime) -> Change:
    """The lead gives the case to a colleague of the same unit; a former caseworker loses it.

    Raises `NotAllowed` when `by` is no lead of the unit or `to` does not work with its reports, `NotOpen` when it is
    closed.
    """
    if not access.may_assign(by, case) or not access.may_have(to, case):
        raise NotAllowed("not a lead of the unit")
    if not case.open:
        raise NotOpen("the case is closed")
    if case.assignee == to.id:
        raise AlreadyDone("the case is theirs already")
    return Change(Action.CASE_ASSIGNED, by, now, (replace(case, assignee=to.id),), detail=to.id)
