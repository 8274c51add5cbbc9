"""A reporter's browser at the pages of concern reports, in a house that keeps everything in memory."""

import html
import re
from collections.abc import Mapping

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from functions.concern_reports.main import app
from shared.app import House
from shared.domain.principals import Principal
from tests.houses import login
from tests.people import ELSA

_DRAFT = re.compile(r"/anmal/utkast/([0-9a-f]{32})")


class Reporter:
    """One browser; logged in as `who`, or as nobody."""

    def __init__(self, house: House, who: Principal | None = ELSA) -> None:
        self.house = house
        self.pages: FlaskClient = app.test_client()
        if who is not None:
            self.log_in(who)

    def log_in(self, who: Principal = ELSA) -> None:
        self.pages.set_cookie("session", login(self.house, who), domain="localhost")

    def get(self, path: str) -> TestResponse:
        return self.pages.get(path, base_url=self.house.settings.origin)

    def fields(self, path: str, action: str = "") -> dict[str, str]:
        """The hidden fields of the form on a page that posts to `action` (or to the page itself)."""
        page = self.get(path).text
        forms = re.findall(r'<form method="post"(?: action="([^"]*)")?[^>]*>(.*?)</form>', page, re.DOTALL)
        for found, inner in forms:
            if html.unescape(found) == action and action != "/lamna":
                return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', inner))
        raise AssertionError(f"no form for {action!r} on {path}")

    def post(self, path: str, fields: Mapping[str, object]) -> TestResponse:
        return self.pages.post(path, data=fields, base_url=self.house.settings.origin)

    def begin(self) -> str:
        """A new draft; its id."""
        answer = self.post("/anmal/utkast", self.fields("/anmal", "/anmal/utkast"))
        assert answer.status_code == 303, answer.text
        return self.draft_in(answer)

    def answer(self, draft: str, step: str, till: str = "", **fields: object) -> TestResponse:
        """Answer one question as its page asks it; empty inputs are left out."""
        path = f"/anmal/utkast/{draft}/{step}{till}"
        return self.post(path, {**self.fields(path, path), **fields})

    def write(self) -> str:
        """A draft that can be sent; its id."""
        draft = self.begin()
        self.answer(draft, "vem", child_given_name="Kim", child_family_name="Exempel", child_person_id="197701172392")
        self.answer(draft, "beskriv", concern_description="Kim har blåmärken och vill inte gå hem.")
        return draft

    def check(self, draft: str) -> dict[str, str]:
        """What the check page would post."""
        path = f"/anmal/utkast/{draft}"
        return {**self.fields(f"{path}/kontrollera", f"{path}/skicka"), "confirm": "yes"}

    def send(self, draft: str) -> TestResponse:
        return self.post(f"/anmal/utkast/{draft}/skicka", self.check(draft))

    @staticmethod
    def draft_in(answer: TestResponse) -> str:
        """The draft that a redirect leads to."""
        found = _DRAFT.match(answer.headers["Location"])
        assert found is not None
        return found[1]
