"""Every function mounted over one house in memory, as the host mounts them; store, keys and alarms fail when told."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

import httpx2

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.kept import Kept
from shared.adapters.local_keys import LocalKeyRing
from shared.adapters.memory_store import MemoryStore
from shared.adapters.municipality_file import load_municipality
from shared.app import House, assemble, use
from shared.demo.eid import PREFIX, create_eid
from shared.domain.ids import ItemId, OrganisationId, PersonIndex, StaffId, UnitId
from shared.domain.municipality import Municipality, Staff, Unit
from shared.domain.principals import Kind, Principal, Role
from shared.host.function_specs import read_functions
from shared.host.mounts import Mounts, load
from shared.ports.store import Store
from shared.settings import Settings
from tests.adapters.faulty_store import FaultyStore
from tests.directories import RONJA
from tests.houses import DEMO, HandClock, NotedAlarms
from tests.journeys.visitor import Visitor, in_process
from tests.memory_files import MemoryFiles
from tests.people import ANNA, CIA, ELSA, MARIA, SAMIR

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ELSEWHERE: Final = UnitId("vuxenenheten")
_ALI, _BEA = StaffId("ali.exempel"), StaffId("bea.exempel")
TOLVAN: Final = Principal(Kind.RESIDENT, person=PersonIndex("f" * 32), name="Tolvan Exempel", assurance=3)
ALI: Final = replace(ANNA, staff=_ALI, person=PersonIndex("1" * 32), unit=ELSEWHERE)
"""Does the same work as Anna, in another unit."""
BEA: Final = replace(ANNA, staff=_BEA, person=PersonIndex("2" * 32), roles=frozenset())
"""Employed in Anna's unit, without a role there."""
INVITED: Final = Principal(Kind.INVITED, invitation=ItemId("1" * 32), letter=ItemId("2" * 32))
"""Has typed the code of a letter."""
PEOPLE: Final[Mapping[str, Principal | None]] = {
    "anonymous": None,
    "resident": TOLVAN,
    "another resident": replace(TOLVAN, person=PersonIndex("7" * 32), name="Annan Exempel"),
    "reporter": ELSA,
    "another reporter": replace(CIA, organisation=OrganisationId("exempelforskolan")),
    "caseworker": ANNA,
    "colleague": SAMIR,
    "lead": MARIA,
    "another unit": ALI,
    "no role": BEA,
    "administrator": RONJA,
    "invited": INVITED,
}
"""Everybody who may knock: Elsa has filed the report, Anna has taken the case."""


@dataclass(slots=True)
class Town:
    """One installation, everything within reach of a test."""

    house: House
    clock: HandClock
    store: FaultyStore
    keys: FaultyStore
    alarms: NotedAlarms
    app: "WSGIApplication"

    def visitor(self, who: Principal | None = None) -> Visitor:
        """A browser, logged in as `who`."""
        visitor = Visitor(self.house.settings.origin, in_process(self.app))
        if who is not None:
            prefix = "" if self.house.settings.demo else "__Host-"
            visitor.cookies[f"{prefix}session"] = self.house.sessions.start(who)
        return visitor


@contextmanager
def town(store: Store | None = None, settings: Settings = DEMO, *, keyed: Store | None = None) -> Iterator[Town]:
    """The town with the test e-ID in it, standing as long as the context lasts; its keys lie in `keyed`."""
    clock, alarms = HandClock(), NotedAlarms()
    documents, keys = FaultyStore(store or MemoryStore()), FaultyStore(keyed or MemoryStore())
    ring = LocalKeyRing(keys, b"m" * 32, settings.tenant, clock)
    cipher = AesCipher(ring)
    kept = Kept(
        documents, ring, cipher, alarms, MemoryFiles(cipher, DEMO.tenant), clock, ring.standing, documents.close
    )
    apps = {one.prefix: load(one) for one in read_functions()}
    with TemporaryDirectory() as folder:
        eid = create_eid(DEMO, clock, Path(folder))
        wire = httpx2.WSGITransport(app=eid)
        with use(assemble(settings, kept, _municipality(), wire)) as house:
            yield Town(house, clock, documents, keys, alarms, Mounts({**apps, PREFIX: eid}))
    house.close()


def _municipality() -> Municipality:
    known = load_municipality(DEMO.municipality)
    anna = known.staff[StaffId("anna.exempel")]
    more = {
        _ALI: replace(anna, id=_ALI, name="Ali Exempel", unit=ELSEWHERE),
        _BEA: replace(anna, id=_BEA, name="Bea Exempel", roles=frozenset[Role]()),
    }
    unit = replace(known.intake, id=ELSEWHERE, name="Vuxenenheten", intake=False)
    units: dict[UnitId, Unit] = {**known.units, ELSEWHERE: unit}
    staff: dict[StaffId, Staff] = {**known.staff, **more}
    return replace(known, units=units, staff=staff)
