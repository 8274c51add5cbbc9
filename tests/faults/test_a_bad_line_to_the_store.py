"""Between function and Firestore the line is slow, cut or dead: people get an answer in time, and nothing twice."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from time import monotonic
from typing import Final

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.domain.queries import DATA_KEYS_MADE
from tests.adapters.wire import Wire, wire_to
from tests.emulator import Emulator
from tests.faults.test_without_the_keepers import tells_what_to_do
from tests.journeys import acting
from tests.journeys.town import Town, town
from tests.journeys.visitor import Answer, Visitor
from tests.people import ANNA, ELSA

pytestmark = [pytest.mark.slow, pytest.mark.emulator, pytest.mark.timeout(240)]

LONGEST_S: Final = 16
"""A page may ask the store twice before it gives up: once for who asks, once for what; each is bounded to eight."""
WRITTEN: Final[dict[str, acting.Fields]] = {
    "vem": {"child_given_name": "Nova", "child_person_id": "880420-2383"},
    "beskriv": {"concern_description": "Nova är hungrig varje morgon."},
}
HARM: Final[dict[str, Callable[[Wire], None]]] = {
    "cut": Wire.cut,
    "half open": Wire.go_half_open,
    "answers lost": Wire.lose_answers,
}


@dataclass(slots=True)
class Distant:
    """A town at the other end of two wires, and a report that only needs to be sent."""

    town: Town
    wires: tuple[Wire, Wire]
    elsa: Visitor
    draft: str

    def send(self, page: Answer) -> Answer:
        """Send the report; the answer, which must come in time."""
        started = monotonic()
        answer = self.elsa.submit(page, f"{self.draft}/skicka", confirm="yes")
        assert monotonic() - started < LONGEST_S
        return answer

    def reports(self) -> int:
        """How many reports the intake unit has."""
        queue = self.town.visitor(ANNA).get("/arbete/ko").text
        return len(set(acting.CASE.findall(queue)))


@pytest.fixture
def here(emulator: Emulator, request: pytest.FixtureRequest) -> Iterator[Distant]:
    name = request.node.name
    with ExitStack() as opened:
        wires = (opened.enter_context(wire_to(emulator.port)), opened.enter_context(wire_to(emulator.port)))
        data = FirestoreStore(emulator.database(name, wires[0].port))
        keys = FirestoreStore(emulator.database(f"keys of {name}", wires[1].port), shapes=[DATA_KEYS_MADE])
        opened.callback(keys.close)
        standing = opened.enter_context(town(data, keyed=keys))
        elsa = standing.visitor(ELSA)
        yield Distant(standing, wires, elsa, acting.write_report(elsa, WRITTEN))


@pytest.mark.parametrize("harm", HARM)
def test_a_line_that_breaks_while_a_report_is_sent_neither_loses_nor_doubles_it(here: Distant, harm: str) -> None:
    page = here.elsa.get(f"{here.draft}/kontrollera")
    for wire in here.wires:
        HARM[harm](wire)

    answer = here.send(page)
    if answer.status == 503:
        assert tells_what_to_do(answer)
        answer = here.send(answer)

    assert answer.location.startswith("/anmal/kvitto/")
    assert here.reports() == 1


def test_a_store_five_seconds_away_is_a_page_with_a_phone_number_and_the_report_can_be_sent_again(
    here: Distant,
) -> None:
    page = here.elsa.get(f"{here.draft}/kontrollera")
    for wire in here.wires:
        wire.delay_s = 5

    away = here.send(page)
    assert tells_what_to_do(away)
    for wire in here.wires:
        wire.delay_s = 0
        wire.cut()  # what was asked for and is still under way is not waited for

    assert here.send(away).location.startswith("/anmal/kvitto/")
    assert here.reports() == 1


def test_a_store_that_is_away_is_used_again_when_it_is_back_without_a_restart(here: Distant) -> None:
    page = here.elsa.get(f"{here.draft}/kontrollera")
    for wire in here.wires:
        wire.delay_s = 60
    assert tells_what_to_do(here.send(page))
    for wire in here.wires:
        wire.delay_s = 0
        wire.cut()

    assert here.elsa.get("/anmal/mina").status == 200
