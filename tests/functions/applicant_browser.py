"""An applicant's browser, in a house that keeps everything in memory; it answers as the sample of the form does."""

import re
import tomllib
from datetime import UTC, datetime
from typing import Any, Final

from werkzeug.test import TestResponse

from functions.applications.main import app
from shared.app import House
from shared.domain.ids import DraftId
from shared.domain.principals import Principal
from shared.records.drafts import applicant
from shared.settings import ROOT
from tests.applications import SARA
from tests.functions.browser import Browser

SAMPLE: Final[dict[str, Any]] = tomllib.loads(
    (ROOT / "tests" / "formkit" / "samples" / "financial_assistance.toml").read_text("utf-8")
)
"""What a parent with one child posts, page by page."""
START: Final = "/ansok/ekonomi"
SEE_OTHER: Final = 303
_DRAFT: Final = re.compile(r"/ansok/utkast/([0-9a-f]{32})")
_ONWARD: Final = re.compile(r'<a href="([^"]+)"[^>]*role="button"')
_MOST_PAGES: Final = 120
APPLIES_ON: Final = datetime(2026, 11, 27, 9, 0, tzinfo=UTC)
"""A Friday on which the sample can be written."""


class Applicant(Browser):
    """One browser; logged in as `who`, or as nobody."""

    def __init__(self, house: House, who: Principal | None = SARA) -> None:
        super().__init__(app, house, who)

    def fields(self, page: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on `page` that leads to `action`, as it was first shown."""
        return self.forms_of(self.get(page))[action or page]

    def begin(self, how: str = "utkast") -> str:
        """A new draft; its id."""
        answer = self.post(f"{START}/{how}", self.fields(START, f"{START}/{how}"))
        return self.draft_in(answer)

    @staticmethod
    def draft_in(answer: TestResponse) -> str:
        """The draft that a redirect leads to."""
        assert answer.status_code == SEE_OTHER, answer.text
        found = _DRAFT.match(answer.headers["Location"])
        assert found is not None
        return found[1]

    def answer(self, draft: str, slug: str, **fields: object) -> TestResponse:
        """Answer one page; what it shows already is posted with it."""
        path = f"{at(draft)}/{slug}"
        return self.post(path, {**self.fields(path), **fields})

    def write(self, **changes: dict[str, object]) -> str:
        """A draft that can be sent, answered page by page as the pages lead on; its id. `changes` are by address."""
        draft = self.begin()
        pages: dict[str, Any] = {**SAMPLE["pages"], **{slug.replace("_", "-"): one for slug, one in changes.items()}}
        here = f"{at(draft)}/delar"
        for _ in range(_MOST_PAGES):
            if here.startswith(f"{at(draft)}/kontrollera"):
                return draft
            here = self._go_on(draft, here.partition("#")[0], pages)
        raise AssertionError(here)

    def _go_on(self, draft: str, here: str, pages: dict[str, Any]) -> str:
        """Answer the page and say where it led."""
        slug, _, item = here.removeprefix(f"{at(draft)}/").partition("/")
        if slug == "delar":
            return str(_ONWARD.findall(self.get(here).text)[0])
        if slug in SAMPLE["items"]:
            return self._items(draft, slug)
        action = f"{here}/filer" if slug == "bilagor" else here
        answer = self.post(action, {**self.fields(here, action), **pages.get(slug, {})})
        assert answer.status_code == SEE_OTHER, (here, item, answer.text)
        return answer.headers["Location"]

    def _items(self, draft: str, slug: str) -> str:
        for id, fields in SAMPLE["items"][slug].items():
            path = f"{at(draft)}/{slug}/{id}"
            answer = self.post(path, {**self.fields(path), **fields})
            while "#" in answer.headers.get("Location", ""):  # a question more has been called for
                answer = self.post(path, {**self.fields(path), **fields})
            assert answer.headers["Location"] == f"{at(draft)}/{slug}", answer.text
        listed = f"{at(draft)}/{slug}"
        return self.post(listed, {**self.fields(listed), "more": "no"}).headers["Location"]

    def check(self, draft: str) -> dict[str, object]:
        """What the page that sends would post, with everything confirmed."""
        return {**self.fields(f"{at(draft)}/kontrollera", f"{at(draft)}/skicka"), "attestation": "yes"}

    def send(self, draft: str, **more: object) -> TestResponse:
        return self.post(f"{at(draft)}/skicka", {**self.check(draft), **more})

    def apply(self) -> str:
        """A whole application; the id of its receipt."""
        answer = self.send(self.write())
        assert answer.status_code == SEE_OTHER, answer.text
        return answer.headers["Location"].rpartition("/")[2]


def at(draft: str) -> str:
    """Where a draft lies."""
    return f"/ansok/utkast/{draft}"


def answers(house: House, draft: str) -> dict[str, object]:
    """What Sara's draft holds."""
    found = house.drafts.find(DraftId(draft), applicant(SARA))
    assert found is not None
    return dict(found.answers)


def plain(page: str) -> str:
    """The page with spaces that may break."""
    return page.replace("\N{NO-BREAK SPACE}", " ")
