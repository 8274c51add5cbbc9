"""How often a page waits for Firestore, one time after another: what the distance to the store costs a person."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import local

from shared.adapters.firestore_links import Link
from shared.adapters.firestore_store import FirestoreStore
from shared.domain.queries import DATA_KEYS_MADE
from shared.ports.store import T, Write
from tests.bench.counting import CountedHouse, counted_house
from tests.bench.jobs import Job, take
from tests.emulator import Emulator


def round_trips(emulator: Emulator, job: Job) -> int:
    """Round trips to the documents for the request of the job that makes most of them, beside the session's own.

    What is sent counts until it is written: what follows the commit comes on top. What the job needs of keys is at
    hand, as in a process that has done it before.
    """
    with TemporaryDirectory() as folder:
        data = FirestoreStore(emulator.database(folder), patience=60, try_s=20)
        keys = FirestoreStore(emulator.database(f"keys {folder}"), shapes=[DATA_KEYS_MADE], patience=60, try_s=20)
        trips = _counted(data)
        with counted_house(Path(folder), kept=(data, keys)) as house:
            return _most(house, job, trips)


class _Trips:
    """The round trips of one request."""

    def __init__(self) -> None:
        self.made: list[None] = []
        self.until_sent: int | None = None

    def clear(self) -> None:
        """Begin with another request."""
        self.made.clear()
        self.until_sent = None

    def counted(self) -> int:
        """All of them, or those until what was sent was written."""
        return len(self.made) if self.until_sent is None else self.until_sent


def _most(house: CountedHouse, job: Job, trips: _Trips) -> int:
    browser = house.browser(job.who(house.house))
    first, second, *_ = job.stock(house.house, job.crowd)
    take(browser, job.ready(browser, first))
    step = job.ready(browser, second)
    if step.fields is None:
        return _trips(house, trips, lambda: browser.get(step.path))
    posted = []
    sent = _trips(house, trips, lambda: posted.append(browser.post(step.path, step.fields or {})))
    return max(sent, _trips(house, trips, lambda: browser.get(posted[0].location))) if step.onward else sent


def _trips(house: CountedHouse, trips: _Trips, work: Callable[[], object]) -> int:
    trips.clear()
    house.store.clear()
    work()
    sessions = house.store.by_collection().get("sessions")
    return trips.counted() - (0 if sessions is None else sessions.rpcs)


def _counted(store: FirestoreStore) -> _Trips:
    """Every round trip that the store makes from now on; those made together count as the longest."""
    trips, here = _Trips(), local()
    links, together, commit = store._calls._links, store.together, store.commit
    lent = links.lent

    def counting() -> AbstractContextManager[Link]:
        getattr(here, "trips", trips.made).append(None)
        return lent()

    def waiting(*calls: Callable[[], T]) -> list[T]:
        apart: list[list[None]] = [[] for _ in calls]
        found = together(*(partial(_within, here, own, call) for own, call in zip(apart, calls, strict=True)))
        getattr(here, "trips", trips.made).extend([None] * max(map(len, apart), default=0))
        return found

    def committing(writes: Sequence[Write]) -> None:
        commit(writes)
        if any(one.collection == "idempotency" for one in writes):
            trips.until_sent = len(trips.made)

    links.lent = counting  # type: ignore[assignment, method-assign]
    store.together = waiting  # type: ignore[method-assign]
    store.commit = committing  # type: ignore[method-assign]
    return trips


def _within(here: local, own: list[None], call: Callable[[], T]) -> T:
    before = getattr(here, "trips", None)  # one call alone is made where it was asked for, within another perhaps
    here.trips = own
    try:
        return call()
    finally:
        del here.trips
        if before is not None:
            here.trips = before
