"""The whole job over Firestore, data and keys in databases of their own: on the official emulator."""

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Final

import pytest

from shared.adapters.firestore_links import FirestoreLinks, Link
from shared.adapters.firestore_store import FirestoreStore
from shared.domain.queries import DATA_KEYS_MADE
from tests.emulator import Emulator
from tests.journeys import acting
from tests.journeys.town import Town, town
from tests.people import ANNA, ELSA, MARIA

pytestmark = [pytest.mark.slow, pytest.mark.emulator]

STORY: Final = "Nova är hungrig varje morgon och vill inte gå hem."
WRITTEN: Final[dict[str, acting.Fields]] = {
    "vem": {"child_given_name": "Nova", "child_family_name": "Exempel", "child_person_id": "880420-2383"},
    "beskriv": {"concern_description": STORY},
    "sedan": {"feedback_requested": "yes"},
}


@pytest.fixture
def here(emulator: Emulator, request: pytest.FixtureRequest) -> Iterator[Town]:
    """A town whose documents and keys lie in two databases."""
    keys = FirestoreStore(emulator.database(f"keys of {request.node.name}"), shapes=[DATA_KEYS_MADE])
    data = FirestoreStore(emulator.database(request.node.name))
    with town(data, keyed=keys) as standing:
        yield standing
    keys.close()


def test_a_report_comes_to_a_decision_and_back(here: Town) -> None:
    elsa, anna = here.visitor(ELSA), here.visitor(ANNA)
    acting.send_report(elsa, acting.write_report(elsa, WRITTEN))

    case = acting.newest_case(anna)
    acting.take(anna, case)
    assert STORY in anna.get(f"{case}/anmalan").text
    acting.sign(anna, f"{case}/skyddsbedomning", acting.sample("protection_assessment")["bedomning"])
    acting.sign(anna, f"{case}/beslut", acting.sample("preliminary_assessment")["beslut"])
    acting.release(anna, case)

    assert "En utredning inleds" in elsa.get("/anmal/mina").text


def test_a_report_nobody_takes_is_seen_by_the_lead(here: Town) -> None:
    elsa = here.visitor(ELSA)
    acting.send_report(elsa, acting.write_report(elsa, WRITTEN))
    here.clock.advance(timedelta(days=15))

    here.house.sweep.run()

    maria = here.visitor(MARIA)
    assert acting.newest_case(maria) in maria.get("/arbete/notiser").text


def test_sending_a_report_takes_four_round_trips_beside_the_session(
    here: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsa = here.visitor(ELSA)
    acting.send_report(elsa, acting.write_report(elsa, WRITTEN))  # the first report makes the keys of its class
    draft = acting.write_report(elsa, WRITTEN)
    check = elsa.get(f"{draft}/kontrollera")
    lent, trips = FirestoreLinks.lent, 0

    def counted(links: FirestoreLinks) -> AbstractContextManager[Link]:
        nonlocal trips
        trips += 1
        return lent(links)

    monkeypatch.setattr(FirestoreLinks, "lent", counted)
    assert elsa.submit(check, f"{draft}/skicka", confirm="yes").status == 303

    assert trips == 1 + 4
