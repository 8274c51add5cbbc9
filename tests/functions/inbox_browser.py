"""A private person's browser at the front door and the own letters, in a house that keeps everything in memory."""

import re
from dataclasses import replace
from typing import Final

from werkzeug.test import TestResponse

from functions.start.main import app
from shared.app import House
from shared.domain.ids import PersonIndex
from shared.domain.principals import Kind, Principal
from tests.functions.browser import Browser, Forms

RESIDENT: Final = Principal(Kind.RESIDENT, person=PersonIndex("f" * 32), name="Tolvan Exempel", assurance=3)
SEE_OTHER: Final = 303
_LETTER: Final = re.compile(r'href="(/meddelanden/[0-9a-f]{32})"')


def resident(house: House, number: str) -> Principal:
    """Somebody who has logged in with this number."""
    return replace(RESIDENT, person=PersonIndex(house.cipher.index("person", number)))


class Person(Browser):
    """One browser; logged in as `who`, or as nobody."""

    def __init__(self, house: House, who: Principal | None = RESIDENT) -> None:
        super().__init__(app, house, who)

    def open(self, path: str) -> TestResponse:
        """The letter, its button pressed when it is closed."""
        closed = self.get(path)
        form = _forms(closed).get(path) if closed.mimetype == "text/html" else None
        if form is None:
            return closed
        answer = self.post(path, form)
        return self.get(answer.headers["Location"]) if answer.status_code == SEE_OTHER else answer

    def fields(self, page: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on `page` that leads to `action`, as it was first shown."""
        return _forms(self.get(page))[action or page]

    def letters(self) -> list[str]:
        """Where the letters on the first page of the inbox are read, in their order."""
        return _LETTER.findall(self.get("/meddelanden").text)


def _forms(page: TestResponse) -> dict[str, dict[str, list[str]]]:
    forms = Forms()
    forms.feed(page.text)
    return forms.found
