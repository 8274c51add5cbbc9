"""The button that sends, signs or books pressed fourteen times in the same moment leaves what one press leaves."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Final

import pytest

from tests.access.routes import Route
from tests.faults.posting import POSTS, Sender, documents, named, sender, taken
from tests.journeys.town import Town, town
from tests.journeys.visitor import Answer, Visitor

TIMES: Final = 14
SENDING: Final = (
    "/skicka", "/kontrollera", "/komplettering/<id>", "/boka/ny/<service>/<form>", "/boka/kod/mote/<form>", "/flytta",
    "/avboka", "/komplettering/begar", "/igen", "/tillagg", "/lamna-ut", "/sagt/<objection>", "/kom", "/upptagen",
    "/alla", "/nytt-brev", "/aterkoppling", "/begaran", "/utkast", "/lagg-till", "/fel",
)  # fmt: skip
"""What the addresses end with where something is written that must not come twice."""
FINAL: Final = tuple(one for one in POSTS if one.rule.endswith(SENDING))


@pytest.mark.parametrize("route", FINAL, ids=named)
def test_fourteen_presses_at_once_are_one(route: Route) -> None:
    assert pressed(route, TIMES) == pressed(route, 1)


def pressed(route: Route, times: int) -> tuple[Counter[str], int]:
    """How many documents of each kind, and how many keys, stand when the form was sent so often at once."""
    with town() as here:
        form = sender(here, route)
        form.visitor.get("/logga-in")
        for answer in at_once(here, form, times):
            assert answer.status in {taken(route), 303, 409}, answer.text[:2000]
        return Counter(collection for collection, _ in documents(here)), keys(here)


def at_once(here: Town, form: Sender, times: int) -> list[Answer]:
    """The answers to the same form from as many windows of one browser."""
    start = Barrier(times)
    windows = [Visitor(form.visitor.origin, form.visitor.send, dict(form.visitor.cookies)) for _ in range(times)]

    def press(window: Visitor) -> Answer:
        start.wait(30)
        return window.post(form.path, form.fields)

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(press, windows))


def keys(here: Town) -> int:
    """How many keys there are."""
    return sum(collection == "data_keys" for collection, _ in here.keys._store._documents)  # type: ignore[attr-defined]
