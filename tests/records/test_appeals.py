"""Appeals as they are kept: from the party alone, once, into the case that had ended, and on to the court."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.appeal_forms import HandOverForm, ReviewForm, TimeForm
from shared.domain.appeal_items import Sent
from shared.domain.appeal_time import Told
from shared.domain.assessments import Answer
from shared.domain.assistance_decisions import AssistanceOutcome
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotAllowed, NotOpen
from shared.domain.cases import AppealState, Step
from shared.domain.change import Action
from shared.domain.letters import Letter, LetterKind
from shared.domain.notices import NoticeKind
from shared.domain.queries import APPEALS_OF_CASE, CASE_TIMELINE
from shared.ports.store import NotFound, Store, Unavailable
from shared.records.trail import verify
from tests.adapters.faulty_store import FaultyStore
from tests.appeals import appeal, by_anna, decided, draft_of, opened, send_appeal, stored
from tests.applications import BO, SARA
from tests.emulator import FIRESTORE
from tests.houses import HandClock, demo_house
from tests.people import ANNA, ELSA, MONDAY, SAMIR, STRANGER
from tests.records.flow_people import Deed

GONE = HandOverForm("2026-11-02", Sent.SECURE)
everywhere = pytest.mark.parametrize("store", ["memory", "sqlite", FIRESTORE], indirect=True)
LATE = TimeForm("late", "Sex veckor har gått.", "2026-11-02", Answer.YES)


def appeals(house: House, case: str) -> int:
    return house.store.count(APPEALS_OF_CASE, {"case": case}, cap=20)


def newest(house: House) -> Letter:
    """The newest letter in Sara's inbox."""
    letter = house.inbox.page(SARA).letters[0]
    house.inbox.receive(SARA, letter.id)
    found = house.inbox.open(SARA, letter.id)
    assert isinstance(found, Letter)
    return found


def said(letter: Letter) -> str:
    return "\n".join(line for part in letter.text.parts for line in part.lines)


def test_an_appeal_takes_the_ended_case_on_with_a_clock_and_its_caseworker_is_told(store: Store) -> None:
    house = demo_house(store)
    case, decision = decided(house)
    id = send_appeal(house, decision)
    stands, kept = stored(house, case), house.store.get("appeals", id)
    entries = house.store.query(CASE_TIMELINE, {"case": case}, limit=20).documents

    assert (stands.step, stands.open, stands.decision) == (Step.RATTIDSPROVNING, True, decision)
    assert stands.due is not None
    assert stands.due - MONDAY < timedelta(days=8)
    assert stands.appeal is not None
    assert (stands.appeal.id, stands.appeal.state) == (id, AppealState.RECEIVED)
    assert house.notices.newest(ANNA)[0].kind is NoticeKind.APPEAL_RECEIVED
    assert kept is not None
    assert kept.fields["received_at"] == MONDAY
    assert "hyran" not in repr(kept.fields)
    assert entries[0].fields["action"] == Action.APPEAL_RECEIVED
    assert verify(list(reversed(entries)), stands.audit_head)


def test_an_addition_never_moves_the_day_of_the_appeal_and_needs_one_to_be_added_to(store: Store) -> None:
    clock = HandClock(MONDAY)
    house = demo_house(store, clock=clock)
    case, decision = decided(house)
    more = replace(appeal(), form="appeal_addition", adds=True)
    with pytest.raises(NotOpen):
        house.appellants.send(SARA, more, decision, draft_of(house, decision))
    assert appeals(house, case) == 0
    send_appeal(house, decision)
    clock.advance(timedelta(days=3))
    house.appellants.send(SARA, more, decision, draft_of(house, decision))
    stands = stored(house, case).appeal

    assert stands is not None
    assert (stands.received, stands.added) == (MONDAY.date(), MONDAY.date() + timedelta(days=3))
    assert stands.state is AppealState.RECEIVED
    assert house.notices.newest(ANNA)[0].kind is NoticeKind.APPEAL_ADDED_TO


