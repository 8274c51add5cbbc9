"""A whole errand: from the page about a form of three pages and thirteen questions to the receipt, beside the floor's.

The floor needs ten requests. The product needs twelve: the way to the first question and the check of the answers
before they are sent are its own, and count against it.
"""

from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench.browsers import Browser, HttpBrowser, log_in
from tests.bench.rounds import CLIENTS, Side, paired
from tests.bench.serving import floor, product, stocked
from tests.bench.timing import Timed, compared

TIMES: Final = 20
"""Errands of one round."""
_STORY: Final = "Jag har levt på sparpengar och lite hjälp av min syster sedan jobbet tog slut i oktober. " * 8
_PAGES: Final[tuple[Mapping[str, str], ...]] = (
    {
        "given": "Karin", "family": "Lindexempel", "born-day": "26", "born-month": "4", "born-year": "1980",
        "reach": "070-174 06 05", "mail": "karin@example.com",
    },
    {"street": "Exempelgatan 1", "rent": "6 500", "alone": "no", "persons": "3"},
    {
        "wish": _STORY, "why": _STORY, "from_when-day": "1", "from_when-month": "12", "from_when-year": "2026",
        "helped_before": "unknown",
    },
)  # fmt: skip
_START: Final = "/ansok/tre-steg"
_HOST: Final = "tests.bench.host_of_three_steps"


def measured() -> Timed:
    """Both served, two clients each, in paired rounds."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        stocked(folder, lambda _house: None)
        with product(folder, host=_HOST) as ours, floor(folder) as least:
            people, others = ([HttpBrowser(server.port) for _ in range(CLIENTS)] for server in (ours, least))
            for person, other in zip(people, others, strict=True):
                log_in(person, "karin.lindexempel")
                other.get("/in")
            sides = (
                Side(ours, people, lambda _browser: [apply] * (TIMES // CLIENTS)),
                Side(least, others, lambda _browser: [apply_at_the_floor] * (TIMES // CLIENTS)),
            )
            mine, floors = paired(sides)
            return compared(mine, floors, ours.memory_mb())


def apply(browser: Browser) -> str:
    """The errand as a resident does it; the receipt."""
    begin = f"{_START}/utkast"
    begun = browser.post(begin, browser.get(_START).fields(begin)).location
    page = browser.get(begun).location
    for answers in _PAGES:
        page = browser.post(page, {**browser.get(page).fields(page), **answers}).location
    send = f"{begun}/skicka"
    return browser.get(browser.post(send, browser.get(page).fields(send)).location).text


def apply_at_the_floor(browser: Browser) -> str:
    """The same with no product logic."""
    fields = browser.get("/draft").fields("")
    draft = browser.post("/draft", fields).location
    for answers in _PAGES:
        browser.get(draft)
        browser.post(draft, {**fields, **answers})
    return browser.get(browser.post(f"{draft}/send", fields).location).text
