"""One page over ever longer lists, all served at once and asked in turn."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.browsers import HttpBrowser, log_in
from tests.bench.jobs import Step, take
from tests.bench.processes import Server
from tests.bench.rounds import Side, paired
from tests.bench.serving import product

_TIMES: Final = 40


@dataclass(frozen=True, slots=True)
class Sized:
    """Medians over the rounds; a ratio is the median of the ratios to the shortest list in the same round."""

    cpu_ms: float
    p50_ms: float
    p95_ms: float
    cpu_ratio_to_shortest: float
    p50_ratio_to_shortest: float


def measured(person: str, path: str, fill: Callable[[Path, int], None], sizes: tuple[int, ...]) -> Mapping[int, Sized]:
    """The whole page over HTTP at each size, one client at a time; `fill` makes an installation with so many."""
    with TemporaryDirectory() as name, ExitStack() as servers:
        folders = {size: Path(name, str(size)) for size in sizes}
        for size, folder in folders.items():
            folder.mkdir()
            fill(folder, size)
        sides = [_side(servers.enter_context(product(folder)), person, path) for folder in folders.values()]
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


def _side(server: Server, person: str, path: str) -> Side:
    browser = HttpBrowser(server.port)
    log_in(browser, person)
    return Side(server, [browser], lambda _browser: [partial(take, step=Step(path))] * _TIMES)
