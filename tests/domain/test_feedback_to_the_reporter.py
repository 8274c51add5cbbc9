"""The reporter learns one of three things, once, after the decision, and never more."""

import pytest

from shared.domain import feedback
from shared.domain.broken_rules import AlreadyDone, NotOpen
from shared.domain.change import Change
from shared.domain.deadlines import Deadline, State
from shared.domain.decisions import Outcome
from shared.domain.reports import FeedbackOutcome, Report
from tests.cases import assessed, clock, decided, preliminary_form, received
from tests.people import ANNA, MONDAY


def report_of(change: Change) -> Report:
    return next(item for item in change.items if isinstance(item, Report))


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
    change = decided(first, preliminary_form(outcome, investigation="f" * 32))

    released = feedback.release(
        change.case, report_of(first), clock(change, "aterkoppling"), outcome, withhold=False, by=ANNA, now=change.at
    )

    told = report_of(released).feedback
    assert told is not None
    assert (told.outcome, told.withheld) == (words, False)
    assert not released.case.open


def test_feedback_is_released_only_once() -> None:
    first = received()
    change = decided(first, preliminary_form())
    running = clock(change, "aterkoppling")
    released = feedback.release(
        change.case, report_of(first), running, Outcome.NOT_OPEN, withhold=True, by=ANNA, now=change.at
    )

    with pytest.raises(AlreadyDone):
        feedback.release(
            change.case, report_of(released), running, Outcome.NOT_OPEN, withhold=False, by=ANNA, now=change.at
        )


def test_no_feedback_before_the_decision() -> None:
    first = received()
    running = clock(first, "forhandsbedomning")

    with pytest.raises(NotOpen):
        feedback.release(
            assessed(first), report_of(first), running, Outcome.NOT_OPEN, withhold=False, by=ANNA, now=MONDAY
        )


def test_a_met_clock_reminds_nobody() -> None:
    change = decided(received(), preliminary_form())
    stopped = [item for item in change.items if isinstance(item, Deadline) and item.state is State.MET]

    assert [one.name for one in stopped] == ["forhandsbedomning"]
