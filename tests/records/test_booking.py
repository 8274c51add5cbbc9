"""A resident holds, books, moves and cancels; nobody else gets the time, and nothing is ever half."""

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain import calendar
from shared.domain.booking.bookings import HoldExpired, MeetingOver, SlotTaken, State, TooManyMeetings
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import ItemId, StaffId, UnitId
from shared.domain.municipality import Absence
from shared.domain.queries import BOOKING_TRAIL
from shared.ports.store import NotFound
from shared.records.trail import verify
from tests.houses import HandClock
from tests.meetings import ADVICE, book, hold, meeting_house, owners_of, room, sent, somebody, staff, town
from tests.people import ANNA, ELSA, MONDAY

WEDNESDAY = date(2026, 11, 4)
NINE, TEN = (calendar.at(WEDNESDAY, time(hour)) for hour in (9, 10))
LATE = calendar.at(WEDNESDAY, time(10, 30))
ME, YOU = somebody(0), somebody(1)


def clock_of(house: House) -> HandClock:
    clock = house.kept.clock
    assert isinstance(clock, HandClock)
    return clock


def state(house: House, id: ItemId) -> State:
    document = house.kept.store.get("bookings", id)
    assert document is not None
    return State(str(document.fields["state"]))


def free(house: House, form: MeetingForm = MeetingForm.VISIT) -> list[datetime]:
    meeting = house.offer.meetings[ADVICE]
    return [one.start for one in house.meetings.free(meeting, form, (WEDNESDAY, WEDNESDAY))]


def test_a_held_time_is_gone_for_everybody_and_comes_back_after_ten_minutes() -> None:
    house = meeting_house()
    hold(house, ME, NINE)
    assert NINE not in free(house)
    with pytest.raises(SlotTaken):
        hold(house, YOU, NINE)
    clock_of(house).advance(timedelta(minutes=10))
    assert NINE in free(house)


def test_a_dead_hold_is_written_over_without_any_sweep_and_cannot_be_confirmed() -> None:
    house = meeting_house()
    mine = hold(house, ME, NINE)
    clock_of(house).advance(timedelta(minutes=10))
    yours = book(house, YOU, NINE + timedelta(minutes=30))
    assert (state(house, mine), state(house, yours)) == (State.LAPSED, State.CONFIRMED)
    assert owners_of(house, NINE, 105) == {yours}
    with pytest.raises(HoldExpired):
        house.meetings.confirm(ME, mine, sent(ME))


def test_a_confirmed_time_stays_booked_and_confirming_twice_is_the_same_meeting() -> None:
    house = meeting_house()
    id = book(house, ME, NINE)
    clock_of(house).advance(timedelta(hours=1))
    again = house.meetings.confirm(ME, id, sent(ME))
    assert (again.result, again.first, NINE in free(house)) == (id, False, False)


def test_the_same_form_sent_twice_holds_once() -> None:
    house = meeting_house()
    once = sent(ME, start=NINE)
    what = (house.offer.meetings[ADVICE], MeetingForm.VISIT)
    first, second = (house.meetings.hold(ME, what, NINE, once) for _ in range(2))
    assert (first.result, second.first) == (second.result, False)


def test_whoever_chooses_another_time_lets_go_of_the_first_and_may_choose_it_again() -> None:
    house = meeting_house()
    first = hold(house, ME, NINE)
    second = hold(house, ME, LATE)
    assert (state(house, first), NINE in free(house)) == (State.LAPSED, True)
    third = hold(house, ME, LATE)
    assert owners_of(house, LATE) == {third} != {second}


def test_a_moved_meeting_leaves_its_time_in_the_same_batch() -> None:
    house = meeting_house()
    id = book(house, ME, NINE)
    house.meetings.move(ME, id, NINE + timedelta(minutes=30), sent(ME))
    assert free(house) == []
    assert owners_of(house, NINE, 30) == set()
    assert owners_of(house, NINE + timedelta(minutes=30)) == {id}
    house.meetings.move(ME, id, LATE, sent(ME))
    assert free(house) == [NINE]


def test_a_meeting_is_not_moved_to_somebody_elses_time_and_keeps_its_own() -> None:
    house = meeting_house()
    mine = book(house, ME, NINE)
    later = LATE
    book(house, YOU, later)
    with pytest.raises(SlotTaken):
        house.meetings.move(ME, mine, later, sent(ME))
    assert owners_of(house, NINE) == {mine}


def test_a_cancelled_time_is_free_and_the_meeting_is_over() -> None:
    house = meeting_house()
    id = book(house, ME, NINE)
    house.meetings.cancel(ME, id, "Jag är sjuk", sent(ME))
    assert (NINE in free(house), owners_of(house, NINE), house.meetings.ahead(ME)) == (True, set(), [])
    with pytest.raises(MeetingOver):
        house.meetings.cancel(ME, id, "", sent(ME))
    with pytest.raises(MeetingOver):
        house.meetings.move(ME, id, LATE, sent(ME))
    with pytest.raises(MeetingOver):
        house.meetings.confirm(ME, id, sent(ME))


