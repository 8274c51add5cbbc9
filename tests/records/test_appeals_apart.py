"""What of an appeal is not for everybody: how to reach the party, and the name of who decided."""

from dataclasses import replace
from datetime import timedelta

from shared.adapters.memory_store import MemoryStore
from shared.domain.appeal_forms import TimeForm
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.ids import StaffId
from shared.domain.letters import LetterKind
from shared.domain.principals import Principal
from tests.appeals import appeal, by_anna, decided, draft_of, send_appeal
from tests.applications import SARA
from tests.houses import HandClock, demo_house
from tests.people import ANNA, MARIA, MONDAY, SAMIR
from tests.records.flow_people import Deed
from tests.records.reports import Forms
from tests.records.test_appeals import GONE, newest


def test_who_is_not_named_in_the_appealed_decision_is_not_named_when_it_goes_to_the_court() -> None:
    clock = HandClock(MONDAY)
    house = demo_house(MemoryStore(), clock=clock)
    case, decision = decided(house, AssistanceOutcome.PARTLY, unnamed=True)
    send_appeal(house, decision)
    desk = house.appeal_cases
    desk.find_in_time(ANNA, case, TimeForm("in_time"), **by_anna(house))
    better = Deed("determine", "anna", determined=AssistanceOutcome.GRANTED).assistance
    maria = {**by_anna(house), "who": house.municipality.staff[StaffId("maria.exempel")]}
    desk.change(MARIA, case, better, **{**maria, "submission": Forms(MARIA).new()})
    clock.advance(timedelta(hours=1))
    desk.hand_over(ANNA, case, GONE, **by_anna(house))

    letter = newest(house).text
    assert letter.kind is LetterKind.APPEAL_SENT_ON
    assert "Anna" not in repr(letter)


def test_how_to_reach_the_party_is_for_the_own_caseworker_alone() -> None:
    house = demo_house(MemoryStore())
    case, decision = decided(house)
    contact = {**appeal().snapshot}
    draft = draft_of(house, decision)
    house.appellants.send(SARA, replace(appeal(), contact=contact), decision, draft)

    def reached(who: Principal) -> object:
        found = house.appeal_cases.of_case(who, case)
        assert found is not None
        return found.appeals[0].contact

    assert reached(ANNA)
    assert (reached(SAMIR), reached(MARIA)) == ({}, {})
