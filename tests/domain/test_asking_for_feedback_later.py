"""A reporter may ask for feedback after the report was sent, before the decision or after it (SoL 19:6)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from shared.domain import feedback
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotAllowed, NotOpen
from shared.domain.calendar import end_of_day, local_date
from shared.domain.cases import Case, ClockState, Step
from shared.domain.change import Action, Change
from shared.domain.deadlines import Deadline
from shared.domain.decisions import Outcome
from shared.domain.flow import Takes
from shared.domain.flows import FLOWS
from shared.domain.ids import OrganisationId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import ANONYMOUS, Kind, Principal, Role
from shared.domain.reports import AskedHow, FeedbackOutcome, FeedbackRequest, Report
from tests.cases import assessed, decided, filed, preliminary_form, received, taken
from tests.people import ANNA, CIA, ELSA, MARIA, MONDAY, SAMIR, STRANGER, Ids

TODAY = local_date(MONDAY)
BY_PHONE = FeedbackRequest(TODAY, AskedHow.PHONE, ANNA.staff)
BUTTON = FeedbackRequest(TODAY, AskedHow.LOGGED_IN)
WEEK_LATER = MONDAY + timedelta(days=8)


def unasked(source: str = "school_preschool") -> Change:
    return received(replace(filed(feedback=False), source=source))


def report_of(change: Change) -> Report:
    return next(item for item in change.items if isinstance(item, Report))


def ask(
    case: Case,
    report: Report,
    by: Principal = ELSA,
    asked: FeedbackRequest = BUTTON,
    *,
    now: datetime = MONDAY,
    still_there: bool = True,
) -> Change:
    return feedback.request(case, report, asked, still_there=still_there, by=by, now=now, fresh=Ids())


def ask_after_the_decision(by: Principal = ELSA, outcome: Outcome = Outcome.NOT_OPEN, **more: bool) -> Change:
    first = unasked()
    case = decided(first, preliminary_form(outcome)).case
    asked = replace(BUTTON if by is ELSA else BY_PHONE, on=local_date(WEEK_LATER))
    return ask(case, report_of(first), by, asked, now=WEEK_LATER, **more)


def told(change: Change) -> list[tuple[NoticeKind, object]]:
    return [(one.kind, one.staff or one.role) for one in change.items if isinstance(one, Notice)]


def started(change: Change) -> list[Deadline]:
    return [one for one in change.items if isinstance(one, Deadline)]


# ── Before the decision ───────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(("by", "asked"), [(ELSA, BUTTON), (ANNA, BY_PHONE), (MARIA, BY_PHONE)])
@pytest.mark.parametrize("stands", [taken, assessed])
def test_before_the_decision_it_is_as_if_asked_in_the_report(
    by: Principal, asked: FeedbackRequest, stands: object
) -> None:
    first = unasked()
    case = stands(first)  # type: ignore[operator]

    change = ask(case, report_of(first), by, asked)

    assert change.case == replace(case, feedback_requested=True)
    assert (started(change), told(change), change.detail) == ([], [], asked.how)
    assert report_of(change) == replace(report_of(first), feedback_requested=True, request=asked)


def test_the_answer_to_who_asked_before_the_decision_is_due_within_a_week_of_it() -> None:
    first = unasked()
    asked = ask(first.case, report_of(first))

    change = decided(replace(first, cases=asked.cases), preliminary_form())

    assert change.case.step is Step.ATERKOPPLING
    assert [one.name for one in started(change) if one.open] == ["aterkoppling"]
    assert change.case.due == end_of_day(local_date(change.at) + timedelta(days=7))


# ── After it ──────────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("outcome", [Outcome.OPEN, Outcome.NOT_OPEN])
@pytest.mark.parametrize("by", [ELSA, ANNA, MARIA])
def test_after_the_decision_the_ended_case_goes_on_to_its_feedback_which_is_due_the_same_day(
    by: Principal, outcome: Outcome
) -> None:
    change = ask_after_the_decision(by, outcome)

    (clock,) = started(change)
    assert (change.case.step, change.case.open, change.case.feedback_requested) == (Step.ATERKOPPLING, True, True)
    assert (clock.name, clock.due, clock.anchor_at) == (
        "aterkoppling_genast", end_of_day(local_date(WEEK_LATER)), WEEK_LATER,
    )  # fmt: skip
    assert change.case.due == clock.due


def test_the_caseworker_is_told_that_an_answer_is_due_and_not_of_what_she_noted_herself() -> None:
    assert told(ask_after_the_decision(ELSA)) == [(NoticeKind.FEEDBACK_REQUESTED, ANNA.staff)]
    assert told(ask_after_the_decision(MARIA)) == [(NoticeKind.FEEDBACK_REQUESTED, ANNA.staff)]
    assert told(ask_after_the_decision(ANNA)) == []


def test_when_the_caseworker_has_gone_the_case_has_none_and_the_lead_is_told() -> None:
    change = ask_after_the_decision(still_there=False)

    assert change.case.assignee is None
    assert told(change) == [(NoticeKind.FEEDBACK_REQUESTED, Role.TEAM_LEAD)]


def test_an_open_case_keeps_its_caseworker_whoever_has_gone() -> None:
    first = unasked()

    assert ask(taken(first), report_of(first), still_there=False).case.assignee == ANNA.staff


def test_released_to_who_asked_late_the_case_ends_again_with_nothing_running() -> None:
    asked = ask_after_the_decision()
    done = feedback.release(
        asked.case, report_of(asked), started(asked), Outcome.NOT_OPEN, withhold=False, by=ANNA, now=WEEK_LATER,
        fresh=Ids(),
    )  # fmt: skip

    assert (done.case.step, done.case.open, done.case.due) == (Step.AVSLUTAT, False, None)
    assert done.case.clocks["aterkoppling_genast"].state is ClockState.MET
    answered = report_of(done).feedback
    assert answered is not None
    assert answered.outcome is FeedbackOutcome.NOT_OPENED


# ── Once, and only who may ────────────────────────────────────────────────────────────────────────────────────────────


def test_nobody_asks_twice_also_not_when_the_answer_was_withheld() -> None:
    asked = ask_after_the_decision()
    held = feedback.release(
        asked.case, report_of(asked), started(asked), Outcome.OPEN, withhold=True, by=ANNA, now=WEEK_LATER, fresh=Ids()
    )

    for change in (asked, held):
        for by in (ELSA, ANNA):
            with pytest.raises(AlreadyDone):
                ask(change.case, report_of(change), by, now=WEEK_LATER)


ELSEWHERE = replace(ELSA, organisation=OrganisationId("exempelvarden"))


@pytest.mark.parametrize(
    "outsider",
    [CIA, ELSEWHERE, SAMIR, STRANGER, ANONYMOUS, Principal(Kind.RESIDENT, person=ELSA.person)],
    ids=["another reporter", "another workplace", "colleague", "another unit", "anonymous", "private login"],
)
def test_nobody_else_asks(outsider: Principal) -> None:
    first = unasked()
    for case in (taken(first), decided(first, preliminary_form()).case):
        with pytest.raises(NotAllowed):
            ask(case, report_of(first), outsider, now=WEEK_LATER)


def test_the_report_of_another_case_proves_nothing() -> None:
    first = unasked()

    with pytest.raises(NotAllowed):
        ask(first.case, replace(report_of(first), id=report_of(first).case))  # type: ignore[arg-type]


@pytest.mark.parametrize("source", ["not_stated", "private_person", ""])
def test_who_is_not_of_the_listed_professions_has_no_right_whoever_notes_it(source: str) -> None:
    first = unasked(source)

    assert not report_of(first).mandated
    for by, asked in ((ELSA, BUTTON), (ANNA, BY_PHONE)):
        with pytest.raises(NotOpen):
            ask(taken(first), report_of(first), by, asked)


@pytest.mark.parametrize("days", [-1, 1, 400])
def test_the_day_lies_between_the_report_and_today(days: int) -> None:
    first = unasked()

    with pytest.raises(Incomplete):
        ask(taken(first), report_of(first), ANNA, replace(BY_PHONE, on=TODAY + timedelta(days=days)))


def test_the_right_stands_in_the_table_where_people_read_it() -> None:
    (row,) = [row for flow in FLOWS.values() for row in flow.rows if row.act is Action.FEEDBACK_REQUESTED]

    assert Takes.REPORTER_WITH_A_RIGHT in row.takes