@everywhere
def test_all_the_way_to_the_court_and_the_party_is_told(store: Store) -> None:
    house = demo_house(store)
    case, decision = decided(house)
    opened(house)
    send_appeal(house, decision)
    desk = house.appeal_cases
    found = desk.of_case(ANNA, case)
    assert found is not None
    assert (found.check.told, found.check.in_time) == (Told.OPENED, True)
    desk.find_in_time(ANNA, case, TimeForm("in_time"), **by_anna(house))
    desk.keep(ANNA, case, ReviewForm("Inget nytt."), **by_anna(house))
    desk.hand_over(ANNA, case, GONE, **by_anna(house))
    stands, letter = stored(house, case), newest(house)

    assert (stands.step, stands.open, stands.due) == (Step.AVSLUTAT, False, None)
    assert stands.appeal is not None
    assert (stands.appeal.state, str(stands.appeal.on)) == (AppealState.HANDED_OVER, "2026-11-02")
    assert letter.text.kind is LetterKind.APPEAL_SENT_ON
    assert "Förvaltningsrätten i Exempelstad den 2 november 2026" in said(letter)
    (own,) = house.matters.page(SARA).matters
    assert (own.appeal, own.step) == (stands.appeal, Step.AVSLUTAT)


@everywhere
def test_who_is_late_is_dismissed_by_a_decision_that_can_be_appealed(store: Store) -> None:
    clock = HandClock(MONDAY)
    house = demo_house(store, clock=clock)
    case, decision = decided(house)
    opened(house)
    clock.advance(timedelta(days=42))
    send_appeal(house, decision)
    found = house.appeal_cases.of_case(ANNA, case)
    assert found is not None
    assert found.check.late
    made = house.appeal_cases.dismiss(ANNA, case, LATE, **by_anna(house)).result
    stands, letter = stored(house, case), newest(house)

    assert (stands.step, stands.due, stands.decision) == (Step.AVSLUTAT, None, decision)
    assert (letter.decision, letter.text.law) == (made, "45 § förvaltningslagen (2017:900)")
    assert "Sex veckor har gått." in said(letter)
    assert "Du får överklaga också det här beslutet." in said(letter)
    assert house.originals.make(letter.decision) is not None  # type: ignore[arg-type]


def test_nobody_is_dismissed_who_was_in_time(store: Store) -> None:
    house = demo_house(store)
    case, decision = decided(house)
    send_appeal(house, decision)

    with pytest.raises(Incomplete) as refused:
        house.appeal_cases.dismiss(ANNA, case, LATE, **by_anna(house))
    assert refused.value.fields == ("told",)
    assert stored(house, case).step is Step.RATTIDSPROVNING


@pytest.mark.parametrize("told", ["2026-10-02", "2025-11-02"])
def test_nobody_is_dismissed_for_a_day_before_the_decision_was_made(told: str) -> None:
    house = demo_house(MemoryStore())
    case, decision = decided(house)
    send_appeal(house, decision)

    with pytest.raises(Incomplete) as refused:
        house.appeal_cases.dismiss(ANNA, case, replace(LATE, told=told), **by_anna(house))
    assert refused.value.fields == ("told",)
    with pytest.raises(Incomplete):
        house.appeal_cases.find_in_time(ANNA, case, TimeForm("in_time", "Skäl.", told), **by_anna(house))


@everywhere
def test_a_changed_decision_gives_at_least_as_much_and_goes_to_the_court_too(store: Store) -> None:
    clock = HandClock(MONDAY)
    house = demo_house(store, clock=clock)
    case, decision = decided(house, AssistanceOutcome.PARTLY)
    clock.advance(timedelta(hours=1))
    send_appeal(house, decision)
    desk = house.appeal_cases
    desk.find_in_time(ANNA, case, TimeForm("in_time"), **by_anna(house))
    better = Deed("determine", "anna", determined=AssistanceOutcome.GRANTED).assistance
    worse = Deed("determine", "anna", determined=AssistanceOutcome.REFUSED).assistance
    with pytest.raises(Incomplete, match="outcome"):
        desk.change(ANNA, case, worse, **by_anna(house))
    made = desk.change(ANNA, case, better, **by_anna(house)).result
    letter, stands = newest(house), stored(house, case)
    found = desk.of_case(ANNA, case)

    assert (stands.decision, stands.step) == (made, Step.OVERLAMNANDE)
    assert letter.text.title == "Vi har ändrat vårt beslut"
    assert found is not None
    assert (found.decision.id, found.now.id) == (decision, made)
    desk.hand_over(ANNA, case, GONE, **by_anna(house))
    assert stored(house, case).step is Step.AVSLUTAT


