"""Feedback to the reporter: asked for, also afterwards, and released after a secrecy check (SoL 19:6, OSL 26:9 a)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from shared.domain import transitions
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.decisions import Outcome
from shared.domain.own_law import AS_WRITTEN, OwnLaw
from shared.domain.principals import Principal
from shared.domain.reports import Feedback, FeedbackOutcome, FeedbackRequest, Report
from shared.domain.transitions import Act, Said

_WORDS: Final = {
    Outcome.OPEN: FeedbackOutcome.OPENED,
    Outcome.NOT_OPEN: FeedbackOutcome.NOT_OPENED,
    Outcome.ONGOING: FeedbackOutcome.ONGOING,
}


def request(
    case: Case,
    report: Report,
    asked: FeedbackRequest,
    *,
    still_there: bool,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
    law: OwnLaw = AS_WRITTEN,
) -> Change:
    """The reporter asks for feedback after the report was sent (SoL 19:6).

    Before the decision it is as if it had been asked in the report: the answer is due within a week of the decision.
    After it the case that had ended goes on to its feedback, which is due at once, and the caseworker is told; when
    that person may not have the case any more (`still_there` is false), it has none and the lead is told.

    Raises what the row of `FEEDBACK_REQUESTED` demands: `NotAllowed` when it is not the asker's to do, `NotOpen`
    when the reporter is none of those in SoL 19:1-19:3, `AlreadyDone` when it was asked before, answered or not,
    `Incomplete` when the day is not between the report and today.
    """
    act = Act(Action.FEEDBACK_REQUESTED, by, now, fresh, law)
    said = Said(missing=() if may_have_asked(report, asked.on, local_date(now)) else ("asked_on",), report=report)
    assignee = case.assignee if case.open or still_there else None
    moved = transitions.apply(case, act, said, feedback_requested=True, assignee=assignee)
    told = replace(report, feedback_requested=True, request=asked)
    return transitions.change(act, moved, items=(told,), detail=asked.how.value)


def may_have_asked(report: Report, on: date, today: date) -> bool:
    """Whether the reporter can have asked that day: not before the report came in, and not later than today."""
    return local_date(report.received_at) <= on <= today


def release(
    case: Case,
    report: Report,
    running: Sequence[Deadline],
    decided: Outcome,
    *,
    withhold: bool,
    by: Principal,
    now: datetime,
    fresh: Callable[[], str],
) -> Change:
    """The reporter may see which of three things was decided, or (withheld) nothing; the case is closed.

    `running` are the stored deadlines that the act stops (`transitions.stopping`). Raises what the row of
    `FEEDBACK_RELEASED` demands: `AlreadyDone` when it was released before, `NotOpen` when no feedback is due.
    """
    act = Act(Action.FEEDBACK_RELEASED, by, now, fresh)
    moved = transitions.apply(case, act, running=running)
    told = replace(report, feedback=Feedback(_WORDS[decided], now, act.staff, withheld=withhold))
    return transitions.change(act, moved, items=(told,))
