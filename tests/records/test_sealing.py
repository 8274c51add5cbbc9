"""Parts of documents are sealed whole, and long ones squeezed first."""

import pytest

from shared.domain.retention import Retention
from shared.ports.store import Document
from shared.records.sealing import Sealing
from tests.houses import DEMO, demo_house

LONG = "Berätta om det som oroar dig. " * 700


@pytest.mark.parametrize("text", ["", "x", "xyz" * 10, "Nova är ledsen.", LONG, LONG[:2045], LONG[:2048], "x" * 5000])
def test_what_is_sealed_comes_back_whole(text: str) -> None:
    house = demo_house()
    sealing, key = Sealing(house.cipher, DEMO.tenant), house.kept.ring.create("akt", Retention.FIVE_YEARS_NOT_OPENED)

    sealed = sealing.seal(("reports", "r1", 1), key, {"story": {"text": text}, "word": text})
    opened = sealing.open(Document("reports", "r1", 1, {"sealed": sealed, "schema": 1}), key, ("story", "word"))

    assert opened == {"story": {"text": text}, "word": text}


def test_the_words_of_a_form_take_little_room() -> None:
    house = demo_house()
    key = house.kept.ring.create("akt", Retention.FIVE_YEARS_NOT_OPENED)

    blob = Sealing(house.cipher, DEMO.tenant).seal(("reports", "r1", 1), key, {"story": LONG})["story"]

    assert isinstance(blob, bytes)
    assert len(blob) < len(LONG) / 4
