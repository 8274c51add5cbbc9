"""A whole house over memory keepers, with a clock that tests move."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.counting_store import CountingStore
from shared.adapters.kept import Kept
from shared.adapters.local_keys import LocalKeyRing
from shared.adapters.memory_store import MemoryStore
from shared.app import House, assemble
from shared.domain.principals import Principal
from shared.ports.alarms import AlarmsUnavailable, Wake
from shared.ports.store import Store
from shared.settings import Settings, Stage
from tests.memory_files import MemoryFiles
from tests.people import MONDAY

DEMO = Settings(stage=Stage.DEMO, origin="http://localhost:8080")


class HandClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, by: timedelta) -> None:
        self.at += by


class NotedAlarms:
    """Alarms that only remember; while `down` they do not answer."""

    def __init__(self) -> None:
        self.wakes: dict[str, Wake] = {}
        self.down = False

    def arm(self, wakes: Sequence[Wake]) -> None:
        if self.down:
            raise AlarmsUnavailable
        for wake in wakes:
            self.wakes.setdefault(wake.name, wake)


def kept(store: Store | None = None, clock: HandClock | None = None, keyed: Store | None = None) -> Kept:
    """Keepers in memory; the store counts what it is asked, and keys lie in `keyed`."""
    moving = clock or HandClock()
    ring = LocalKeyRing(keyed or MemoryStore(), b"m" * 32, DEMO.tenant, moving)
    documents = CountingStore(store or MemoryStore())
    cipher = AesCipher(ring)
    return Kept(
        documents, ring, cipher, NotedAlarms(), MemoryFiles(cipher, DEMO.tenant), moving, ring.standing, lambda: None
    )


def demo_house(store: Store | None = None, clock: HandClock | None = None) -> House:
    """A house at stage demo over memory keepers."""
    return assemble(DEMO, kept(store, clock))


def login(house: House, principal: Principal) -> str:
    """The token of a new session of the principal."""
    return house.sessions.start(principal)
