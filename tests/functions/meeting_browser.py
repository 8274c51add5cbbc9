"""A resident's browser at the pages where meetings are booked, in a house that keeps everything in memory."""

import re
from typing import Final

from werkzeug.test import TestResponse

from functions.booking.main import app
from shared.app import House
from shared.domain.principals import Principal
from tests.functions.browser import Browser, Forms
from tests.meetings import ADVICE, somebody

TIMES: Final = f"/boka/ny/{ADVICE}/visit"
_START: Final = re.compile(r'name="start" value="([^"]+)"')
_ID: Final = re.compile(r"/boka/tid/([0-9a-f]{32})")


class Booker(Browser):
    """One browser; logged in as `who`, or as nobody."""

    def __init__(self, house: House, who: Principal | None) -> None:
        super().__init__(app, house, who)

    def fields(self, page: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on `page` that leads to `action`."""
        forms = Forms()
        forms.feed(self.get(page).text)
        return forms.found[action]

    def starts(self, page: str = TIMES) -> list[str]:
        """The times that a page offers."""
        return starts(self.get(page))

    def press(self, page: str, start: str) -> TestResponse:
        """Press one of the times on the page."""
        fields = {name: value for name, value in self.fields(page, page).items() if name != "start"}
        return self.post(page, {**fields, "start": start})

    def press_on(self, answer: TestResponse, action: str) -> TestResponse:
        """Press the first time on a page that was answered."""
        forms = Forms()
        forms.feed(answer.text)
        return self.post(action, {**forms.found[action], "start": starts(answer)[0]})

    def hold(self, start: str | None = None, page: str = TIMES) -> str:
        """Hold the first time, or that one; the meeting's id."""
        answer = self.press(page, start or self.starts(page)[0])
        assert answer.status_code == 303, answer.text
        return str(_ID.findall(answer.headers["Location"])[0])

    def answer(self, id: str, question: str, **fields: object) -> TestResponse:
        """Answer one question; what the page shows already is posted with it."""
        path = f"/boka/tid/{id}/{question}"
        return self.post(path, {**self.fields(path), **fields})

    def ready(self, start: str | None = None) -> str:
        """A held time with every question answered; its id."""
        id = self.hold(start)
        self.answer(id, "tolk", interpreter="no")
        self.answer(id, "behov", prepare="Jag vill prata om skolan.")
        return id

    def book(self, start: str | None = None) -> str:
        """A booked meeting; its id."""
        id = self.ready(start)
        assert self.answer(id, "kontrollera").status_code == 303
        return id


def me(house: House, number: int = 0) -> Booker:
    """The browser of one of several residents."""
    return Booker(house, somebody(number))


def starts(page: TestResponse) -> list[str]:
    """The times that an answer offers."""
    return _START.findall(page.text)
