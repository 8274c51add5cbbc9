"""The queue page over ever longer queues, all served at once and asked in turn."""

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.browsers import HttpBrowser, log_in
from tests.bench.jobs import QUEUE_PAGE, Step
from tests.bench.long_queues import fill
from tests.bench.processes import Server
from tests.bench.rounds import Side, paired
from tests.bench.serving import product

SIZES: Final = (1_000, 10_000, 100_000, 1_000_000)
_TIMES: Final = 40


@dataclass(frozen=True, slots=True)
class Sized:
    """Medians over the rounds; a ratio is the median of the ratios to the shortest queue in the same round."""

    cpu_ms: float
    p50_ms: float
    p95_ms: float
    cpu_ratio_to_shortest: float
    p50_ratio_to_shortest: float


def measured(sizes: tuple[int, ...] = SIZES) -> Mapping[int, Sized]:
    """The whole page over HTTP at each size, one client at a time."""
    with TemporaryDirectory() as name, ExitStack() as servers:
        folders = {size: Path(name, str(size)) for size in sizes}
        for size, folder in folders.items():
            folder.mkdir()
            fill(folder, size)
        sides = [_side(servers.enter_context(product(folder))) for folder in folders.values()]
        played = paired(sides)
    shortest = played[0]
    return {
        size: Sized(
            cpu_ms=median(one.cpu_ms for one in rounds),
            p50_ms=median(one.p50_ms for one in rounds),
            p95_ms=median(one.p95_ms for one in rounds),
            cpu_ratio_to_shortest=median(
                one.cpu_ms / short.cpu_ms for one, short in zip(rounds, shortest, strict=True)
            ),
            p50_ratio_to_shortest=median(
                one.p50_ms / short.p50_ms for one, short in zip(rounds, shortest, strict=True)
            ),
        )
        for size, rounds in zip(sizes, played, strict=True)
    }


def _side(server: Server) -> Side:
    browser = HttpBrowser(server.port)
    log_in(browser, QUEUE_PAGE.person)
    return Side(server, [browser], lambda browser: [Step("/arbete/ko")] * _TIMES)
