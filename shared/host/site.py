"""The whole installation in one process: the house, the functions, and the runner that lets the alarms ring."""

import gc
import importlib
from collections.abc import Callable, Mapping
from contextlib import ExitStack
from typing import TYPE_CHECKING

from shared.adapters.embedded_alarms import EmbeddedAlarms
from shared.adapters.embedded_alarms_runner import AlarmRunner
from shared.app import House, open_house, use
from shared.host import emptying
from shared.host.function_specs import read_functions
from shared.host.mounts import Mounts, load
from shared.host.server import Site, restart
from shared.settings import BadSettings, Settings

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def open_site(settings: Settings) -> Site:
    """Open the house and mount every function; internal ones are reached by the alarms alone.

    Raises `BadSettings` or `CannotOpen`, both with one line to show.
    """
    emptying.empty_if_marked(settings)
    with ExitStack() as stack:
        house = open_house(settings)
        stack.callback(house.close)
        house.read_offer()
        stack.enter_context(use(house))
        alarms = house.alarms
        if not isinstance(alarms, EmbeddedAlarms):
            raise BadSettings("One machine alone needs TROSKELFRI_KEEPERS=embedded.")
        specs = read_functions()
        inside = Mounts({spec.prefix: load(spec) for spec in specs if spec.internal})
        runner = AlarmRunner(alarms, house.tokens, house.clock, _poster(inside))
        apps = {spec.prefix: load(spec) for spec in specs if not spec.internal}
        if settings.demo:
            apps |= _practice_rooms(house, runner.step)
        runner.start()
        stack.callback(runner.stop)
        gc.collect()
        gc.freeze()  # what is loaded now stays loaded: the collector need not walk through it with every request
        return Site(Mounts(apps), stack.pop_all().close)


def _poster(inside: Mounts) -> Callable[[str, bytes, Mapping[str, str]], int]:
    def post(path: str, body: bytes, headers: Mapping[str, str]) -> int:
        from werkzeug.test import Client

        with Client(inside).post(path, data=body, headers=dict(headers)) as answer:
            return answer.status_code

    return post


def _practice_rooms(house: House, ring: Callable[[], None]) -> "dict[str, WSGIApplication]":
    def begin_again() -> None:
        emptying.mark(house.settings)
        restart()

    # By name, so that production never holds a line of them.
    eid, local = (importlib.import_module(f"shared.demo.{name}") for name in ("eid", "local"))
    # Browsers reach it by its address; we do not, for each login would then hold two threads and wait for the second.
    house.test_eid = eid.create_eid(house.settings, house.clock, house.settings.var)
    return {
        eid.PREFIX: house.test_eid,
        local.PREFIX: local.create_local(house, ring, begin_again),
    }
