"""What somebody on a phone would wait for, and nobody needs on a first page, is not loaded for it."""

import pytest

from tests.bench.cold_starts import FIRST_PAGES, unwanted_modules

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("function", FIRST_PAGES)
def test_a_first_page_loads_neither_the_forms_engine_nor_the_clients_of_the_cloud(function: str) -> None:
    assert unwanted_modules(function) == []
