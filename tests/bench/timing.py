"""One job timed: the product and its floor side by side, two clients each."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.bench.browsers import HttpBrowser, log_in
from tests.bench.jobs import Job, take
from tests.bench.processes import Server
from tests.bench.rounds import CLIENTS, ROUNDS, Doing, Round, Side, paired
from tests.bench.serving import floor, product, stocked


@dataclass(frozen=True, slots=True)
class Timed:
    """Medians over the rounds; a ratio is the median of the ratios of each pair of rounds."""

    cpu_ms: float
    floor_cpu_ms: float
    cpu_ratio_to_floor: float
    p50_ms: float
    p95_ms: float
    floor_p95_ms: float
    p95_ratio_to_floor: float
    memory_mb: float


def timed(job: Job) -> Timed:
    """Serve both, play the rounds, compare."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        ids = stocked(folder, lambda house: job.stock(house, (ROUNDS + 1) * job.times))
        with product(folder) as ours, floor(folder) as least:
            sides = (_ours(job, ours, list(ids)), _least(job, least))
            mine, floors = paired(sides)
            return compared(mine, floors, ours.memory_mb())


def _ours(job: Job, server: Server, ids: list[str]) -> Side:
    browsers = [HttpBrowser(server.port) for _ in range(CLIENTS)]
    for browser in browsers:
        log_in(browser, job.person)

    def ready(browser: HttpBrowser) -> list[Doing]:
        return [partial(take, step=job.ready(browser, ids.pop())) for _ in range(job.times // CLIENTS)]

    return Side(server, browsers, ready)


def _least(job: Job, server: Server) -> Side:
    browsers = [HttpBrowser(server.port) for _ in range(CLIENTS)]
    for browser in browsers:
        browser.get("/in")

    def ready(browser: HttpBrowser) -> list[Doing]:
        return [partial(take, step=job.floor(browser)) for _ in range(job.times // CLIENTS)]

    return Side(server, browsers, ready)


def compared(mine: Sequence[Round], floors: Sequence[Round], memory_mb: float) -> Timed:
    """What the pairs of rounds say."""
    pairs = list(zip(mine, floors, strict=True))
    return Timed(
        cpu_ms=median(one.cpu_ms for one in mine),
        floor_cpu_ms=median(one.cpu_ms for one in floors),
        cpu_ratio_to_floor=median(one.cpu_ms / least.cpu_ms for one, least in pairs),
        p50_ms=median(one.p50_ms for one in mine),
        p95_ms=median(one.p95_ms for one in mine),
        floor_p95_ms=median(one.p95_ms for one in floors),
        p95_ratio_to_floor=median(one.p95_ms / least.p95_ms for one, least in pairs),
        memory_mb=memory_mb,
    )
