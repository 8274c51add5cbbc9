"""From receipt to protection assessment: what each act means, and which rules stop it."""

from dataclasses import replace
from datetime import date

import pytest

from shared.domain import allocation
from shared.domain.assessments import Answer, Need, ProtectionForm
from shared.domain.broken_rules import (
    AlreadyDone,
    Incomplete,
    NotAllowed,
)
from shared.domain.cases import AgeBand, Case, ClockState, Step, age_band, birth_date
from shared.domain.ids import ItemId, KeyId, StaffId, UnitId
from shared.domain.intake import receive
from shared.domain.municipality import Staff
from shared.domain.notices import Notice, NoticeKind
from shared.domain.persons import Akt, Person
from shared.domain.places import Place
from shared.domain.principals import Principal, Role
from tests.cases import assessed, clock, filed, protected, received, taken
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

    with pytest.raises(NotAllowed):
        received(by=ANONYMOUS)


def test_a_caseworker_takes_an_unassigned_case() -> None:
    assert taken(received()).assignee == ANNA.staff


def test_a_case_is_taken_only_once() -> None:
    with pytest.raises(AlreadyDone):
        allocation.take(taken(received()), by=SAMIR, now=MONDAY, fresh=Ids())


def test_staff_of_another_unit_take_nothing() -> None:
    with pytest.raises(NotAllowed):
        allocation.take(received().case, by=STRANGER, now=MONDAY, fresh=Ids())


def assign(to: Staff, by: Principal) -> Case:
    return allocation.assign(taken(received()), to, by=by, now=MONDAY, fresh=Ids()).case


def test_only_the_lead_assigns(directory: dict[StaffId, Staff]) -> None:
    samir = directory[StaffId("samir.exempel")]

    assert assign(samir, MARIA).assignee == "samir.exempel"
    with pytest.raises(NotAllowed):
        assign(samir, ANNA)


def test_whoever_is_given_a_case_is_told(directory: dict[StaffId, Staff]) -> None:
    samir = directory[StaffId("samir.exempel")]
    change = allocation.assign(taken(received()), samir, by=MARIA, now=MONDAY, fresh=Ids())

    assert [(item.kind, item.staff) for item in change.items if isinstance(item, Notice)] == [
        (NoticeKind.CASE_ASSIGNED, samir.id)
    ]


def test_nobody_gets_a_case_who_does_not_work_with_reports(directory: dict[StaffId, Staff]) -> None:
    samir = directory[StaffId("samir.exempel")]

    for other in (replace(samir, roles=frozenset()), replace(samir, unit=UnitId("annan-enhet"))):
        with pytest.raises(NotAllowed):
            assign(other, MARIA)


def test_the_protection_assessment_stops_its_clock() -> None:
    change = received()
    case = assessed(change)

    assert case.step is Step.FORHANDSBEDOMNING
    assert case.clocks["skyddsbedomning"].state is ClockState.MET
    assert case.due == clock(change, "forhandsbedomning").due


def test_protection_is_assessed_only_once() -> None:
    change = received()

    with pytest.raises(AlreadyDone):
        protected(assessed(change), change)


def test_only_the_assigned_caseworker_assesses_protection() -> None:
    change = received()

    with pytest.raises(NotAllowed):
        protected(taken(change), change, by=SAMIR)


def test_assessing_a_child_takes_a_socionom() -> None:
    change = received()
    assistant = staff("ali", Role.INTAKE_CASEWORKER, socionom=False)

    with pytest.raises(NotAllowed):
        protected(taken(change, assistant), change, by=assistant)


def test_an_empty_protection_assessment_names_what_is_missing() -> None:
    change = received()
    empty = ProtectionForm(sources_checked=(), need=Need.YES, reasons=" ", guardians_may_be_contacted=Answer.NO)

    with pytest.raises(Incomplete) as broken:
        protected(taken(change), change, empty)

    assert broken.value.fields == ("sources_checked", "reasons", "safe_tonight", "measures", "guardians_why_not")