@pytest.mark.parametrize("who", [BO, ELSA, ANNA, STRANGER], ids=lambda who: who.name)
def test_nobody_but_the_party_appeals_or_reads_a_receipt(store: Store, who: object) -> None:
    house = demo_house(store)
    case, decision = decided(house)
    mine = send_appeal(house, decision)

    assert house.appellants.decision(who, decision) is None  # type: ignore[arg-type]
    assert house.appellants.receipt(who, mine, whole=True) is None  # type: ignore[arg-type]
    with pytest.raises(NotFound):
        house.appellants.send(who, appeal(), decision, draft_of(house, decision))  # type: ignore[arg-type]
    assert appeals(house, case) == 1


@pytest.mark.parametrize("who", [SAMIR, STRANGER], ids=lambda who: who.name)
def test_a_colleague_without_the_case_decides_nothing_about_the_appeal(who: object) -> None:
    house = demo_house(MemoryStore())
    case, decision = decided(house)
    send_appeal(house, decision)

    with pytest.raises((NotAllowed, NotFound)):
        house.appeal_cases.find_in_time(who, case, TimeForm("in_time"), **by_anna(house))  # type: ignore[arg-type]


def test_another_decision_than_the_own_is_not_appealed_with_the_own_case() -> None:
    house = demo_house(MemoryStore())
    _, hers = decided(house)
    _, his = decided(house, by=BO)

    assert house.appellants.decision(SARA, his) is None
    with pytest.raises(NotFound):
        house.appellants.send(SARA, appeal(), his, draft_of(house, hers))


def test_the_same_draft_sent_twice_is_one_appeal_and_what_comes_after_is_an_addition(store: Store) -> None:
    house = demo_house(store)
    case, decision = decided(house)
    draft = draft_of(house, decision)
    first, again = send_appeal(house, decision, draft=draft), send_appeal(house, decision, draft=draft)
    added = send_appeal(house, decision)
    kept = house.store.get("appeals", added)

    assert first == again
    assert appeals(house, case) == 2
    assert kept is not None
    assert kept.fields["adds_to"] == first
    assert stored(house, case).step is Step.RATTIDSPROVNING


@pytest.mark.parametrize("fault", ["fail_commits_before", "fail_commits_after", "conflict_commits", "repeat_commits"])
def test_in_any_weather_it_is_one_appeal(fault: str) -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    case, decision = decided(house)
    draft = draft_of(house, decision)
    getattr(store, fault)(1)
    with suppress(Unavailable):
        send_appeal(house, decision, draft=draft)
    send_appeal(house, decision, draft=draft)

    assert appeals(house, case) == 1


def test_each_ruling_is_made_once(store: Store) -> None:
    house = demo_house(store)
    case, decision = decided(house)
    send_appeal(house, decision)
    once = by_anna(house)
    house.appeal_cases.find_in_time(ANNA, case, TimeForm("in_time"), **once)
    house.appeal_cases.find_in_time(ANNA, case, TimeForm("in_time"), **once)
    with pytest.raises((AlreadyDone, NotOpen)):
        house.appeal_cases.find_in_time(ANNA, case, TimeForm("in_time"), **by_anna(house))

    found = house.appeal_cases.of_case(ANNA, case)
    assert found is not None
    assert len(found.rulings) == 1


def test_a_hand_over_is_between_the_receipt_and_today() -> None:
    house = demo_house(MemoryStore())
    case, decision = decided(house)
    send_appeal(house, decision)
    house.appeal_cases.find_in_time(ANNA, case, TimeForm("in_time"), **by_anna(house))
    house.appeal_cases.keep(ANNA, case, ReviewForm("Inget nytt."), **by_anna(house))
    for day in ("2026-11-01", "2026-11-03", ""):
        with pytest.raises(Incomplete, match="day"):
            house.appeal_cases.hand_over(ANNA, case, HandOverForm(day, Sent.POST), **by_anna(house))


def test_what_is_shown_is_logged_first_and_without_the_log_nothing_is_shown() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store)
    case, decision = decided(house)
    send_appeal(house, decision)

    for ask in (lambda: house.appeal_cases.of_case(ANNA, case), lambda: house.appellants.decision(SARA, decision)):
        store.fail_commits_before(1)
        with pytest.raises(Unavailable):
            ask()
