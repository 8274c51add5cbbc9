"""A town with its e-ID provider, and a browser in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.app import use
from tests.identity.house import Browser, Town


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    found = Town(tmp_path)
    with use(found.house):
        yield found


@pytest.fixture
def browser(town: Town) -> Browser:
    return Browser(town)
