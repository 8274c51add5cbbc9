"""What people do at the pages, whatever the browser: report, take, assess, decide, give feedback."""

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final, TypeAlias

from tests.journeys.visitor import Answer, Visitor

Fields: TypeAlias = Mapping[str, str | list[str]]
SAMPLES: Final = Path(__file__).parents[1] / "formkit" / "samples"
CASE: Final = re.compile(r'href="(/arbete/arende/[0-9a-f]{32})"')


def sample(form: str) -> dict[str, dict[str, str | list[str]]]:
    """The sample answers of a form, by page."""
    pages: dict[str, dict[str, Any]] = tomllib.loads((SAMPLES / f"{form}.toml").read_text("utf-8"))["pages"]
    return pages


def write_report(visitor: Visitor, pages: Mapping[str, Fields]) -> str:
    """Answer every question that is asked; the path of the draft. `pages` holds the answers by the page's slug."""
    page = visitor.follow(visitor.submit(visitor.get("/anmal"), "/anmal/utkast"))
    draft = page.path.rpartition("/")[0]
    while not page.path.endswith("/kontrollera"):
        slug = page.path.rpartition("/")[2]
        if slug == "fara":
            page = visitor.get(draft)
            continue
        answer = visitor.submit(page, None, **pages.get(slug, {}))
        assert answer.status == 303, f"{page.path}: {answer.text}"
        page = visitor.follow(answer)
    return draft


def send_report(visitor: Visitor, draft: str) -> Answer:
    """Check and send; the receipt."""
    check = visitor.get(f"{draft}/kontrollera")
    receipt = visitor.follow(visitor.submit(check, f"{draft}/skicka", confirm="yes"))
    assert receipt.path.startswith("/anmal/kvitto/"), receipt.text
    return receipt


def newest_case(visitor: Visitor) -> str:
    """The path of the first case in the queue."""
    found = CASE.search(visitor.get("/arbete/ko").text)
    assert found is not None
    return found[1]


def take(visitor: Visitor, case: str) -> Answer:
    """Take the case."""
    return visitor.follow(visitor.submit(visitor.get(case), f"{case}/ta"))


def sign(visitor: Visitor, page: str, answers: Fields) -> Answer:
    """Fill in a staff form, read it through and sign it; the case page."""
    check = visitor.follow(visitor.submit(visitor.get(page), page, **answers))
    assert check.path.startswith(f"{page}/kontrollera"), check.text
    return visitor.follow(visitor.submit(check, f"{page}/kontrollera"))


def release(visitor: Visitor, case: str) -> Answer:
    """Give the reporter the feedback."""
    page = visitor.get(f"{case}/aterkoppling")
    return visitor.follow(visitor.submit(page, f"{case}/aterkoppling", choice="release", checked="yes"))
