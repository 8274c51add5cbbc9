"""A resident holds, books, moves and cancels; nobody else gets the time, and nothing is ever half."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

import pytest

from shared.adapters.counting_store import CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain import calendar
from shared.domain.booking.atoms import atoms
from shared.domain.booking.bookings import HoldExpired, MeetingOver, SlotTaken, State, TooManyMeetings
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import ItemId
from shared.domain.queries import BOOKING_TRAIL
from shared.ports.store import NotFound, Unavailable, Write
from shared.records.submissions import Sent
from shared.records.trail import verify
from tests.adapters.faulty_store import FaultyStore
from tests.houses import HandClock
from tests.meetings import ADVICE, book, hold, meeting_house, room, sent, somebody, staff, town
from tests.people import ANNA, ELSA

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


def owners(house: House, start: datetime, minutes: int = 75, who: str = "vera") -> set[str]:
    """Whose the quarters are, as they are stored."""
    ids = atoms(who, start, start + timedelta(minutes=minutes))
    return {str(one.fields["booking"]) for one in house.kept.store.get_many("booking_atoms", ids).values()}


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
    assert owners(house, NINE, 105) == {yours}
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
    assert owners(house, LATE) == {third} != {second}


def test_a_moved_meeting_leaves_its_time_in_the_same_batch() -> None:
    house = meeting_house()
    id = book(house, ME, NINE)
    house.meetings.move(ME, id, NINE + timedelta(minutes=30), sent(ME))
    assert free(house) == []
    assert owners(house, NINE, 30) == set()
    assert owners(house, NINE + timedelta(minutes=30)) == {id}
    house.meetings.move(ME, id, LATE, sent(ME))
    assert free(house) == [NINE]


def test_a_meeting_is_not_moved_to_somebody_elses_time_and_keeps_its_own() -> None:
    house = meeting_house()
    mine = book(house, ME, NINE)
    later = LATE
    book(house, YOU, later)
    with pytest.raises(SlotTaken):
        house.meetings.move(ME, mine, later, sent(ME))
    assert owners(house, NINE) == {mine}


def test_a_cancelled_time_is_free_and_the_meeting_is_over() -> None:
    house = meeting_house()
    id = book(house, ME, NINE)
    house.meetings.cancel(ME, id, "Jag är sjuk", sent(ME))
    assert (NINE in free(house), owners(house, NINE), house.meetings.ahead(ME)) == (True, set(), [])
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
    house.meetings.offer = town(closed=(WEDNESDAY,))
    with pytest.raises(SlotTaken):
        house.meetings.confirm(ME, id, sent(ME))
    assert state(house, id) is State.HELD


@pytest.mark.parametrize("start", [NINE + timedelta(minutes=7), NINE - timedelta(hours=2), NINE + timedelta(days=4)])
def test_a_time_that_was_never_offered_is_not_held(start: datetime) -> None:
    with pytest.raises(SlotTaken):
        hold(meeting_house(), ME, start)


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


def acts(house: House, act: str) -> Callable[[], Sent]:
    """The act, of one rendered form, on a meeting that has come so far."""
    form, what = sent(ME), (house.offer.meetings[ADVICE], MeetingForm.VISIT)
    if act == "hold":
        return lambda: house.meetings.hold(ME, what, NINE, form)
    id = hold(house, ME, NINE) if act == "confirm" else book(house, ME, NINE)
    return {
        "confirm": lambda: house.meetings.confirm(ME, id, form),
        "move": lambda: house.meetings.move(ME, id, LATE, form),
        "cancel": lambda: house.meetings.cancel(ME, id, "", form),
    }[act]


LEFT = {"hold": 1, "confirm": 1, "move": 0, "cancel": 0}


@pytest.mark.parametrize("act", LEFT)
def test_a_lost_answer_is_read_back(act: str) -> None:
    faulty = FaultyStore(MemoryStore())
    house = meeting_house(faulty)
    once = acts(house, act)
    faulty.fail_commits_after(1)
    assert (once().first, once().first, len(owners(house, NINE))) == (False, False, LEFT[act])


@pytest.mark.parametrize("act", LEFT)
def test_what_was_not_written_leaves_everything_as_it_was_and_is_sent_again(act: str) -> None:
    faulty = FaultyStore(MemoryStore())
    house = meeting_house(faulty)
    once = acts(house, act)
    before = owners(house, NINE)
    faulty.fail_commits_before(1)
    with pytest.raises(Unavailable):
        once()
    assert owners(house, NINE) == before
    assert (once().first, len(owners(house, NINE))) == (True, LEFT[act])


def test_a_confirmation_that_is_overtaken_between_reading_and_writing_is_told_so() -> None:
    base, clock = MemoryStore(), HandClock()
    house = meeting_house(base, clock=clock)
    mine = hold(house, ME, NINE)
    yours: list[ItemId] = []
    store = house.kept.store

    class Late:
        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def commit(self, writes: Sequence[Write]) -> None:
            if not yours:
                yours.append(ItemId(""))
                clock.advance(timedelta(minutes=10))
                yours[0] = book(house, YOU, NINE)
            store.commit(writes)

    late = house.meetings
    late._store = Late()  # type: ignore[assignment]
    with pytest.raises(HoldExpired):
        late.confirm(ME, mine, sent(ME))
    assert owners(house, NINE) == {yours[0]}


def bill(house: House) -> tuple[int, int]:
    """Reads and writes so far."""
    store = house.kept.store
    assert isinstance(store, CountingStore)
    cost = store.cost()
    return cost.reads, cost.writes + cost.deletes


def test_free_times_are_one_read_for_each_person_and_room_however_much_is_booked() -> None:
    people = tuple(staff(f"p{n}") for n in range(20))
    house = meeting_house(offer=town(*people, room(), room("linden")))
    for n in range(2):
        book(house, somebody(n), NINE)
    before = bill(house)[0]
    free(house)
    assert bill(house)[0] - before == 22


def test_a_booking_is_at_most_eight_writes_and_one_for_each_quarter_and_resource() -> None:
    house = meeting_house()
    before = bill(house)[1]
    id = hold(house, ME, NINE)
    held = bill(house)[1]
    house.meetings.confirm(ME, id, sent(ME))
    assert (held - before, bill(house)[1] - held) == (6 + 5 * 2, 6)
