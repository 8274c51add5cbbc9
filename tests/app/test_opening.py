"""A process opens its house once; what stands in the way is said, and does not keep a whole queue waiting."""

from threading import Barrier

import pytest

from shared.adapters.cannot_open import NoMasterKey
from shared.app.opening import AGAIN_AFTER_S, Opening
from shared.ports.store import Unavailable
from tests.contracts.store_races import at_once


class Door:
    """Opens, or raises what stands in the way; counts how often it is tried, by a clock that a test moves."""

    def __init__(self, *refusals: Exception) -> None:
        self.refusals = list(refusals)
        self.tried = 0
        self.seconds = 0.0
        self.opening = Opening(self._open, lambda: self.seconds)

    def _open(self) -> str:
        self.tried += 1
        if self.refusals:
            raise self.refusals.pop(0)
        return "house"


def test_a_house_is_opened_once_for_all() -> None:
    door, gate = Door(), Barrier(8)

    def ask(_: int) -> bool:
        gate.wait()
        return door.opening.house() == "house"

    assert all(at_once(8, ask))
    assert door.tried == 1


def test_what_stands_in_the_way_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    door = Door(NoMasterKey("The key is disabled."))
    with pytest.raises(NoMasterKey):
        door.opening.house()

    assert capsys.readouterr().err == "The key is disabled.\n"


def test_those_who_wait_are_told_without_another_try() -> None:
    door = Door(Unavailable("The key service did not answer in time."), Unavailable("again"))
    for _ in range(40):
        with pytest.raises(Unavailable, match="key service"):
            door.opening.house()

    assert door.tried == 1


def test_after_some_seconds_it_is_tried_again() -> None:
    door = Door(NoMasterKey("The key is disabled."))
    with pytest.raises(NoMasterKey):
        door.opening.house()
    door.seconds = AGAIN_AFTER_S

    assert door.opening.house() == "house"
    assert door.opening.house() == "house"
    assert door.tried == 2


def test_a_defect_is_not_remembered_as_a_refusal() -> None:
    door = Door(KeyError("a defect"))
    with pytest.raises(KeyError):
        door.opening.house()

    assert door.opening.house() == "house"
