"""What comes after an appeal: added at the court, taken back, and the decision that dismissed it appealed in turn."""

from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.app.foundations import fresh
from shared.domain.appeal_forms import HandOverForm, ReviewForm, TimeForm
from shared.domain.appeal_items import Sent
from shared.domain.appeal_time import Told
from shared.domain.assessments import Answer
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotAllowed, NotOpen
from shared.domain.cases import AppealState, Case, Step
from shared.domain.deadlines import Deadline, missed
from shared.domain.ids import CaseId, ItemId, SubmissionId
from shared.domain.letters import Letter
from shared.domain.notices import NoticeKind
from shared.domain.queries import DEADLINES_OF_CASE
from shared.ports.store import NotFound, Store
from shared.records.deadlines import read_deadline
from tests.appeals import by_anna, decided, opened, send_appeal, stored
from tests.applications import BO, SARA
from tests.emulator import FIRESTORE
from tests.houses import HandClock, demo_house
from tests.people import ANNA, ELSA, MONDAY, SAMIR
from tests.records.flow_people import Deed

everywhere = pytest.mark.parametrize("store", ["memory", "sqlite", FIRESTORE], indirect=True)
LATE = TimeForm("late", "Sex veckor har gått.", "2026-11-02", Answer.YES)


def handed_over(house: House, case: CaseId, day: str = "2026-11-02") -> None:
    """Anna has taken it to the court."""
    desk = house.appeal_cases
    desk.find_in_time(ANNA, case, TimeForm("in_time"), **by_anna(house))
    desk.keep(ANNA, case, ReviewForm("Inget nytt."), **by_anna(house))
    desk.hand_over(ANNA, case, HandOverForm(day, Sent.SECURE), **by_anna(house))


def dismissed(house: House, clock: HandClock) -> tuple[CaseId, ItemId]:
    """Sara was six weeks late; the case, and the decision that dismissed her appeal."""
    case, decision = decided(house)
    opened(house)
    clock.advance(timedelta(days=42))
    send_appeal(house, decision)
    return case, ItemId(house.appeal_cases.dismiss(ANNA, case, LATE, **by_anna(house)).result)


def withdraw(house: House, appeal: str, who: object = SARA, once: str = "") -> str:
    return house.appellants.withdraw(who, ItemId(appeal), SubmissionId(once or fresh())).result  # type: ignore[arg-type]


def deadlines_of(house: House, case: CaseId) -> list[Deadline]:
    found = house.store.query(DEADLINES_OF_CASE, {"case": case}, limit=DEADLINES_OF_CASE.page)
    return [read_deadline(one) for one in found.documents]


def standing(case: Case) -> AppealState:
    assert case.appeal is not None
    return case.appeal.state


@everywhere
def test_what_is_added_at_the_court_is_registered_and_sent_on_with_its_own_letter(store: Store) -> None:
    clock = HandClock(MONDAY)
    house = demo_house(store, clock=clock)
    case, decision = decided(house)
    first = send_appeal(house, decision)
    handed_over(house, case)
    clock.advance(timedelta(days=3))
    added = house.store.get("appeals", send_appeal(house, decision))
    stands = stored(house, case)

    assert added is not None
    assert (added.fields["adds_to"], added.fields["received_at"]) == (first, clock.now())
    assert (stands.step, standing(stands)) == (Step.OVERLAMNANDE, AppealState.ADDED)
    assert stands.due is not None
    assert stands.due - clock.now() < timedelta(days=8)
    with pytest.raises(NotOpen):  # it is with the court
        withdraw(house, first)
    house.appeal_cases.hand_over(ANNA, case, HandOverForm("2026-11-05", Sent.POST), **by_anna(house))
    assert (stored(house, case).step, standing(stored(house, case))) == (Step.AVSLUTAT, AppealState.HANDED_OVER)
    letter = house.inbox.page(SARA).letters[0]
    house.inbox.receive(SARA, letter.id)
    read = house.inbox.open(SARA, letter.id)
    assert isinstance(read, Letter)
    assert read.text.title == "Det du lade till har skickats till domstolen"


