"""A private person's browser at the own file: saying that a note is wrong, and adding to the file."""

import re
from typing import Final

from werkzeug.test import TestResponse

from functions.journal.main import app
from shared.app import House
from shared.domain.ids import ItemId
from shared.domain.principals import Principal
from tests.functions.browser import Browser, Forms
from tests.functions.inbox_browser import resident
from tests.journeys.multipart import CONTENT_TYPE, multipart

NUMBER, NAME = "197701172392", "Kim Exempel"
"""Whom the usual report names."""
_DRAFT: Final = re.compile(r"/journal/utkast/[0-9a-f]{32}(?:-[0-9a-f]{32})?")


def kim(house: House) -> Principal:
    """The person whom the file is about, privately logged in."""
    return resident(house, NUMBER)


class Own(Browser):
    """One browser; Kim's unless somebody else's."""

    def __init__(self, house: House, who: Principal | None = None) -> None:
        super().__init__(app, house, who or kim(house))

    def fields(self, page: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on `page` that leads to `action`."""
        forms = Forms()
        forms.feed(self.get(page).text)
        return forms.found[action or page]

    def begin(self, note: ItemId | None) -> str:
        """The path of a draft about the note, or about the file."""
        page, action = (f"/journal/{note}", f"/journal/{note}/fel") if note else ("/journal", "/journal/lagg-till")
        found = _DRAFT.match(self.post(action, self.fields(page, action)).headers["Location"])
        assert found is not None
        return found[0]

    def write(self, draft: str, text: str, **more: str) -> TestResponse:
        """Answer the first page."""
        return self.post(f"{draft}/text", {**self.fields(f"{draft}/text"), "text": text, **more})

    def show(self, draft: str, *files: tuple[str, bytes]) -> TestResponse:
        """Choose files and press Continue."""
        action = f"{draft}/bilagor/filer"
        token = self.fields(f"{draft}/bilagor", action)["csrf_token"][0]
        body = multipart([("csrf_token", token)], [("filer", *one) for one in files])
        return self.pages.post(action, data=body, content_type=CONTENT_TYPE, base_url=self.house.settings.origin)

    def check(self, draft: str) -> dict[str, list[str]]:
        """What the page to read through would post."""
        return self.fields(f"{draft}/kontrollera", f"{draft}/skicka")

    def send(self, draft: str) -> str:
        """Read through and send; where it leads."""
        return self.post(f"{draft}/skicka", self.check(draft)).headers["Location"]
