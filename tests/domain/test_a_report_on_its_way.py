"""From receipt to feedback: what each decision means, and which rules stop it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from shared.domain import allocation, preliminary, protection
from shared.domain.assessments import Answer, Need, ProtectionForm
from shared.domain.broken_rules import (
    AlreadyDone,
    AssessmentMissing,
    Incomplete,
    LeadNeeded,
    NotAllowed,
)
from shared.domain.cases import AgeBand, CaseKind, ClockState, Step, age_band, birth_date
from shared.domain.change import Action
from shared.domain.decisions import Outcome, PreliminaryDecision
from shared.domain.ids import ItemId, KeyId, StaffId, UnitId
from shared.domain.intake import Place, receive
from shared.domain.municipality import Staff
from shared.domain.notices import Notice
from shared.domain.persons import Akt, Person
from shared.domain.principals import Role
from tests.cases import PROTECTION, assessed, clock, decided, filed, preliminary_form, received, taken
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, STRANGER, UNIT, Ids, staff


def test_a_received_report_has_both_clocks_running() -> None:
    change = received()

    assert {name: one.state for name, one in change.case.clocks.items()} == {
        "skyddsbedomning": ClockState.RUNNING,
        "forhandsbedomning": ClockState.RUNNING,
    }


def test_fourteen_days_count_from_receipt() -> None:
    assert clock(received(), "forhandsbedomning").last_day == date(2026, 11, 16)


def test_the_queue_shows_the_nearest_clock() -> None:
    change = received()

    assert change.case.due == clock(change, "skyddsbedomning").due


def test_an_unknown_child_gets_an_akt_of_its_own() -> None:
    kinds = [type(item) for item in received().items]

    assert kinds.count(Person) == 1
    assert kinds.count(Akt) == 1


def test_a_known_child_keeps_its_akt() -> None:
    first = received()
    place = Place(UNIT, first.case.akt, KeyId("another-key"))

    second = receive(filed(), place, report=ItemId("r2"), by=ELSA, now=MONDAY, fresh=Ids())

    assert second.case.akt == first.case.akt
    assert not [item for item in second.items if isinstance(item, Person | Akt)]


def test_an_acute_report_tells_duty_and_lead_at_once() -> None:
    told = {item.role for item in received(filed(acute=True)).items if isinstance(item, Notice)}

    assert told == {Role.DUTY, Role.TEAM_LEAD}


def test_a_report_that_is_not_acute_tells_nobody() -> None:
    assert not [item for item in received().items if isinstance(item, Notice)]


@pytest.mark.parametrize(
    ("today", "band"),
    [
        (date(1988, 4, 19), AgeBand.UNKNOWN),
        (date(1992, 4, 19), AgeBand.A0_3),
        (date(1992, 4, 20), AgeBand.A4_6),
        (date(2006, 4, 19), AgeBand.A16_17),
        (date(2006, 4, 20), AgeBand.A18_20),
        (date(2009, 4, 20), AgeBand.ADULT),
    ],
)
def test_the_age_band_changes_on_the_birthday(today: date, band: AgeBand) -> None:
    assert age_band(birth_date("198804202383"), today) is band


@pytest.mark.parametrize("number", ["", "19880420", "198813202383", "19880420238x", "１９８８０４２０２３８３"])
def test_what_is_no_number_gives_no_birth_date(number: str) -> None:
    assert birth_date(number) is None


def test_a_coordination_number_has_sixty_added_to_its_day() -> None:
    assert birth_date("198804802383") == date(1988, 4, 20)


def test_somebody_without_a_login_files_no_professional_report() -> None:
    from shared.domain.principals import ANONYMOUS

    with pytest.raises(ValueError, match="reporter"):
        received(by=ANONYMOUS)


def test_a_caseworker_takes_an_unassigned_case() -> None:
    assert taken(received()).assignee == ANNA.staff


def test_a_case_is_taken_only_once() -> None:
    with pytest.raises(AlreadyDone):
        allocation.take(taken(received()), by=SAMIR, now=MONDAY)


def test_staff_of_another_unit_take_nothing() -> None:
    with pytest.raises(NotAllowed):
        allocation.take(received().case, by=STRANGER, now=MONDAY)


def test_only_the_lead_assigns(directory: dict[str, object]) -> None:
    samir = directory["samir.exempel"]

    assert allocation.assign(taken(received()), samir, by=MARIA, now=MONDAY).case.assignee == "samir.exempel"  # type: ignore[arg-type]
    with pytest.raises(NotAllowed):
        allocation.assign(taken(received()), samir, by=ANNA, now=MONDAY)  # type: ignore[arg-type]


def test_nobody_gets_a_case_who_does_not_work_with_reports(directory: dict[StaffId, Staff]) -> None:
    samir = directory[StaffId("samir.exempel")]
    case = taken(received())

    for other in (replace(samir, roles=frozenset()), replace(samir, unit=UnitId("annan-enhet"))):
        with pytest.raises(NotAllowed):
            allocation.assign(case, other, by=MARIA, now=MONDAY)


def test_the_protection_assessment_stops_its_clock() -> None:
    change = received()
    case = assessed(change)

    assert case.step is Step.FORHANDSBEDOMNING
    assert case.clocks["skyddsbedomning"].state is ClockState.MET
    assert case.due == clock(change, "forhandsbedomning").due


def test_protection_is_assessed_only_once() -> None:
    change = received()

    with pytest.raises(AlreadyDone):
        protection.assess(
            assessed(change), clock(change, "skyddsbedomning"), PROTECTION, id=ItemId("x"), by=ANNA, now=MONDAY
        )


def test_only_the_assigned_caseworker_assesses_protection() -> None:
    change = received()

    with pytest.raises(NotAllowed):
        protection.assess(
            taken(change), clock(change, "skyddsbedomning"), PROTECTION, id=ItemId("x"), by=SAMIR, now=MONDAY
        )


def test_assessing_a_child_takes_a_socionom() -> None:
    change = received()
    assistant = staff("ali", Role.INTAKE_CASEWORKER, socionom=False)

    with pytest.raises(NotAllowed):
        protection.assess(
            taken(change, assistant), clock(change, "skyddsbedomning"), PROTECTION, id=ItemId("x"), by=assistant,
            now=MONDAY,
        )  # fmt: skip


def test_an_empty_protection_assessment_names_what_is_missing() -> None:
    change = received()
    empty = ProtectionForm(sources_checked=(), need=Need.YES, reasons=" ", guardians_may_be_contacted=Answer.NO)

    with pytest.raises(Incomplete) as broken:
        protection.assess(taken(change), clock(change, "skyddsbedomning"), empty, id=ItemId("x"), by=ANNA, now=MONDAY)

    assert broken.value.fields == ("sources_checked", "reasons", "safe_tonight", "measures", "guardians_why_not")


def test_no_decision_without_a_protection_assessment() -> None:
    with pytest.raises(AssessmentMissing):
        preliminary.demand_decidable(taken(received()), None, preliminary_form(), ANNA)


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
        preliminary.demand_decidable(assessed(received()), Need.NO, preliminary_form(**change), ANNA)

    assert broken.value.fields == (missing,)


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


def test_an_attached_report_continues_in_the_ongoing_investigation() -> None:
    change = decided(received(), preliminary_form(Outcome.ONGOING, investigation="f" * 32))

    assert change.case.continues_in == "f" * 32
    assert change.action is Action.REPORT_ATTACHED


def test_a_report_that_is_not_opened_continues_nowhere_whatever_else_was_filled_in() -> None:
    change = decided(received(), preliminary_form(Outcome.NOT_OPEN, investigation="f" * 32))

    assert change.case.continues_in is None


def test_a_report_is_decided_only_once() -> None:
    change = received()
    case = decided(change, preliminary_form()).case

    with pytest.raises(AlreadyDone):
        preliminary.demand_decidable(case, Need.NO, preliminary_form(), ANNA)


def test_suspected_violence_is_not_left_unopened_by_a_caseworker() -> None:
    case = assessed(received(filed(violence=Answer.YES)))

    with pytest.raises(LeadNeeded):
        preliminary.demand_decidable(case, Need.NO, preliminary_form(), ANNA)


def test_a_child_who_needs_protection_now_is_not_left_unopened_by_a_caseworker() -> None:
    with pytest.raises(LeadNeeded):
        preliminary.demand_decidable(assessed(received()), Need.YES, preliminary_form(), ANNA)


def test_the_lead_leaves_suspected_violence_unopened_only_with_a_written_reason() -> None:
    case = assessed(received(filed(violence=Answer.YES)))

    with pytest.raises(Incomplete) as broken:
        preliminary.demand_decidable(case, Need.NO, preliminary_form(), MARIA)

    assert broken.value.fields == ("violence_reason",)
    reasoned = preliminary_form(violence_reason="Polisen har utrett och avskrivit; skyddet är ordnat.")
    assert preliminary.demand_decidable(case, Need.NO, reasoned, MARIA) is Outcome.NOT_OPEN


def test_the_decision_names_its_paragraph_and_its_maker() -> None:
    change = decided(received(), preliminary_form())
    decision = next(item for item in change.items if isinstance(item, PreliminaryDecision))

    assert decision.lagrum == "20 kap. 2 § socialtjänstlagen (2025:400)"
    assert (decision.by, decision.title) == (ANNA.staff, "socialsekreterare")
