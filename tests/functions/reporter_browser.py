"""A reporter's browser at the pages of concern reports, in a house that keeps everything in memory."""

import re
from collections.abc import Mapping
from html.parser import HTMLParser

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

    def fields(self, path: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on a page that leads to `action`, as it was first shown."""
        forms = Forms()
        forms.feed(self.get(path).text)
        return forms.found[action]

    def post(self, path: str, fields: Mapping[str, object]) -> TestResponse:
        return self.pages.post(path, data=fields, base_url=self.house.settings.origin)

    def begin(self) -> str:
        """A new draft; its id."""
        answer = self.post("/anmal/utkast", self.fields("/anmal", "/anmal/utkast"))
        assert answer.status_code == 303, answer.text
        return self.draft_in(answer)

    def answer(self, draft: str, step: str, till: str = "", **fields: object) -> TestResponse:
        """Answer one question; what the page shows already is posted with it."""
        path = f"/anmal/utkast/{draft}/{step}"
        action = f"{path}/filer{till}" if step == "bilagor" else f"{path}{till}"
        return self.post(action, {**self.fields(f"{path}{till}", action), **fields})

    def write(self) -> str:
        """A draft that can be sent; its id."""
        draft = self.begin()
        self.answer(draft, "vem", child_given_name="Kim", child_family_name="Exempel", child_person_id="197701172392")
        self.answer(draft, "beskriv", concern_description="Kim har blåmärken och vill inte gå hem.")
        return draft

    def check(self, draft: str) -> dict[str, object]:
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


class Forms(HTMLParser):
    """The forms of a page: every field's values as a browser would send them, by where the form leads."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, dict[str, list[str]]] = {}
        self._form: dict[str, list[str]] = {}
        self._inside = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        if tag == "form":
            self._form = self.found.setdefault(at.get("action") or "", {})
        elif tag == "input" and (at.get("type") not in {"radio", "checkbox"} or "checked" in at):
            self._form.setdefault(at.get("name") or "", []).append(at.get("value") or "")
        elif tag in {"select", "textarea"}:
            self._inside = at.get("name") or ""
            if tag == "textarea":
                self._form[self._inside] = [""]
        elif tag == "option" and "selected" in at:
            self._form[self._inside] = [at.get("value") or ""]

    def handle_endtag(self, tag: str) -> None:
        if tag in {"select", "textarea"}:
            self._inside = ""

    def handle_data(self, data: str) -> None:
        if self._inside and self._form.get(self._inside) == [""]:
            self._form[self._inside] = [data.removeprefix("\n")]
