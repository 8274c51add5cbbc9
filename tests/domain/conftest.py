"""The directory of the example municipality."""

import pytest

from shared.adapters.municipality_file import load_municipality
from shared.domain.ids import StaffId
from shared.domain.municipality import Municipality, Staff
from shared.settings import Settings


def example() -> Municipality:
    """The invented municipality."""
    return load_municipality(Settings().municipality)


@pytest.fixture
def directory() -> dict[StaffId, Staff]:
    """Every employee by id."""
    return dict(example().staff)