@everywhere
def test_an_appeal_taken_back_ends_here_and_the_decision_can_be_appealed_again(store: Store) -> None:
    house = demo_house(store)
    case, decision = decided(house)
    first, once = send_appeal(house, decision), fresh()
    back = withdraw(house, first, once=once)
    kept, stands = house.store.get("appeals", back), stored(house, case)

    assert withdraw(house, first, once=once) == back
    assert kept is not None
    assert (kept.fields["withdraws"], kept.fields["adds_to"], kept.fields["received_at"]) == (True, first, MONDAY)
    assert (stands.step, stands.due, standing(stands)) == (Step.AVSLUTAT, None, AppealState.WITHDRAWN)
    assert NoticeKind.APPEAL_WITHDRAWN in {one.kind for one in house.notices.newest(ANNA)}
    with pytest.raises(AlreadyDone):
        withdraw(house, first)
    again = send_appeal(house, decision)
    found = house.appeal_cases.of_case(ANNA, case)
    assert found is not None
    assert ([one.id for one in found.appeals], {one.id for one in found.earlier}) == ([again], {first, back})
    with pytest.raises(NotFound):  # it has given way to the new one
        withdraw(house, first)


@pytest.mark.parametrize("who", [BO, ELSA, ANNA], ids=lambda who: who.name)
def test_nobody_but_the_party_takes_an_appeal_back(who: object) -> None:
    house = demo_house(MemoryStore())
    case, decision = decided(house)
    mine = send_appeal(house, decision)

    with pytest.raises((NotFound, ValueError)):
        withdraw(house, mine, who)
    assert standing(stored(house, case)) is AppealState.RECEIVED


@everywhere
def test_a_wrong_dismissal_is_lifted_and_the_appeal_goes_on_with_its_first_clock(store: Store) -> None:
    clock = HandClock(MONDAY)
    house = demo_house(store, clock=clock)
    case, dismissal = dismissed(house, clock)
    before = stored(house, case)
    clock.advance(timedelta(days=20))
    once = by_anna(house)
    done = house.appeal_cases.lift(ANNA, case, ReviewForm("Vi räknade från fel dag."), **once)
    stands = stored(house, case)

    assert house.appeal_cases.lift(ANNA, case, ReviewForm("Vi räknade från fel dag."), **once).result == done.result
    assert (stands.step, stands.open, standing(stands)) == (Step.OMPROVNING, True, AppealState.IN_TIME)
    assert (stands.due, stands.appeal and stands.appeal.new) == (before.clocks["overklagande"].due, None)
    with pytest.raises(NotOpen):
        house.appeal_cases.lift(ANNA, case, ReviewForm("Igen."), **by_anna(house))
    with pytest.raises(NotOpen):  # what dismissed it does not stand any more
        send_appeal(house, dismissal)
    own = house.appellants.decision(SARA, dismissal)
    assert own is not None
    assert (own.open_online, house.appellants.decision(BO, dismissal)) == (False, None)
    letter = house.inbox.page(SARA).letters[0]
    house.inbox.receive(SARA, letter.id)
    read = house.inbox.open(SARA, letter.id)
    assert isinstance(read, Letter)
    assert read.text.title == "Ditt överklagande prövas ändå"
    assert "Vi räknade från fel dag." in str(read.text.parts)
    house.appeal_cases.keep(ANNA, case, ReviewForm("Inget nytt."), **by_anna(house))
    house.appeal_cases.hand_over(ANNA, case, HandOverForm("2027-01-03", Sent.SECURE), **by_anna(house))
    assert standing(stored(house, case)) is AppealState.HANDED_OVER


def test_a_lifted_dismissal_is_overdue_today_and_told_of_once_a_day() -> None:
    clock = HandClock(MONDAY)
    house = demo_house(MemoryStore(), clock=clock)
    case, _ = dismissed(house, clock)
    clock.advance(timedelta(days=20))
    house.appeal_cases.lift(ANNA, case, ReviewForm("Vi räknade från fel dag."), **by_anna(house))
    (running,) = [one for one in deadlines_of(house, case) if one.open]

    assert [one.name for one in missed(running, clock.now())] == ["overdue 2027-01-03"]


def test_a_dismissal_that_is_appealed_is_for_the_court_and_nobody_else_lifts_one() -> None:
    clock = HandClock(MONDAY)
    house = demo_house(MemoryStore(), clock=clock)
    case, dismissal = dismissed(house, clock)
    desk, forms = house.appeal_cases, by_anna(house)
    for who in (SAMIR, SARA, ELSA):
        with pytest.raises((NotAllowed, NotFound)):
            desk.lift(who, case, ReviewForm("Fel dag."), **forms)
    with pytest.raises(Incomplete):
        desk.lift(ANNA, case, ReviewForm(" "), **forms)
    opened(house)
    send_appeal(house, dismissal)

    with pytest.raises(NotOpen):
        desk.lift(ANNA, case, ReviewForm("Fel dag."), **forms)


