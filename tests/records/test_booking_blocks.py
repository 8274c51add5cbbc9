"""Blocked time is booked by nobody, also by whoever was on the way; who was booked there already is not forgotten."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.memory_store import MemoryStore
from shared.adapters.sqlite_store import SqliteStore
from shared.app import House
from shared.domain import calendar
from shared.domain.booking.blocks import TooManyBlocks, Wished
from shared.domain.booking.bookings import SlotTaken
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.resources import Span
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import ItemId, UnitId
from shared.domain.principals import Principal
from shared.domain.queries import BOOKING_TRAIL
from shared.ports.store import Document, NotFound, Store, Write
from shared.records.trail import verify
from tests.emulator import Emulator
from tests.meetings import ADVICE, book, hold, meeting_house, room, sent, somebody, staff, town
from tests.people import ANNA, MARIA
from tests.records.test_staff_meetings import OUTSIDERS, anna

DAY = date(2026, 11, 4)
NINE, NEXT = calendar.at(DAY, time(9)), calendar.at(DAY, time(10, 30))
ME, YOU = somebody(), somebody(1)
MORNING = Wished(DAY, DAY, time(9), time(10))


def annas_house(store: Store | None = None) -> House:
    """Meetings are with Anna alone."""
    return meeting_house(store, town(staff("anna.exempel"), room()))


def free(house: House) -> list[datetime]:
    """What can be booked on the day."""
    return [one.start for one in house.meetings.free(house.offer.meetings[ADVICE], MeetingForm.VISIT, (DAY, DAY))]


def block(house: House, wished: Wished = MORNING, who: Principal = ANNA) -> ItemId:
    """Block it; the block's id."""
    return ItemId(house.blocks.set(who, anna(house), wished, sent(who)).result)


def affected(house: House, wished: Wished = MORNING) -> list[str]:
    """Who is booked there already."""
    return [one.id for one in house.staff_meetings.affected(ANNA, anna(house), Span(wished.start, wished.end))]


def test_nobody_books_blocked_time_and_it_is_free_when_the_block_is_lifted() -> None:
    house = annas_house()
    before = free(house)
    id = block(house)
    assert NINE in before
    assert NINE not in free(house)
    with pytest.raises(SlotTaken):
        hold(house, ME, NINE)
    house.blocks.lift(MARIA, id, sent(MARIA))
    house.blocks.lift(ANNA, id, sent(ANNA))
    assert free(house) == before


def test_what_was_booked_before_stays_booked_and_is_shown() -> None:
    house = annas_house()
    id = book(house, ME, NINE)
    block(house, Wished(DAY, DAY, time(9, 45), time(10)))
    assert affected(house, Wished(DAY, DAY, time(9, 45), time(10))) == [id]
    house.staff_meetings.call_off(ANNA, id, ("Sjuk", "Inställt"), sent(ANNA))
    assert affected(house) == []
    assert NINE not in free(house)


def test_a_meeting_under_a_block_can_still_be_moved_away_and_not_back() -> None:
    house = annas_house()
    id = book(house, ME, NINE)
    block(house)
    house.meetings.move(ME, id, NEXT, sent(ME))
    assert affected(house) == []
    with pytest.raises(SlotTaken):
        house.meetings.move(ME, id, NINE, sent(ME))


def test_whoever_holds_the_time_when_it_is_blocked_cannot_confirm_it() -> None:
    house = annas_house()
    id = hold(house, ME, NINE)
    block(house)
    with pytest.raises(SlotTaken):
        house.meetings.confirm(ME, id, sent(ME))
    assert affected(house) == []


class _Overtaken(MemoryStore):
    """Lets somebody else in before the next commit, once."""

    meanwhile: Callable[[], object] | None = None

    def commit(self, writes: Sequence[Write]) -> None:
        if self.meanwhile:
            rival, self.meanwhile = self.meanwhile, None
            rival()
        super().commit(writes)


