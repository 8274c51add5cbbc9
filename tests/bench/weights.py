"""What a page weighs on its way to a phone: bytes as they come over the wire, and requests."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from tests.bench import stock
from tests.bench.browsers import Answer, HttpBrowser, log_in
from tests.bench.serving import product, stocked

_PARTS: Final = re.compile(r'<(?:link rel="stylesheet" href|script type="module" src|img src)="(/[^"]*)"')


NEXT: Final = ("report_start", "report_question", "queue", "case")
"""What follows the first page; the check page grows with what somebody has written."""


@dataclass(frozen=True, slots=True)
class Weight:
    """One page with what it needs beyond what the browser has already."""

    kb: float
    requests: int


def measured() -> Mapping[str, Weight]:
    """The front page with an empty cache, then pages of a report and of casework."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        draft, case = stocked(folder, lambda house: (stock.drafts(house, 1)[0], stock.cases(house, 25)[0]))
        with product(folder) as server:
            nobody, reporter, caseworker = (HttpBrowser(server.port) for _ in range(3))
            first = _first(nobody)
            log_in(reporter, "elsa.exempel")
            log_in(caseworker, "anna.exempel")
            pages = {
                "report_start": reporter.get("/anmal"),
                "report_question": reporter.get(f"/anmal/utkast/{draft}/beskriv"),
                "report_check": reporter.get(f"/anmal/utkast/{draft}/kontrollera"),
                "queue": caseworker.get("/arbete/ko"),
                "case": caseworker.get(f"/arbete/arende/{case}"),
            }
    return {"first": first, **{name: Weight(_kb([page]), 1) for name, page in pages.items()}}


def _first(browser: HttpBrowser) -> Weight:
    page = browser.get("/")
    parts = [browser.get(path) for path in dict.fromkeys(_PARTS.findall(page.text))]
    return Weight(_kb([page, *parts]), 1 + len(parts))


def _kb(answers: list[Answer]) -> float:
    return sum(len(one.body) for one in answers) / 1000