def test_who_dismissed_without_a_name_has_none_in_the_letters_that_come_after() -> None:
    clock = HandClock(MONDAY)
    house = demo_house(MemoryStore(), clock=clock)
    case, decision = decided(house)
    opened(house)
    clock.advance(timedelta(days=42))
    send_appeal(house, decision)
    unnamed = replace(LATE, name_stands=Answer.NO, name_reason="Hot.")
    house.appeal_cases.dismiss(ANNA, case, unnamed, **by_anna(house))
    house.appeal_cases.lift(ANNA, case, ReviewForm("Fel dag."), **by_anna(house))
    house.appeal_cases.keep(ANNA, case, ReviewForm("Inget nytt."), **by_anna(house))
    house.appeal_cases.hand_over(ANNA, case, HandOverForm("2026-12-14", Sent.SECURE), **by_anna(house))

    for letter in house.inbox.page(SARA).letters[:2]:
        house.inbox.receive(SARA, letter.id)
        read = house.inbox.open(SARA, letter.id)
        assert isinstance(read, Letter)
        assert "Anna" not in str(read.text), read.text.title


@everywhere
def test_the_decision_that_dismissed_an_appeal_is_appealed_and_goes_to_the_court(store: Store) -> None:
    clock = HandClock(MONDAY)
    house = demo_house(store, clock=clock)
    case, dismissal = dismissed(house, clock)
    own = house.appellants.decision(SARA, dismissal)
    assert own is not None
    assert (own.open_online, own.adding) == (True, False)
    opened(house)
    second = send_appeal(house, dismissal)
    found = house.appeal_cases.of_case(ANNA, case)
    assert found is not None
    assert (found.decision.id, found.now.id) == (dismissal, stored(house, case).decision)
    assert ([one.id for one in found.appeals], len(found.earlier)) == ([second], 1)
    assert (found.check.told, found.check.in_time) == (Told.OPENED, True)
    assert found.rulings == []
    better = Deed("determine", "anna", determined=AssistanceOutcome.GRANTED).assistance
    house.appeal_cases.find_in_time(ANNA, case, TimeForm("in_time"), **by_anna(house))
    with pytest.raises(NotOpen):  # only what was decided about the application is changed here
        house.appeal_cases.change(ANNA, case, better, **by_anna(house))
    house.appeal_cases.keep(ANNA, case, ReviewForm("Inget nytt."), **by_anna(house))
    house.appeal_cases.hand_over(ANNA, case, HandOverForm("2026-12-14", Sent.SECURE), **by_anna(house))

    assert (stored(house, case).step, standing(stored(house, case))) == (Step.AVSLUTAT, AppealState.HANDED_OVER)


def test_what_was_dismissed_is_not_appealed_once_more_past_its_dismissal() -> None:
    clock = HandClock(MONDAY)
    house = demo_house(MemoryStore(), clock=clock)
    case, _ = dismissed(house, clock)
    first = stored(house, case).decision
    assert first is not None
    own = house.appellants.decision(SARA, first)

    assert own is not None
    assert not own.open_online
    with pytest.raises(NotOpen):
        send_appeal(house, first)


def test_a_changed_decision_is_covered_by_the_appeal_and_can_be_appealed_once_that_is_taken_back() -> None:
    house = demo_house(MemoryStore())
    case, decision = decided(house)
    first = send_appeal(house, decision)
    house.appeal_cases.find_in_time(ANNA, case, TimeForm("in_time"), **by_anna(house))
    better = Deed("determine", "anna", determined=AssistanceOutcome.PARTLY).assistance
    new = ItemId(house.appeal_cases.change(ANNA, case, better, **by_anna(house)).result)
    own = house.appellants.decision(SARA, new)
    assert own is not None
    assert (own.open_online, own.adding) == (True, True)
    added = house.store.get("appeals", send_appeal(house, new))
    assert added is not None
    assert added.fields["adds_to"] == first
    withdraw(house, first)
    own = house.appellants.decision(SARA, new)

    assert own is not None
    assert (own.open_online, own.adding) == (True, False)
    with pytest.raises(NotOpen):  # it gave way to the new one
        send_appeal(house, decision)
    send_appeal(house, new)
    assert stored(house, case).step is Step.RATTIDSPROVNING
