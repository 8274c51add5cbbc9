"""Whatever people do in whatever order, a case moves as its table says, on every keeper."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from shared.adapters.firestore_store import FirestoreStore
from shared.adapters.memory_store import MemoryStore
from shared.adapters.sqlite_store import SqliteStore
from shared.domain.queries import SHAPES
from shared.ports.store import Store
from tests.emulator import Emulator
from tests.records.flow_story import Story


def told(make: Callable[[Path], Store], stories: int, steps: int) -> None:
    """That many stories of that many steps hold true over the store; the same ones each time.

    A story that fails is printed as it went: to shorten it would take minutes (`Phase.shrink` does).
    """
    run_state_machine_as_test(
        type("Told", (Story,), {"make": staticmethod(make)}),
        settings=settings(
            max_examples=stories,
            stateful_step_count=steps,
            phases=[Phase.generate],
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        ),
    )


def on_the_emulator(emulator: Emulator) -> Callable[[Path], Store]:
    """Each story has a database of its own."""
    return lambda folder: FirestoreStore(emulator.database(str(folder)), shapes=SHAPES.values(), patience=60, try_s=20)


def on_disk(folder: Path) -> Store:
    return SqliteStore(folder / "store.db")


def in_memory(_: Path) -> Store:
    return MemoryStore()


def test_a_few_stories_hold_in_memory() -> None:
    told(in_memory, stories=6, steps=20)


@pytest.mark.slow
@pytest.mark.parametrize(("make", "stories"), [(in_memory, 40), (on_disk, 8)], ids=["memory", "disk"])
def test_any_story_holds(make: Callable[[Path], Store], stories: int) -> None:
    told(make, stories, steps=20)


@pytest.mark.slow
@pytest.mark.emulator
@pytest.mark.timeout(300)
def test_any_story_holds_in_firestore(emulator: Emulator) -> None:
    told(on_the_emulator(emulator), stories=3, steps=8)


@pytest.mark.long
@pytest.mark.timeout(1800)
@pytest.mark.parametrize("make", [in_memory, on_disk], ids=["memory", "disk"])
def test_long_stories_hold(make: Callable[[Path], Store]) -> None:
    told(make, stories=300, steps=60)


@pytest.mark.long
@pytest.mark.emulator
@pytest.mark.timeout(1800)
def test_long_stories_hold_in_firestore(emulator: Emulator) -> None:
    told(on_the_emulator(emulator), stories=30, steps=30)
