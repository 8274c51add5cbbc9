"""The decision on a report: what it means, and which rules stop it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shared.domain import preliminary
from shared.domain.assessments import Answer, Need
from shared.domain.broken_rules import (
    AlreadyDone,
    AssessmentMissing,
    Incomplete,
    LeadNeeded,
)
from shared.domain.calendar import local_date
from shared.domain.cases import Case, CaseKind, Step
from shared.domain.change import Action
from shared.domain.decisions import Outcome, PreliminaryDecision, PreliminaryForm
from shared.domain.ids import AktId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import Role
from tests.cases import assessed, clock, decided, filed, preliminary_form, received, taken
from tests.people import ANNA, MARIA, MONDAY, SAMIR

TODAY = local_date(MONDAY)


def test_no_decision_without_a_protection_assessment() -> None:
    with pytest.raises(AssessmentMissing):
        preliminary.demand_decidable(taken(received()), None, preliminary_form(), ANNA, TODAY)


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"motivation": " "}, "motivation"),
        ({"child_heard": None}, "child_heard"),
        ({"child_view": ""}, "child_view"),
        ({"child_heard": Answer.NO, "reason_not_heard": ""}, "reason_not_heard"),
        ({"best_interests": ""}, "best_interests"),
        ({"outcome": None}, "outcome"),
        ({"outcome": Outcome.ONGOING}, "investigation"),
    ],
)
def test_no_decision_without_what_the_law_demands(change: dict[str, Any], missing: str) -> None:
    with pytest.raises(Incomplete) as broken:
        preliminary.demand_decidable(assessed(received()), Need.NO, preliminary_form(**change), ANNA, TODAY)

    assert broken.value.fields == (missing,)


def investigation() -> Case:
    return decided(received(), preliminary_form(Outcome.OPEN)).cases[1]


def attached_to(ongoing: Case) -> PreliminaryForm:
    return preliminary_form(Outcome.ONGOING, investigation=ongoing.id)


def test_opening_starts_an_investigation_with_four_months() -> None:
    change = decided(received(), preliminary_form(Outcome.OPEN))
    investigation = change.cases[1]

    assert change.action is Action.INVESTIGATION_OPENED
    assert investigation.kind is CaseKind.UTREDNING
    assert change.case.continues_in == investigation.id
    assert clock(change, "utredning").last_day == date(2027, 3, 3)


def test_not_opening_closes_the_case_when_nobody_asked_for_feedback() -> None:
    change = decided(received(filed(feedback=False)), preliminary_form())

    assert not change.case.open
    assert change.case.due is None
    assert len(change.cases) == 1


def test_feedback_asked_for_is_due_in_a_week() -> None:
    change = decided(received(), preliminary_form())

    assert change.case.step is Step.ATERKOPPLING
    assert clock(change, "aterkoppling").last_day == date(2026, 11, 10)


def test_feedback_is_due_at_once_when_an_investigation_is_ongoing_already() -> None:
    ongoing = investigation()
    change = decided(received(), attached_to(ongoing), into=ongoing)

    assert clock(change, "aterkoppling_genast").last_day == date(2026, 11, 3)


def test_whoever_investigates_is_told_of_a_new_report() -> None:
    ongoing = replace(investigation(), assignee=SAMIR.staff)
    change = decided(received(), attached_to(ongoing), into=ongoing)

    (notice,) = [item for item in change.items if isinstance(item, Notice)]
    assert (notice.kind, notice.staff, notice.case) == (NoticeKind.REPORT_ATTACHED, SAMIR.staff, ongoing.id)


def test_an_investigation_that_nobody_has_is_told_to_the_lead() -> None:
    ongoing = replace(investigation(), assignee=None)
    change = decided(received(), attached_to(ongoing), into=ongoing)

    assert [item.role for item in change.items if isinstance(item, Notice)] == [Role.TEAM_LEAD]


def test_nobody_is_told_of_what_they_did_themselves() -> None:
    ongoing = investigation()
    change = decided(received(), attached_to(ongoing), into=ongoing)

    assert not [item for item in change.items if isinstance(item, Notice)]


def test_an_attached_report_continues_in_the_ongoing_investigation() -> None:
    ongoing = investigation()

    change = decided(received(), attached_to(ongoing), into=ongoing)

    assert change.action is Action.REPORT_ATTACHED
    assert change.case.continues_in == ongoing.id


def test_the_investigation_knows_that_a_report_was_attached() -> None:
    ongoing = investigation()

    change = decided(received(), attached_to(ongoing), into=ongoing)

    assert change.cases == (change.case, ongoing)


def test_no_report_is_attached_to_what_is_no_ongoing_investigation_of_the_child() -> None:
    ongoing = investigation()
    wrong = [
        None,
        taken(received()),
        replace(ongoing, akt=AktId("b" * 32)),
        replace(ongoing, step=Step.AVSLUTAT, open=False),
    ]

    for into in wrong:
        with pytest.raises(Incomplete):
            decided(received(), attached_to(ongoing), into=into)


def test_a_report_that_is_not_opened_continues_nowhere_whatever_else_was_filled_in() -> None:
    change = decided(received(), preliminary_form(Outcome.NOT_OPEN, investigation="f" * 32))

    assert change.case.continues_in is None


def test_a_report_is_decided_only_once() -> None:
    change = received()
    case = decided(change, preliminary_form()).case

    with pytest.raises(AlreadyDone):
        preliminary.demand_decidable(case, Need.NO, preliminary_form(), ANNA, TODAY)


def test_suspected_violence_is_not_left_unopened_by_a_caseworker() -> None:
    case = assessed(received(filed(violence=Answer.YES)))

    with pytest.raises(LeadNeeded):
        preliminary.demand_decidable(case, Need.NO, preliminary_form(), ANNA, TODAY)


def test_a_child_who_needs_protection_now_is_not_left_unopened_by_a_caseworker() -> None:
    with pytest.raises(LeadNeeded):
        preliminary.demand_decidable(assessed(received()), Need.YES, preliminary_form(), ANNA, TODAY)


def test_the_lead_leaves_suspected_violence_unopened_only_with_a_written_reason() -> None:
    case = assessed(received(filed(violence=Answer.YES)))

    with pytest.raises(Incomplete) as broken:
        preliminary.demand_decidable(case, Need.NO, preliminary_form(), MARIA, TODAY)

    assert broken.value.fields == ("violence_reason",)
    reasoned = preliminary_form(violence_reason="Polisen har utrett och avskrivit; skyddet är ordnat.")
    assert preliminary.demand_decidable(case, Need.NO, reasoned, MARIA, TODAY) is Outcome.NOT_OPEN


def test_the_decision_names_its_paragraph_and_its_maker() -> None:
    change = decided(received(), preliminary_form())
    decision = next(item for item in change.items if isinstance(item, PreliminaryDecision))

    assert decision.lagrum == "20 kap. 2 § socialtjänstlagen (2025:400)"
    assert (decision.by, decision.title) == (ANNA.staff, "socialsekreterare")