class _Read(MemoryStore):
    """Lets somebody else in between the two readings of the diaries, once."""

    meanwhile: Callable[[], object] | None = None
    readings = 0

    def get_many(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        if collection == "diaries" and self.meanwhile:
            self.readings += 1
            if self.readings > 1:
                rival, self.meanwhile = self.meanwhile, None
                rival()
        return super().get_many(collection, ids)


@pytest.mark.parametrize("store", [_Overtaken, _Read])
@pytest.mark.parametrize("held", [True, False], ids=["confirming", "holding"])
def test_a_booking_that_is_overtaken_by_a_block_is_not_made(store: type[_Overtaken] | type[_Read], held: bool) -> None:
    base = store()
    house = annas_house(base)
    id = hold(house, ME, NINE) if held else ItemId("")
    base.meanwhile = lambda: block(house)
    act = partial(house.meetings.confirm, ME, id, sent(ME)) if held else partial(hold, house, ME, NINE)
    with pytest.raises(SlotTaken):
        act()
    assert "meanwhile" in vars(base)
    assert affected(house) == []


def test_a_block_that_is_overtaken_by_a_booking_knows_of_it() -> None:
    base = _Overtaken()
    house = annas_house(base)
    id = hold(house, ME, NINE)
    base.meanwhile = lambda: house.meetings.confirm(ME, id, sent(ME))
    block(house)
    assert affected(house) == [id]


def know_of_each_other(store: Store, rounds: int) -> None:
    """A block and a booking at once: either the time is taken, or the block shows who is booked there."""
    house = annas_house(store)
    for number in range(rounds):
        me, day = somebody(number), [DAY, DAY + timedelta(days=1), DAY + timedelta(days=5)][number % 3]
        wished, gate = Wished(day, day, time(9), time(10)), Barrier(2)

        def act(one: int, me: Principal = me, wished: Wished = wished, gate: Barrier = gate) -> str:
            gate.wait()
            try:
                return str(book(house, me, wished.start)) if one else str(block(house, wished))
            except SlotTaken as taken:
                return taken.code

        with ThreadPoolExecutor(2) as pool:
            blocked, booked = pool.map(act, range(2))
        assert affected(house, wished) == ([] if booked == "slot_taken" else [booked])
        if booked != "slot_taken":
            house.meetings.cancel(me, ItemId(booked), "", sent(me))
        house.blocks.lift(ANNA, ItemId(blocked), sent(ANNA))


def test_at_once_the_block_and_the_booking_know_of_each_other(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.db")
    know_of_each_other(store, 8)
    store.close()


@pytest.mark.emulator
def test_at_once_they_know_of_each_other_in_firestore(emulator: Emulator) -> None:
    store = FirestoreStore(emulator.database("blocks"))
    know_of_each_other(store, 8)
    store.close()


@pytest.mark.parametrize("who", OUTSIDERS)
def test_others_neither_block_nor_lift(who: Principal) -> None:
    house = annas_house()
    with pytest.raises(NotAllowed):
        block(house, MORNING, who)
    id = block(house)
    assert house.blocks.find(who, id) is None
    with pytest.raises(NotFound):
        house.blocks.lift(who, id, sent(who))
    with pytest.raises(NotAllowed):
        house.staff_meetings.blocked(who, anna(house), Span(NINE, NEXT))


def test_the_same_form_sent_twice_blocks_once() -> None:
    house = annas_house()
    once = sent(ANNA, start=MORNING.start)
    first, second = (house.blocks.set(ANNA, anna(house), MORNING, once) for _ in range(2))
    assert (first.result, second.first) == (second.result, False)
    assert len(house.staff_meetings.blocked(ANNA, anna(house), Span(NINE, NEXT))) == 1


def test_a_diary_holds_a_hundred_blocks_ahead_and_forgets_those_that_are_over() -> None:
    house = annas_house()
    days = [DAY + timedelta(days=number) for number in range(101)]
    for day in days[:100]:
        block(house, Wished(day, day, time(9), time(10)))
    last = Wished(days[100], days[100], time(9), time(10))
    with pytest.raises(TooManyBlocks):
        block(house, last)
    house.clock.at = NEXT  # type: ignore[attr-defined]
    assert block(house, last)
    left = house.staff_meetings.blocked(ANNA, anna(house), Span(NINE, NEXT + timedelta(days=200)))
    assert [calendar.local_date(one.span.start) for one in left] == days[1:]


def test_who_moves_to_another_unit_lifts_what_they_blocked_before() -> None:
    house = annas_house()
    id, before = block(house), free(house)
    moved = replace(ANNA, unit=UnitId("annan-enhet"))
    house.blocks.lift(moved, id, sent(moved))

    assert len(free(house)) > len(before)
    assert house.blocks.find(replace(moved, roles=frozenset()), id) is None


def test_blocking_and_lifting_stand_in_an_unbroken_trail() -> None:
    house = annas_house()
    id = block(house)
    house.blocks.lift(MARIA, id, sent(MARIA))
    trail = house.store.query(BOOKING_TRAIL, {"booking": id}, limit=10).documents
    row = house.store.get("booking_blocks", id)
    assert row is not None
    assert [(one.fields["action"], one.fields["actor"]) for one in trail] == [
        ("time_blocked", "anna.exempel"),
        ("time_unblocked", "maria.exempel"),
    ]
    assert verify(trail, str(row.fields["audit_head"]))


@pytest.mark.parametrize(
    ("wished", "problems"),
    [
        (MORNING, {}),
        (Wished(DAY, DAY), {}),
        (Wished(DAY, DAY - timedelta(days=1)), {"last": "backwards"}),
        (Wished(DAY, DAY, time(10), time(9)), {"ends": "backwards"}),
        (Wished(DAY, DAY, time(9), time(9)), {"ends": "backwards"}),
        (Wished(date(2026, 10, 1), date(2026, 10, 2)), {"last": "over"}),
        (Wished(DAY, DAY + timedelta(days=200)), {"last": "long"}),
    ],
)
def test_a_time_that_cannot_be_blocked_is_told_of(wished: Wished, problems: dict[str, str]) -> None:
    assert wished.problems(calendar.at(date(2026, 11, 2), time(10))) == problems


def test_a_whole_day_is_blocked_from_midnight_to_midnight_also_when_the_clocks_change() -> None:
    wished = Wished(date(2026, 10, 25), date(2026, 10, 25))
    assert wished.end - wished.start == timedelta(hours=25)
