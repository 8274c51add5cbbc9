"""A browser at the desk of the intake unit, in a house that keeps everything in memory."""

from collections.abc import Mapping

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from functions.casework.main import app
from shared.app import House
from shared.domain.ids import CaseId
from shared.domain.principals import Principal
from tests.functions.reporter_browser import Forms, Reporter
from tests.houses import login
from tests.people import ANNA, ELSA
from tests.records.reports import case_of

PROTECTION = {
    "sources_checked": ["report", "talks"],
    "need": "no",
    "reasons": "Barnet är i skolan och hämtas av en moster.",
    "safe_tonight": "yes",
    "siblings": "",
    "guardians_may_be_contacted": "yes",
}
DECISION = {
    "child_heard": "yes",
    "child_view": "Jag vill bo kvar.",
    "best_interests": "Att stödet hemma får fortsätta.",
    "outcome": "inte_inleda",
    "motivation": "Familjen har redan det stöd som behövs.",
}
FILED = {"concern_description": "Kim har blåmärken och vill inte gå hem.", "feedback_requested": "yes"}


def report(house: House, by: Principal = ELSA, **answers: object) -> str:
    """A report filed as a school does it, by its pages; its id."""
    elsa = Reporter(house, by)
    draft = elsa.write()
    steps = {"concern_description": "beskriv", "feedback_requested": "sedan"}
    for step in {steps.get(name, "beskriv") for name in answers}:
        own = {name: value for name, value in answers.items() if steps.get(name, "beskriv") == step}
        assert elsa.answer(draft, step, **own).status_code == 303
    return elsa.send(draft).headers["Location"].rpartition("/")[2]


class Desk:
    """One browser; logged in as `who`, or as nobody."""

    def __init__(self, house: House, who: Principal | None = ANNA) -> None:
        self.house = house
        self.pages: FlaskClient = app.test_client()
        if who is not None:
            self.log_in(who)

    def log_in(self, who: Principal) -> None:
        self.pages.set_cookie("session", login(self.house, who), domain="localhost")

    def get(self, path: str) -> TestResponse:
        return self.pages.get(path, base_url=self.house.settings.origin)

    def post(self, path: str, fields: Mapping[str, object]) -> TestResponse:
        return self.pages.post(path, data=fields, base_url=self.house.settings.origin)

    def fields(self, page: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on `page` that leads to `action`, as it was first shown."""
        forms = Forms()
        forms.feed(self.get(page).text)
        return forms.found[action or page]
