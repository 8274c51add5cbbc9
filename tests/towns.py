"""The invented municipality as our tests know it."""

from typing import Final

from shared.adapters.municipality_file import load_municipality
from shared.settings import EXAMPLE

TOWN: Final = load_municipality(EXAMPLE)
