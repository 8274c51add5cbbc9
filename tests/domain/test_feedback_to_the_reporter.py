"""The reporter learns one of three things, once, after the decision, and never more."""

from dataclasses import replace

import pytest

from shared.domain import feedback
from shared.domain.broken_rules import AlreadyDone, NotOpen
from shared.domain.change import Change
from shared.domain.deadlines import Deadline, State
from shared.domain.decisions import Outcome
from shared.domain.reports import FeedbackOutcome, Report
from tests.cases import assessed, decided, preliminary_form, received
from tests.people import ANNA, Ids


def report_of(change: Change) -> Report:
    return next(item for item in change.items if isinstance(item, Report))


def release(change: Change, report: Report, outcome: Outcome = Outcome.NOT_OPEN, *, withhold: bool = False) -> Change:
    """The feedback released on a case that stands as in the change."""
    running = [item for item in change.items if isinstance(item, Deadline) and item.name.startswith("aterkoppling")]
    return feedback.release(
        change.case, report, running, outcome, withhold=withhold, by=ANNA, now=change.at, fresh=Ids()
    )


@pytest.mark.parametrize(
    ("outcome", "words"),
    [
        (Outcome.OPEN, FeedbackOutcome.OPENED),
        (Outcome.NOT_OPEN, FeedbackOutcome.NOT_OPENED),
        (Outcome.ONGOING, FeedbackOutcome.ONGOING),
    ],
)
def test_released_feedback_says_one_of_three_things(outcome: Outcome, words: FeedbackOutcome) -> None:
    first = received()
    ongoing = decided(received(), preliminary_form(Outcome.OPEN)).cases[1]
    change = decided(first, preliminary_form(outcome, investigation=ongoing.id), into=ongoing)

    released = release(change, report_of(first), outcome)

    told = report_of(released).feedback
    assert told is not None
    assert (told.outcome, told.withheld) == (words, False)
    assert not released.case.open


def test_feedback_is_released_only_once() -> None:
    first = received()
    change = decided(first, preliminary_form())
    released = release(change, report_of(first), withhold=True)

    with pytest.raises(AlreadyDone):
        release(released, report_of(released))


def test_no_feedback_before_the_decision() -> None:
    first = received()

    with pytest.raises(NotOpen):
        release(replace(first, cases=(assessed(first),)), report_of(first))


def test_a_met_clock_reminds_nobody() -> None:
    change = decided(received(), preliminary_form())
    stopped = [item for item in change.items if isinstance(item, Deadline) and item.state is State.MET]

    assert [one.name for one in stopped] == ["forhandsbedomning"]
