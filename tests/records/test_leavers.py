"""What happens to the cases of somebody who may not have them any more."""

from datetime import timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.calendar import local_date
from shared.domain.cases import Case
from shared.domain.change import Action
from shared.domain.ids import CaseId, StaffId, SubmissionId, UnitId
from shared.domain.municipality import Absence, Unit
from shared.domain.notices import Notice, NoticeKind
from shared.domain.queries import CASE_TIMELINE
from shared.ports.store import Unavailable
from shared.records import trail
from shared.records.submissions import Submission
from tests.adapters.faulty_store import FaultyStore
from tests.directories import change, leaves, person, put
from tests.houses import HandClock, demo_house
from tests.people import ANNA, MARIA, MONDAY, SAMIR
from tests.records.reports import filed_case

TODAY = local_date(MONDAY)
YESTERDAY = TODAY - timedelta(days=1)


def taken(house: House, count: int = 1) -> list[CaseId]:
    """Cases that Anna has."""
    cases = [filed_case(house) for _ in range(count)]
    for number, case in enumerate(cases):
        house.caseworker.take(ANNA, case, Submission(str(ANNA.staff), SubmissionId(f"{number:032x}"), {}))
    return cases


def read(house: House, id: CaseId) -> Case:
    found = house.files.case(MARIA, id)
    assert found is not None
    return found


def told(house: House) -> list[Notice]:
    """What the lead was told about cases given back."""
    return [one for one in house.notices.newest(MARIA) if one.kind is NoticeKind.CASE_GIVEN_BACK]


def test_a_leavers_cases_are_given_back_and_the_lead_is_told() -> None:
    house = demo_house()
    cases = taken(house, 3)
    leaves(house, "anna.exempel", YESTERDAY)
    house.sweep.run()
    assert [read(house, one).assignee for one in cases] == [None, None, None]
    assert {one.case for one in told(house)} == set(cases)
    assert person(house, "anna.exempel").case_units == ()


def test_what_was_done_in_the_case_stays_and_the_chain_is_whole() -> None:
    house = demo_house()
    (case,) = taken(house)
    leaves(house, "anna.exempel", YESTERDAY)
    house.sweep.run()
    entries = [*reversed(house.store.query(CASE_TIMELINE, {"case": case}, limit=20).documents)]
    assert [one.fields["action"] for one in entries][-2:] == [Action.CASE_TAKEN, Action.CASE_GIVEN_BACK]
    assert (entries[-1].fields["actor_kind"], entries[-1].fields["detail"]) == ("system", "anna.exempel")
    assert trail.verify(entries, read(house, case).audit_head)


def test_a_second_sweep_does_nothing_more() -> None:
    house = demo_house()
    taken(house)
    leaves(house, "anna.exempel", YESTERDAY)
    for _ in range(3):
        house.sweep.run()
    assert len(told(house)) == 1


def test_somebody_who_leaves_tonight_keeps_the_cases_today() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    (case,) = taken(house)
    leaves(house, "anna.exempel", TODAY)
    house.sweep.run()
    assert read(house, case).assignee == "anna.exempel"
    clock.advance(timedelta(days=1))
    house.sweep.run()
    assert read(house, case).assignee is None


def test_somebody_who_moves_leaves_the_cases_of_the_old_unit() -> None:
    house = demo_house()
    (case,) = taken(house)
    put(house, Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20"))
    change(house, "anna.exempel", unit=UnitId("vuxna"))
    house.sweep.run()
    assert read(house, case).assignee is None
    assert person(house, "anna.exempel").case_units == ("vuxna",)


def test_somebody_without_a_role_for_cases_has_none() -> None:
    house = demo_house()
    (case,) = taken(house)
    change(house, "anna.exempel", roles=frozenset())
    house.sweep.run()
    assert read(house, case).assignee is None


def test_somebody_who_came_back_before_the_sweep_keeps_them() -> None:
    house = demo_house()
    (case,) = taken(house)
    change(house, "anna.exempel", roles=frozenset())
    change(house, "anna.exempel", roles=ANNA.roles)
    house.sweep.run()
    assert read(house, case).assignee == "anna.exempel"


def test_being_away_takes_no_case_from_anybody() -> None:
    house = demo_house()
    (case,) = taken(house)
    change(house, "anna.exempel", away=Absence(TODAY, TODAY, StaffId("samir.exempel")))
    house.sweep.run()
    assert read(house, case).assignee == "anna.exempel"


def test_more_cases_than_one_page_are_all_given_back() -> None:
    house = demo_house()
    cases = taken(house, 30)
    leaves(house, "anna.exempel", YESTERDAY)
    house.sweep.run()
    assert {read(house, one).assignee for one in cases} == {None}


def test_a_case_given_back_can_be_taken_by_a_colleague() -> None:
    house = demo_house()
    (case,) = taken(house)
    leaves(house, "anna.exempel", YESTERDAY)
    house.sweep.run()
    house.caseworker.take(SAMIR, case, Submission(str(SAMIR.staff), SubmissionId("f" * 32), {}))
    assert read(house, case).assignee == "samir.exempel"


@pytest.mark.parametrize("after", [False, True], ids=["before it is written", "before the answer"])
def test_a_store_that_fails_in_the_middle_is_caught_up_with_by_the_next_sweep(after: bool) -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    cases = taken(house, 2)
    leaves(house, "anna.exempel", YESTERDAY)
    leavers = house.sweep._leavers
    (store.fail_commits_after if after else store.fail_commits_before)(2)
    for _ in range(4):
        try:
            leavers.sweep()
        except Unavailable:
            continue
    assert [read(house, one).assignee for one in cases] == [None, None]
    assert len(told(house)) == 2
