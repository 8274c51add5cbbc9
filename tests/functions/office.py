"""A browser in the administrator's office."""

from collections.abc import Mapping

from functions.administration.main import app
from shared.app import House
from shared.domain.principals import Principal
from tests.directories import RONJA
from tests.functions.staff_browser import Desk

PEOPLE, UNITS, ORGANISATIONS = "/forvaltning", "/forvaltning/enheter", "/forvaltning/organisationer"
ANNAS, RONJAS, NEW = "/forvaltning/person/anna.exempel", "/forvaltning/person/ronja.exempel", "/forvaltning/person/ny"
BO = {"id": "bo.exempel", "name": "Bo Exempel", "title": "handläggare", "unit": "mottagningen", "roles": ["duty"]}
RTL = "\N{RIGHT-TO-LEFT OVERRIDE}"


class Office(Desk):
    """Ronja's browser."""

    def __init__(self, house: House, who: Principal = RONJA) -> None:
        super().__init__(house, None)
        self.pages = app.test_client()
        self.log_in(who)

    def send(self, page: str, typed: Mapping[str, object], **more: str) -> tuple[int, str]:
        """Fill in the form of the page and press its button; status and what is shown."""
        answer = self.post(page, {**self.fields(page), **typed, **more})
        return answer.status_code, plain(answer.text)

    def read(self, page: str) -> str:
        """The page, with plain spaces."""
        return plain(self.get(page).text)


def plain(page: str) -> str:
    return page.replace("\N{NO-BREAK SPACE}", " ")


def days(first: int, last: int) -> dict[str, str]:
    fields: dict[str, str] = {}
    for name, day in (("away_from", first), ("away_until", last)):
        fields |= {f"{name}-day": str(day), f"{name}-month": "11", f"{name}-year": "2026"}
    return fields
