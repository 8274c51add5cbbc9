"""What a page may offer a person in a case is what the rules then allow."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from shared.domain import transitions
from shared.domain.broken_rules import AlreadyDone, AssessmentMissing, BrokenRule, NotAllowed, NotOpen
from shared.domain.calendar import local_date
from shared.domain.cases import Case, Step
from shared.domain.change import Action, Change
from shared.domain.decisions import Outcome
from shared.domain.delegation import DECIDED, DELEGATIONS
from shared.domain.flow import Takes
from shared.domain.flows import FLOWS
from shared.domain.principals import ANONYMOUS, Principal, Role
from shared.domain.transitions import Act
from tests.cases import assessed, decided, filed, preliminary_form, received, taken
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, STRANGER, Ids, staff

TODAY = local_date(MONDAY)
DECISIONS = (Action.INVESTIGATION_OPENED, Action.INVESTIGATION_NOT_OPENED, Action.REPORT_ATTACHED)

INVESTIGATED = (
    Action.INVESTIGATION_ENDED,
    Action.INVESTIGATION_ENDED_WITH_MEASURE,
    Action.FOLLOW_UP_STARTED,
    Action.INVESTIGATION_EXTENDED,
)


def unassigned() -> Case:
    return received().case


def waiting_for_feedback() -> Case:
    return decided(received(), preliminary_form()).case


def unasked() -> Change:
    return received(filed(feedback=False))


def closed() -> Case:
    return decided(unasked(), preliminary_form()).case


def investigated() -> Case:
    return decided(received(), preliminary_form(Outcome.OPEN)).cases[1]


@pytest.mark.parametrize(
    ("stands", "who", "can"),
    [
        (unassigned, ANNA, (Action.CASE_TAKEN,)),
        (unassigned, MARIA, (Action.CASE_TAKEN, Action.CASE_ASSIGNED)),
        (lambda: taken(received()), ANNA, (Action.PROTECTION_ASSESSED,)),
        (lambda: taken(received()), SAMIR, ()),
        (lambda: taken(received()), MARIA, (Action.CASE_ASSIGNED,)),
        (lambda: assessed(received()), ANNA, (*DECISIONS, Action.LETTER_SENT)),
        (lambda: assessed(received()), MARIA, (Action.CASE_ASSIGNED, *DECISIONS)),
        (waiting_for_feedback, ANNA, (Action.FEEDBACK_RELEASED,)),
        (waiting_for_feedback, SAMIR, ()),
        (lambda: unasked().case, ANNA, (Action.CASE_TAKEN,)),
        (lambda: unasked().case, MARIA, (Action.CASE_TAKEN, Action.CASE_ASSIGNED, Action.FEEDBACK_REQUESTED)),
        (lambda: taken(unasked()), ANNA, (Action.PROTECTION_ASSESSED, Action.FEEDBACK_REQUESTED)),
        (lambda: assessed(unasked()), ANNA, (*DECISIONS, Action.LETTER_SENT, Action.FEEDBACK_REQUESTED)),
        (closed, ANNA, (Action.FEEDBACK_REQUESTED,)),
        (closed, MARIA, (Action.FEEDBACK_REQUESTED,)),
        (closed, SAMIR, ()),
        (investigated, ANNA, (Action.LETTER_SENT, *INVESTIGATED)),
        (investigated, MARIA, (Action.CASE_ASSIGNED, *INVESTIGATED)),
    ],
)
def test_each_sees_what_is_theirs_to_do(stands: Callable[[], Case], who: Principal, can: tuple[Action, ...]) -> None:
    assert transitions.possible(stands(), who, TODAY) == can


@pytest.mark.parametrize("outsider", [STRANGER, ELSA, ANONYMOUS, staff("ali")], ids=lambda who: who.name or "anonymous")
@pytest.mark.parametrize("stands", [unassigned, waiting_for_feedback, investigated, lambda: unasked().case, closed])
def test_outsiders_can_do_nothing(stands: Callable[[], Case], outsider: Principal) -> None:
    assert transitions.possible(stands(), outsider, TODAY) == ()


def test_a_caseworker_who_is_no_socionom_is_offered_no_assessment() -> None:
    assistant = staff("ali", Role.INTAKE_CASEWORKER, socionom=False)

    assert transitions.possible(taken(received(), assistant), assistant, TODAY) == ()


@pytest.mark.parametrize(
    ("stands", "action", "rule"),
    [
        (lambda: taken(received()), Action.INVESTIGATION_OPENED, AssessmentMissing),
        (lambda: taken(received()), Action.FEEDBACK_RELEASED, NotOpen),
        (lambda: assessed(received()), Action.PROTECTION_ASSESSED, AlreadyDone),
        (waiting_for_feedback, Action.INVESTIGATION_NOT_OPENED, AlreadyDone),
        (closed, Action.FEEDBACK_RELEASED, NotOpen),
        (lambda: taken(received()), Action.FEEDBACK_REQUESTED, AlreadyDone),
        (waiting_for_feedback, Action.FEEDBACK_REQUESTED, AlreadyDone),
        (investigated, Action.FEEDBACK_REQUESTED, NotOpen),
        (investigated, Action.PROTECTION_ASSESSED, NotOpen),
        (investigated, Action.REPORT_ATTACHED, NotOpen),
        (lambda: taken(received()), Action.REPORT_RECEIVED, NotAllowed),
    ],
)
def test_an_act_that_has_no_place_here_breaks_the_right_rule(
    stands: Callable[[], Case], action: Action, rule: type[BrokenRule]
) -> None:
    with pytest.raises(rule):
        transitions.demand(stands(), action, ANNA, TODAY)


def test_a_page_for_several_acts_opens_when_one_of_them_is_possible() -> None:
    transitions.demand_possible(
        assessed(received()), ANNA, TODAY, Action.FEEDBACK_RELEASED, Action.INVESTIGATION_OPENED
    )

    with pytest.raises(NotOpen):
        transitions.demand_possible(assessed(received()), ANNA, TODAY, Action.FEEDBACK_RELEASED, Action.CASE_TAKEN)


def test_no_act_stops_a_clock_without_its_stored_deadline() -> None:
    act = Act(Action.PROTECTION_ASSESSED, ANNA, MONDAY, Ids())

    with pytest.raises(ValueError, match="deadlines"):
        transitions.apply(taken(received()), act, running=())


def test_an_act_reaches_no_other_case_that_has_ended() -> None:
    act = Act(Action.REPORT_ATTACHED, ANNA, MONDAY, Ids())

    with pytest.raises(NotOpen):
        transitions.follow(replace(investigated(), step=Step.AVSLUTAT, open=False), act)
    with pytest.raises(ValueError, match="itself"):
        transitions.follow(assessed(received()), act)


def test_a_decision_that_nobody_has_been_given_is_neither_offered_nor_opened() -> None:
    """The delegation is dated: the day before its row is in force the same caseworker has other things to do."""
    before, case = date(2025, 6, 30), assessed(received())

    assert transitions.possible(case, ANNA, before) == (Action.LETTER_SENT,)
    for decision in DECISIONS:
        with pytest.raises(NotAllowed):
            transitions.demand_possible(case, ANNA, before, decision)


def test_every_act_that_is_a_decision_looks_at_the_delegation() -> None:
    rows = {row.act for flow in FLOWS.values() for row in flow.rows if Takes.DELEGATION in row.takes}

    assert rows == set(DECIDED)
    assert set(DECIDED.values()) >= {one.kind for one in DELEGATIONS}
