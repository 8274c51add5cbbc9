"""What each job asks of the store, counted in this process: the same every time, on any machine and every keeper."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.counting_store import Cost, CountingStore
from shared.adapters.kept import Kept
from shared.adapters.local_keys import LocalKeyRing
from shared.adapters.sqlite_store import SqliteStore
from shared.app import House, assemble, use
from shared.domain.principals import Principal
from shared.domain.queries import DATA_KEYS_MADE
from shared.host.function_specs import read_functions
from shared.host.mounts import Mounts, load
from shared.ports.store import Store
from tests.bench.browsers import PagesBrowser
from tests.bench.jobs import Job, take
from tests.houses import DEMO, HandClock, NotedAlarms, login
from tests.memory_files import MemoryFiles

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

APART = ("sessions",)
"""Counted apart, as the price of being logged in; keys and alarms have keepers of their own."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What one job costs: documents and round trips of the store, alarms set, round trips for keys.

    `timeline_reads` is the part of `reads` that shows a page of what has happened.
    """

    reads: int
    writes: int
    deletes: int
    tasks: int
    rpcs: int
    key_rpcs: int
    timeline_reads: int


@dataclass(frozen=True, slots=True)
class CountedHouse:
    """A whole house whose keepers keep the bill."""

    house: House
    pages: "WSGIApplication"
    store: CountingStore
    keys: CountingStore
    alarms: NotedAlarms

    def browser(self, who: Principal) -> PagesBrowser:
        """A browser of somebody who is logged in."""
        return PagesBrowser(self.pages, DEMO.origin, login(self.house, who))

    def count(self, job: Job) -> Counts:
        """The job done once before, so that what is read once per process is read, and once for the bill."""
        browser = self.browser(job.who(self.house))
        first, second, *_ = job.stock(self.house, job.crowd)
        take(browser, job.ready(browser, first))
        step, set_before = job.ready(browser, second), len(self.alarms.wakes)
        self.forget_keys()
        self.store.clear()
        self.keys.clear()
        take(browser, step)
        cost, timeline = self.store.cost(without=APART), self.store.by_collection().get("audit", Cost())
        return Counts(
            **{name: value for name, value in asdict(cost).items() if name != "rpcs"},
            tasks=len(self.alarms.wakes) - set_before,
            rpcs=cost.rpcs,
            key_rpcs=self.keys.cost().rpcs,
            timeline_reads=timeline.reads,
        )

    def forget_keys(self) -> None:
        """Let the next page fetch its keys again, as another instance would."""
        ring = self.house.kept.ring
        assert isinstance(ring, LocalKeyRing)
        ring._data._kept.clear()


@contextmanager
def counted_house(folder: Path, *, kept: tuple[Store, Store] | None = None) -> Iterator[CountedHouse]:
    """A house for as long as the context lasts: over these keepers of documents and keys, or SQLite in `folder`."""
    documents, keyed = kept or (
        SqliteStore(folder / "store.db"),
        SqliteStore(folder / "keys.db", shapes=(DATA_KEYS_MADE,)),
    )
    store, keys = CountingStore(documents), CountingStore(keyed)
    clock, alarms = HandClock(), NotedAlarms()
    ring = LocalKeyRing(keys, b"m" * 32, DEMO.tenant, clock)
    cipher = AesCipher(ring)
    house = assemble(
        DEMO, Kept(store, ring, cipher, alarms, MemoryFiles(cipher, DEMO.tenant), clock, ring.standing, lambda: None)
    )
    pages = Mounts({spec.prefix: load(spec) for spec in read_functions() if not spec.internal})
    with use(house):
        yield CountedHouse(house, pages, store, keys, alarms)
    store.close()
    keys.close()
