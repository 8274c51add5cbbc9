"""Releasing the feedback to the reporter after a secrecy check (SoL 19:6, OSL 26:9 a)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Final

from shared.domain import transitions
from shared.domain.cases import Case
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.decisions import Outcome
from shared.domain.principals import Principal
from shared.domain.reports import Feedback, FeedbackOutcome, Report
from shared.domain.transitions import Act

_WORDS: Final = {
    Outcome.OPEN: FeedbackOutcome.OPENED,
    Outcome.NOT_OPEN: FeedbackOutcome.NOT_OPENED,
    Outcome.ONGOING: FeedbackOutcome.ONGOING,
}


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
