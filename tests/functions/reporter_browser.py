"""A reporter's browser at the pages of concern reports, in a house that keeps everything in memory."""

import re

from werkzeug.test import TestResponse

from functions.concern_reports.main import app
from shared.app import House
from shared.domain.principals import Principal
from tests.functions.browser import Browser, Forms
from tests.people import ELSA

_DRAFT = re.compile(r"/anmal/utkast/([0-9a-f]{32})")


class Reporter(Browser):
    """One browser; logged in as `who`, or as nobody."""

    def __init__(self, house: House, who: Principal | None = ELSA) -> None:
        super().__init__(app, house, who)

    def fields(self, path: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on a page that leads to `action` or back to the page."""
        forms = Forms()
        forms.feed(self.get(path).text)
        return forms.found[action if action in forms.found else path]

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
