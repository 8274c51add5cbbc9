"""The directory of the example municipality."""

import pytest

from shared.adapters.municipality_file import load_municipality
from shared.domain.ids import StaffId
from shared.domain.municipality import Staff
from shared.settings import Settings


@pytest.fixture
def directory() -> dict[StaffId, Staff]:
    """Every employee by id."""
    return dict(load_municipality(Settings().municipality).staff)
