"""Releasing the feedback to the reporter after a secrecy check (SoL 19:6, OSL 26:9 a)."""

from dataclasses import replace
from datetime import datetime

from shared.domain import access, deadlines
from shared.domain.broken_rules import AlreadyDone, NotOpen
from shared.domain.cases import Case, Step
from shared.domain.change import Action, Change
from shared.domain.decisions import Outcome
from shared.domain.principals import Principal
from shared.domain.reports import Feedback, FeedbackOutcome, Report

CLOCK = "aterkoppling"

_WORDS = {
    Outcome.OPEN: FeedbackOutcome.OPENED,
    Outcome.NOT_OPEN: FeedbackOutcome.NOT_OPENED,
    Outcome.ONGOING: FeedbackOutcome.ONGOING,
}


def release(
    case: Case,
    report: Report,
    clock: deadlines.Deadline,
    decided: Outcome,
    *,
    withhold: bool,
    by: Principal,
    now: datetime,
) -> Change:
    """The reporter may see which of three things was decided, or (withheld) nothing; the case is closed.

    Raises `NotAllowed` unless `by` is the assigned caseworker or the lead, `NotOpen` when no feedback is
    due, `AlreadyDone` when it was released before.
    """
    staff = access.demand_decider(by, case)
    if report.feedback is not None:
        raise AlreadyDone("feedback was released")
    if case.step is not Step.ATERKOPPLING:
        raise NotOpen("no feedback is due")
    told = replace(report, feedback=Feedback(_WORDS[decided], now, staff, withheld=withhold))
    after = replace(case, step=Step.AVSLUTAT, open=False, clocks={**case.clocks, CLOCK: case.clocks[CLOCK].met(now)})
    return Change(Action.FEEDBACK_RELEASED, by, now, (after,), (told, deadlines.met(clock, now)))
