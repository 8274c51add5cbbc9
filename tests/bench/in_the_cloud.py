"""The keepers of the cloud against the official emulator: a cold start beside its floor, and many writers of one case.

The floor of a cold start is what nobody can do without there: the framework, Google's own clients for documents and
tasks, a library for tokens, and one document read. In production a start also opens the master key: since no emulator
has that service, the same start with its client loaded stands beside it.
"""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from shared.adapters.firestore_store import FirestoreStore
from shared.ports.store import Conflict, Create, Replace, Store, Unavailable
from tests.bench.cold_starts import FIRST_PAGES, Once, framework, once, source
from tests.emulator import Emulator, launcher

ROUNDS: Final = 15
WRITERS: Final = 16
TIMES: Final = 5
_FLOOR: Final = """
import jwt
from google.cloud import firestore, tasks_v2
database = firestore.Client(project="{project}", database="data")

def http(request):
    database.document("things/none").get()
    return "Hello"
"""
_WITH_KEYS: Final = "from google.cloud import kms_v1\nfrom functions.{name}.main import http\n"


@dataclass(frozen=True, slots=True)
class CloudStart:
    """Medians over the rounds; ratios are to the floor in the same round, and the slowest function is the figure.

    `cpu_ratio_in_production` is that of the same function with the key service's client loaded as well.
    """

    cpu_ms: float
    floor_cpu_ms: float
    cpu_ratio_to_floor: float
    wall_ms: float
    memory_mb: float
    cpu_ratio_in_production: float


@dataclass(frozen=True, slots=True)
class Writers:
    """16 who change one case at once, five times over: updates lost, answers that were not true, the most seconds."""

    lost: int
    wrong: int
    seconds: float


@contextmanager
def emulated() -> Iterator[Emulator | None]:
    """The emulator, for as long as the context lasts; None where it is missing."""
    if launcher() is None:
        yield None
        return
    emulator = Emulator()
    try:
        emulator.start()
        yield emulator
    finally:
        emulator.kill()


def cold_start(emulator: Emulator) -> CloudStart:
    """Every function with a page of its own, and the floor, in turn."""
    with TemporaryDirectory() as name:
        room = Path(name)
        cloud = {
            "TROSKELFRI_KEEPERS": "cloud",
            "TROSKELFRI_PROJECT": emulator.database(name).project,
            "FIRESTORE_EMULATOR_HOST": emulator.address,
        }
        files = {"floor": _FLOOR.format(project=cloud["TROSKELFRI_PROJECT"])}
        files |= {f"{name}_with_keys": _WITH_KEYS.format(name=name) for name in FIRST_PAGES}
        for kind, text in files.items():
            (room / kind).mkdir()
            (room / kind / "main.py").write_text(text, "utf-8")
        rounds = [_round(room, cloud) for _ in range(ROUNDS + 1)][1:]
    return _summed(rounds)


def _round(room: Path, cloud: Mapping[str, str]) -> dict[str, Once]:
    found = {"floor": once(framework(room / "floor" / "main.py", "/", room, cloud))}
    for name, path in FIRST_PAGES.items():
        found[name] = once(framework(source(name), path, room, cloud))
        kind = f"{name}_with_keys"
        found[kind] = once(framework(room / kind / "main.py", path, room, cloud))
    return found


def _summed(rounds: list[dict[str, Once]]) -> CloudStart:
    def ratio(name: str) -> float:
        return median(one[name].cpu_ms / one["floor"].cpu_ms for one in rounds)

    slowest = max(FIRST_PAGES, key=ratio)
    return CloudStart(
        cpu_ms=median(one[slowest].cpu_ms for one in rounds),
        floor_cpu_ms=median(one["floor"].cpu_ms for one in rounds),
        cpu_ratio_to_floor=ratio(slowest),
        wall_ms=median(one[slowest].wall_ms for one in rounds),
        memory_mb=median(one[slowest].memory_mb for one in rounds),
        cpu_ratio_in_production=ratio(f"{slowest}_with_keys"),
    )


def writers(emulator: Emulator) -> Writers:
    """Each writer raises the number in the case and adds an entry of its own, until it is told that this was done."""
    store = FirestoreStore(emulator.database("writers"), shapes=())
    played = [_played(store, f"c{number}") for number in range(TIMES + 1)][1:]  # the emulator's first writes are slow
    store.close()
    return Writers(
        lost=sum(one.lost for one in played),
        wrong=sum(one.wrong for one in played),
        seconds=max(one.seconds for one in played),
    )


def _played(store: Store, id: str) -> Writers:
    store.commit([Create("cases", id, {"n": 0})])
    begun = perf_counter()
    with ThreadPoolExecutor(WRITERS) as threads:
        answers = list(threads.map(lambda writer: _raised(store, id, f"{id}-{writer}"), range(WRITERS)))
    seconds = perf_counter() - begun
    case = store.get("cases", id)
    entries = store.get_many("entries", [f"{id}-{writer}" for writer in range(WRITERS)])
    told = {f"{id}-{writer}" for writer, answer in enumerate(answers) if answer}
    n = case.fields["n"] if case is not None else None
    return Writers(
        lost=len(entries) - (n if isinstance(n, int) else 0),
        wrong=len(told ^ set(entries)),
        seconds=seconds,
    )


def _raised(store: Store, id: str, entry: str) -> bool:
    while True:
        case = store.get("cases", id)
        n = case.fields["n"] if case is not None else None
        if case is None or not isinstance(n, int):
            return False
        try:
            store.commit([Replace("cases", id, case.rev, {"n": n + 1}), Create("entries", entry, {"n": n + 1})])
        except Conflict:
            continue
        except Unavailable:
            return False
        return True
