"""What each job asks of Firestore is what it asks of SQLite, call by call and document by document."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.adapters.firestore_store import FirestoreStore
from shared.domain.queries import DATA_KEYS_MADE
from tests.bench.counting import CountedHouse, counted_house
from tests.bench.jobs import JOBS
from tests.bench.round_trips import round_trips
from tests.emulator import Emulator

pytestmark = [pytest.mark.slow, pytest.mark.emulator]


@pytest.fixture
def here(emulator: Emulator, tmp_path: Path) -> Iterator[CountedHouse]:
    """A house whose documents and keys lie in two databases."""
    data = FirestoreStore(emulator.database(f"data {tmp_path}"))
    keys = FirestoreStore(emulator.database(f"keys {tmp_path}"), shapes=[DATA_KEYS_MADE])
    with counted_house(tmp_path, kept=(data, keys)) as house:
        yield house


@pytest.mark.parametrize("name", JOBS)
def test_a_job_costs_the_same_on_both_keepers(here: CountedHouse, name: str, tmp_path: Path) -> None:
    in_firestore = here.count(JOBS[name])
    with counted_house(tmp_path) as embedded:
        assert in_firestore == embedded.count(JOBS[name])


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("report", 4),
        ("report_whole", 4),
        ("report_page", 3),
        ("decision", 4),
        ("queue_page", 3),
        ("case_page", 3),
        ("application", 4),
        ("application_page", 3),
        ("my_matters", 3),
        ("journal_page", 3),
    ],
)
def test_nobody_waits_for_the_store_oftener_than_agreed(emulator: Emulator, name: str, most: int) -> None:
    """The queue asks once more for every further group that is not empty."""
    assert round_trips(emulator, JOBS[name]) <= most
