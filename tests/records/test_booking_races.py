"""Sixteen people want the same time at once: one gets it, the others are told, and nothing is half."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from threading import Barrier
from typing import Final

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.memory_store import MemoryStore
from shared.adapters.sqlite_store import SqliteStore
from shared.app import House
from shared.domain import calendar
from shared.domain.booking.atoms import atoms
from shared.domain.booking.bookings import HoldExpired, SlotTaken
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.ids import ItemId
from shared.ports.store import Document, Store
from shared.records.booking_writes import ATOMS
from tests.emulator import Emulator
from tests.houses import HandClock
from tests.meetings import book, hold, meeting_house, room, sent, somebody, staff, town

MANY: Final = 16
DAYS: Final = [date(2026, 11, 4) + timedelta(days=n) for n in (0, 1, 5, 6, 7, 8)]


@contextmanager
def _memory(_: Path) -> Iterator[Store]:
    yield MemoryStore()


@contextmanager
def _sqlite(folder: Path) -> Iterator[Store]:
    store = SqliteStore(folder / "store.db")
    yield store
    store.close()


KEEPERS = pytest.mark.parametrize("keeper", [_memory, _sqlite])


def at_once(act: Callable[[int], str]) -> list[str]:
    """What each of sixteen got who began in the same instant."""
    gate = Barrier(MANY)

    def one(number: int) -> str:
        gate.wait()
        try:
            return act(number)
        except (SlotTaken, HoldExpired) as broken:
            return broken.code

    with ThreadPoolExecutor(MANY) as pool:
        return list(pool.map(one, range(MANY)))


def owners(house: House, start: datetime) -> list[set[str]]:
    """Whose the quarters are, for the person and the room."""
    store, end = house.kept.store, start + timedelta(minutes=75)
    return [
        {str(one.fields["booking"]) for one in store.get_many("booking_atoms", atoms(id, start, end)).values()}
        for id in ("vera", "eken")
    ]


def one_winner_each_round(store: Store, rounds: int) -> None:
    house = meeting_house(store, town(ahead=60))
    for number in range(rounds):
        start = calendar.at(DAYS[number % len(DAYS)], time(9, 30 * (number // len(DAYS) % 2)))
        found = at_once(lambda n, at=start, base=number: str(book(house, somebody(n + 16 * base), at)))  # type: ignore[misc]
        won = [one for one in found if one != "slot_taken"]
        assert len(won) == 1
        assert owners(house, start) == [{won[0]}, {won[0]}]
        house.meetings.cancel(somebody(found.index(won[0]) + 16 * number), ItemId(won[0]), "", sent(somebody()))


@KEEPERS
def test_sixteen_at_once_and_one_gets_the_time(keeper: Callable[[Path], Iterator[Store]], tmp_path: Path) -> None:
    with keeper(tmp_path) as store:  # type: ignore[attr-defined]
        one_winner_each_round(store, 12)


@pytest.mark.emulator
def test_sixteen_at_once_and_one_gets_the_time_in_firestore(emulator: Emulator) -> None:
    store = FirestoreStore(emulator.database("bookings"))
    one_winner_each_round(store, 12)
    store.close()


@KEEPERS
def test_a_dead_hold_goes_to_one_of_those_who_take_it_over_or_confirm_it_late(
    keeper: Callable[[Path], Iterator[Store]], tmp_path: Path
) -> None:
    with keeper(tmp_path) as store:  # type: ignore[attr-defined]
        clock = HandClock()
        house = meeting_house(store, town(), clock)
        for day in DAYS[:4]:
            start = calendar.at(day, time(9))
            old = hold(house, somebody(99), start)
            clock.advance(timedelta(minutes=10))
            found = at_once(
                lambda n, at=start, id=old: (  # type: ignore[misc]
                    str(hold(house, somebody(n), at))
                    if n
                    else str(house.meetings.confirm(somebody(99), id, sent(somebody(99))).result)
                )
            )
            won = [one for one in found if one not in {"slot_taken", "hold_expired"}]
            assert len(won) == 1
            assert owners(house, start) == [{won[0]}, {won[0]}]


@KEEPERS
def test_different_times_with_the_same_person_all_go_well(
    keeper: Callable[[Path], Iterator[Store]], tmp_path: Path
) -> None:
    with keeper(tmp_path) as store:  # type: ignore[attr-defined]
        house = meeting_house(store, town(staff(), room(), length=15, buffer=0, every=15))
        starts = [calendar.at(day, time(9)) + timedelta(minutes=15 * n) for day in DAYS[:2] for n in range(8)]
        found = at_once(lambda n: str(book(house, somebody(n), starts[n])))
        assert len(set(found) - {"slot_taken"}) == MANY


@KEEPERS
def test_the_same_form_sent_sixteen_times_at_once_is_one_meeting(
    keeper: Callable[[Path], Iterator[Store]], tmp_path: Path
) -> None:
    with keeper(tmp_path) as store:  # type: ignore[attr-defined]
        house = meeting_house(store)
        me, start = somebody(), calendar.at(DAYS[0], time(9))
        id = hold(house, me, start)
        form = sent(me)
        assert set(at_once(lambda _: house.meetings.confirm(me, id, form).result)) == {id}
        assert [one.id for one in house.meetings.ahead(me)] == [id]


class _Overtaken(MemoryStore):
    """Lets somebody else in between the reading of the diaries and of the quarters, once."""

    def __init__(self) -> None:
        super().__init__()
        self.meanwhile: Callable[[], object] | None = None

    def get_many(self, collection: str, ids: Sequence[str]) -> dict[str, Document]:
        if collection == ATOMS and self.meanwhile:
            rival, self.meanwhile = self.meanwhile, None
            rival()
        return super().get_many(collection, ids)


def test_whoever_is_overtaken_gets_the_colleague_who_is_free() -> None:
    for _ in range(10):
        store = _Overtaken()
        house = meeting_house(store, town(staff("vera"), staff("samir"), room()))
        at = calendar.at(DAYS[0], time(9))
        store.meanwhile = partial(hold, house, somebody(7), at, MeetingForm.PHONE)
        hold(house, somebody(1), at, MeetingForm.PHONE)
        with pytest.raises(SlotTaken):
            hold(house, somebody(2), at, MeetingForm.PHONE)
