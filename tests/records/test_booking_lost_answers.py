"""An answer that is lost, a write that fails, somebody faster in between; and what a booking costs."""

from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta

import pytest

from shared.adapters.counting_store import CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain import calendar
from shared.domain.booking.bookings import HoldExpired
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.ids import ItemId, KeyId
from shared.ports.store import Unavailable, Write
from shared.records.submissions import Sent
from tests.adapters.faulty_store import FaultyStore
from tests.houses import HandClock
from tests.meetings import ADVICE, book, hold, meeting_house, owners_of, room, sent, somebody, staff, town

WEDNESDAY = date(2026, 11, 4)
NINE, TEN = (calendar.at(WEDNESDAY, time(hour)) for hour in (9, 10))
LATE = calendar.at(WEDNESDAY, time(10, 30))
ME, YOU = somebody(0), somebody(1)


def free(house: House, form: MeetingForm = MeetingForm.VISIT) -> list[datetime]:
    meeting = house.offer.meetings[ADVICE]
    return [one.start for one in house.meetings.free(meeting, form, (WEDNESDAY, WEDNESDAY))]


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
    assert (once().first, once().first, len(owners_of(house, NINE))) == (False, False, LEFT[act])


@pytest.mark.parametrize("act", LEFT)
def test_what_was_not_written_leaves_everything_as_it_was_and_is_sent_again(act: str) -> None:
    faulty = FaultyStore(MemoryStore())
    house = meeting_house(faulty)
    once = acts(house, act)
    before = owners_of(house, NINE)
    faulty.fail_commits_before(1)
    with pytest.raises(Unavailable):
        once()
    assert owners_of(house, NINE) == before
    assert (once().first, len(owners_of(house, NINE))) == (True, LEFT[act])


def test_a_time_held_in_another_window_meanwhile_is_let_go_of_and_this_one_is_held(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = meeting_house()
    hold(house, ME, NINE)
    load, others = house.kept.ring.load, []

    def overtaken(ids: Sequence[KeyId]) -> None:
        monkeypatch.setattr(house.kept.ring, "load", load)
        others.append(hold(house, ME, TEN))  # lets go of the first, and of its key
        load(ids)

    monkeypatch.setattr(house.kept.ring, "load", overtaken)
    mine = hold(house, ME, LATE)
    assert len(others) == 1
    assert house.meetings.held(ME) == [mine]
    assert (owners_of(house, NINE, 30), owners_of(house, LATE)) == (set(), {mine})


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
    late._settling._store = Late()  # type: ignore[assignment]
    with pytest.raises(HoldExpired):
        late.confirm(ME, mine, sent(ME))
    assert owners_of(house, NINE) == {yours[0]}


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
    assert (held - before, bill(house)[1] - held) == (6 + 5 * 2, 8)