def test_a_meeting_that_has_begun_is_neither_moved_nor_cancelled() -> None:
    house = meeting_house()
    id = book(house, ME, NINE)
    clock_of(house).at = NINE
    with pytest.raises(MeetingOver):
        house.meetings.cancel(ME, id, "", sent(ME))
    assert [one.id for one in house.meetings.ahead(ME)] == [id]
    clock_of(house).at = TEN
    assert house.meetings.ahead(ME) == []


def test_a_visit_takes_person_and_room_and_a_call_takes_the_person_alone() -> None:
    house = meeting_house(offer=town(staff(), staff("maja"), room()))
    book(house, ME, NINE)
    assert (NINE in free(house), NINE in free(house, MeetingForm.PHONE)) == (False, True)
    book(house, YOU, NINE, MeetingForm.PHONE)
    assert NINE not in free(house, MeetingForm.PHONE)


def test_a_hold_on_a_day_that_is_closed_since_is_not_confirmed() -> None:
    store = MemoryStore()
    house = meeting_house(store)
    id = hold(house, ME, NINE)
    house.meetings.places.offer = town(closed=(WEDNESDAY,))
    with pytest.raises(SlotTaken):
        house.meetings.confirm(ME, id, sent(ME))
    assert state(house, id) is State.HELD


@pytest.mark.parametrize("start", [NINE + timedelta(minutes=7), NINE - timedelta(hours=2), NINE + timedelta(days=4)])
def test_a_time_that_was_never_offered_is_not_held(start: datetime) -> None:
    with pytest.raises(SlotTaken):
        hold(meeting_house(), ME, start)


def test_whoever_comes_too_late_leaves_no_key_behind() -> None:
    house = meeting_house()
    book(house, ME, NINE)
    what = (house.offer.meetings[ADVICE], MeetingForm.VISIT)
    once = sent(YOU)
    for _ in range(3):
        with pytest.raises(SlotTaken):
            house.meetings.hold(YOU, what, NINE, once)
    clock_of(house).advance(timedelta(minutes=1))
    made = house.kept.ring.made(clock_of(house).now()).keys
    assert len([one for one in made if one.owner.startswith("meeting:")]) == 1


def test_nobody_fills_the_diary_alone() -> None:
    house = meeting_house()
    for day in range(5):
        book(house, ME, NINE + timedelta(days=day if day < 3 else day + 2))
    with pytest.raises(TooManyMeetings):
        hold(house, ME, calendar.at(date(2026, 11, 12), time(9)))


def test_others_meetings_do_not_exist() -> None:
    house = meeting_house()
    id = book(house, ME, NINE)
    for other in (YOU, ELSA, ANNA):
        assert house.meetings.open(other, id) is None
        with pytest.raises(NotFound):
            house.meetings.confirm(other, id, sent(other))
        with pytest.raises(NotFound):
            house.meetings.move(other, id, LATE, sent(other))
        with pytest.raises(NotFound):
            house.meetings.cancel(other, id, "", sent(other))
    for other in (ELSA, ANNA):
        with pytest.raises(NotAllowed):
            hold(house, other, TEN)


def test_every_step_is_in_an_unbroken_trail_and_nothing_personal_is_in_the_clear() -> None:
    store = MemoryStore()
    house = meeting_house(store)
    id = hold(house, ME, NINE, prepare="En hemlig rad")
    house.meetings.confirm(ME, id, sent(ME))
    house.meetings.move(ME, id, LATE, sent(ME))
    house.meetings.cancel(ME, id, "Hemligt skäl", sent(ME))
    trail = store.query(BOOKING_TRAIL, {"booking": id}, limit=10).documents
    row = store.get("bookings", id)
    assert row is not None
    assert [one.fields["action"] for one in trail] == [
        f"meeting_{what}" for what in ("held", "confirmed", "moved", "cancelled")
    ]
    assert verify(trail, str(row.fields["audit_head"]))
    everything = repr(row) + repr(trail)
    assert not any(word in everything for word in ("emlig", "Tolvan", ADVICE, "visit"))


def test_nobody_books_with_who_has_left_changed_unit_or_is_away() -> None:
    house = meeting_house(offer=town(staff("anna.exempel"), room()))
    assert NINE in free(house)
    today = calendar.local_date(MONDAY)
    id, was = StaffId("anna.exempel"), house.municipality.staff[StaffId("anna.exempel")]
    left = replace(was, last_day=today - timedelta(days=1))
    moved = replace(was, unit=UnitId("vuxna"))
    away = replace(was, away=Absence(WEDNESDAY, WEDNESDAY))
    for now, there in ((left, False), (moved, False), (away, False), (was, True)):
        house.meetings.places._staff = lambda one=now: {id: one} if one.employed(today) else {}  # type: ignore[misc]
        assert (NINE in free(house)) is there


def test_a_time_that_is_held_with_who_leaves_is_not_confirmed() -> None:
    house = meeting_house(offer=town(staff("anna.exempel"), room()))
    held = hold(house, ME, NINE)
    house.meetings.places._staff = dict
    with pytest.raises(SlotTaken):
        house.meetings.confirm(ME, held, sent(ME))
