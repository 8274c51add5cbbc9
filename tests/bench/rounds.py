"""Paired rounds: product, floor, product, floor … so that what else the machine does weighs on both alike."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median, quantiles
from threading import Thread
from time import perf_counter
from typing import Final, TypeAlias

from tests.bench.browsers import HttpBrowser, WentWrong
from tests.bench.processes import Server

Doing: TypeAlias = Callable[[HttpBrowser], object]
"""One job, as a browser does it."""
ROUNDS: Final = 9
CLIENTS: Final = 2


@dataclass(frozen=True, slots=True)
class Round:
    """One round at one server: CPU milliseconds of its process tree per job, and how long its clients waited."""

    cpu_ms: float
    p50_ms: float
    p95_ms: float


@dataclass(frozen=True, slots=True)
class Side:
    """One of the servers compared: `ready` gives each browser what it does in a round, before the clock starts."""

    server: Server
    browsers: Sequence[HttpBrowser]
    ready: Callable[[HttpBrowser], list[Doing]]


def paired(sides: Sequence[Side], rounds: int = ROUNDS) -> list[list[Round]]:
    """The rounds of each side, in turn; one round of each comes first and is not counted."""
    played = [[play(side) for side in sides] for _ in range(rounds + 1)][1:]
    return [list(one) for one in zip(*played, strict=True)]


def play(side: Side) -> Round:
    """One round: all clients at once, each doing its jobs one after another."""
    jobs = [side.ready(browser) for browser in side.browsers]
    waits: list[float] = []
    before = side.server.cpu_ms()
    threads = [Thread(target=_do_all, args=(*one, waits)) for one in zip(side.browsers, jobs, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if len(waits) != sum(map(len, jobs)):
        raise WentWrong("a client stopped half-way; its error stands above")
    spent = side.server.cpu_ms() - before
    return Round(spent / len(waits), median(waits), quantiles(waits, n=20)[-1])


def _do_all(browser: HttpBrowser, jobs: Sequence[Doing], waits: list[float]) -> None:
    for do in jobs:
        begun = perf_counter()
        do(browser)
        waits.append((perf_counter() - begun) * 1000)
