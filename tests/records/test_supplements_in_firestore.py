"""A supplement over Firestore: asked for, sent once by many presses at once, and our turn again."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.domain.cases import ClockState
from shared.domain.matters import Turn
from shared.domain.supplements import CLOCK
from tests.applications import SARA
from tests.emulator import Emulator
from tests.houses import demo_house
from tests.people import ANNA
from tests.supplements import applied_for, ask, fill, own, supply

pytestmark = [pytest.mark.slow, pytest.mark.emulator]


def test_what_is_asked_is_sent_once_and_then_it_is_our_turn(emulator: Emulator, tmp_path: Path) -> None:
    house = demo_house(FirestoreStore(emulator.database(str(tmp_path)), patience=60, try_s=20))
    case = applied_for(house)
    id = ask(house, case)
    asked = own(house, id).supplement
    assert house.matters.page(SARA).matters[0].turn is Turn.APPLICANT

    draft = fill(house, asked, asked.items[0])
    with ThreadPoolExecutor(4) as pool:
        sent = set(pool.map(lambda _: house.own_supplements.send(SARA, id, draft).result, range(4)))
    supply(house, id, 1)

    assert sent <= {one.id for one in own(house, id).sent}
    assert (len(sent), len(own(house, id).sent)) == (1, 2)
    found = house.files.case(ANNA, case)
    assert found is not None
    assert found.clocks[CLOCK].state is ClockState.MET
    assert house.matters.page(SARA).matters[0].turn is Turn.BOARD
    assert [one.open for one in house.supplements.of(ANNA, found)] == [True]
