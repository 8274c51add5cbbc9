"""The product and the floor as they are served: one gunicorn worker each, on this machine, at stage demo."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Final, TypeVar

from shared.adapters.clock import AdjustableClock
from shared.app import House, open_house, use
from shared.domain import calendar
from shared.settings import ROOT, Keepers, Settings, Stage
from tests.bench.processes import Server, free_port, served

HEALTH: Final = "/halsa/lever"
_T = TypeVar("_T")


def demo(folder: Path, port: int = 0) -> Settings:
    """The settings of an installation in `folder`."""
    origin = f"http://localhost:{port}"
    return Settings(stage=Stage.DEMO, keepers=Keepers.EMBEDDED, origin=origin, var=folder)


def stocked(folder: Path, make: Callable[[House], _T]) -> _T:
    """What `make` puts into the installation's data, before it is served."""
    house = open_house(demo(folder))
    put_clock(house)
    try:
        with use(house):
            return make(house)
    finally:
        house.close()


def put_clock(house: House) -> None:
    """Put the clock to ten on a Monday: at night and on holidays a report rings the duty at once, another job."""
    clock = house.clock
    if not isinstance(clock, AdjustableClock):
        raise TypeError(type(clock))
    now = calendar.local(clock.now())
    monday = (now + timedelta(days=7 - now.weekday())).replace(hour=10, minute=0)
    clock.advance(monday - now)


@contextmanager
def product(folder: Path, path: str = HEALTH, host: str = "shared.host") -> Iterator[Server]:
    """The whole host over the data in `folder`; `host` is the module that serves it."""
    port = free_port()
    with served(["-m", host], port, path, environment(folder, port), folder / "errors") as server:
        yield server


@contextmanager
def floor(folder: Path) -> Iterator[Server]:
    """The floor over an empty file in `folder`."""
    port = free_port()
    words = ["-m", "tests.bench.floor", str(port), str(folder / "floor.db")]
    with served(words, port, "/", {}, folder / "errors") as server:
        yield server


def environment(folder: Path, port: int) -> dict[str, str]:
    """The same settings as variables, for a process of its own."""
    return {
        "TROSKELFRI_STAGE": "demo",
        "TROSKELFRI_KEEPERS": "embedded",
        "TROSKELFRI_ORIGIN": f"http://localhost:{port}",
        "TROSKELFRI_VAR": str(folder),
        "PYTHONPATH": str(ROOT),
    }
