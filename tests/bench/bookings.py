"""Booking: many who want one time, four weeks of free times among many bookings, and what one booking writes."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from statistics import quantiles
from tempfile import TemporaryDirectory
from threading import Barrier
from time import perf_counter
from typing import Final

from shared.adapters.counting_store import CountingStore
from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.sqlite_store import SqliteStore
from shared.domain import calendar
from shared.domain.booking.atoms import quarters
from shared.domain.booking.bookings import SlotTaken
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.resources import Hours
from shared.ports.store import Store
from shared.records.booking_diaries import Diary
from shared.records.booking_writes import ATOMS
from tests.emulator import Emulator
from tests.meetings import ADVICE, hold, meeting_house, owners_of, room, sent, somebody, staff, town

ROUNDS: Final = 100
PEOPLE: Final = 20
ROOMS: Final = 5
BOOKINGS: Final = 5000
LOOKS: Final = 60
_FIRST: Final = date(2026, 11, 3)
_WHOLE_DAYS: Final = tuple(Hours(day, time(8), time(17)) for day in range(1, 6))


@dataclass(frozen=True, slots=True)
class Race:
    """Rounds in which not exactly one of the clients got the time, and the seconds of the slowest round."""

    clients: int
    rounds: int
    winners_not_one: int
    slowest_s: float


@dataclass(frozen=True, slots=True)
class FreeTimes:
    """Looking for a time in four weeks of twenty people: milliseconds at the 95th percentile, reads, times found."""

    p95_ms: float
    reads: int
    times: int


@dataclass(frozen=True, slots=True)
class SlotBooking:
    """What holding and confirming write beside the atoms, the larger of the two; and the atoms."""

    writes: int
    atoms: int
    reads: int


def race(clients: int = 200, rounds: int = ROUNDS) -> Race:
    """On SQLite."""
    with _sqlite() as store:
        return _raced(store, clients, rounds)


def race_in_firestore(emulator: Emulator, clients: int = 16, rounds: int = ROUNDS) -> Race:
    """On the official emulator."""
    store = FirestoreStore(emulator.database("slot_race"))
    try:
        return _raced(store, clients, rounds)
    finally:
        store.close()


def free_times() -> FreeTimes:
    """On SQLite, 5,000 meetings of half an hour spread over everybody."""
    people = tuple(staff(f"p{n:02}", *_WHOLE_DAYS) for n in range(PEOPLE))
    rooms = tuple(replace(room(f"rum{n}"), hours=_WHOLE_DAYS) for n in range(ROOMS))
    with _sqlite() as store:
        counting = CountingStore(store)
        house = meeting_house(counting, town(*people, *rooms, length=60, every=30))
        counting.commit([_filled(one.id, n).write(house.clock.now()) for n, one in enumerate(people)])
        days = (_FIRST, _FIRST + timedelta(days=27))
        meeting, spent, found = house.offer.meetings[ADVICE], [], 0
        for _ in range(LOOKS):
            counting.clear()
            began = perf_counter()
            found = len(house.meetings.free(meeting, MeetingForm.VISIT, days))
            spent.append((perf_counter() - began) * 1000)
        return FreeTimes(quantiles(spent, n=20)[-1], counting.cost().reads, found)


def slot_booking() -> SlotBooking:
    """A visit of an hour with a quarter's buffer: five quarters of one person and one room."""
    with _sqlite() as store:
        counting = CountingStore(store)
        house, me = meeting_house(counting), somebody()
        counting.clear()
        id = hold(house, me, calendar.at(_FIRST + timedelta(days=1), time(9)))
        held, atoms = counting.cost(without=[ATOMS]), counting.by_collection()[ATOMS].writes
        counting.clear()
        house.meetings.confirm(me, id, sent(me))
        confirmed = counting.cost(without=[ATOMS])
        return SlotBooking(max(held.writes, confirmed.writes), atoms, max(held.reads, confirmed.reads))


def _raced(store: Store, clients: int, rounds: int) -> Race:
    house = meeting_house(store, town(staff("vera", *_WHOLE_DAYS), ahead=366))
    wrong, slowest = 0, 0.0
    with ThreadPoolExecutor(clients) as pool:
        for round_, start in zip(range(rounds), _starts(), strict=False):
            gate = Barrier(clients)

            def want(n: int, start: datetime = start, gate: Barrier = gate, base: int = round_ * clients) -> bool:
                gate.wait()
                try:
                    hold(house, somebody(base + n), start, MeetingForm.PHONE)
                except SlotTaken:
                    return False
                return True

            began = perf_counter()
            won = sum(pool.map(want, range(clients)))
            slowest = max(slowest, perf_counter() - began)
            wrong += won != 1 or len(owners_of(house, start)) != 1
    return Race(clients, rounds, wrong, slowest)


def _starts() -> Iterator[datetime]:
    """Times that touch none of the others: four on each working day."""
    day = calendar.next_working_day(_FIRST)
    while True:
        for hour in (8, 10, 13, 15):
            yield calendar.at(day, time(hour))
        day = calendar.next_working_day(day)


def _filled(one: str, place: int) -> Diary:
    """A diary with its share of the bookings, half an hour each, on the working days of four weeks."""
    diary, day = Diary(one), _FIRST
    days: list[date] = []
    while len(days) < 20:
        days.append(day)
        day = calendar.next_working_day(day)
    for number in range(BOOKINGS // PEOPLE):
        start = calendar.at(days[number % len(days)], time(8)) + timedelta(
            minutes=15 * ((number // len(days) * 2 + place) % 34)
        )
        span = quarters(start, start + timedelta(minutes=30))
        diary.kept[f"{place}-{number}"] = [span.start, len(span), 0]
    return diary


@contextmanager
def _sqlite() -> Iterator[Store]:
    with TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "store.db")
        try:
            yield store
        finally:
            store.close()
