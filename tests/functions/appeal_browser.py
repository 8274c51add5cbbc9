"""An appellant's browser, in a house that keeps everything in memory, and a decision of Sara's to appeal."""

import re
from datetime import timedelta
from typing import Final

from werkzeug.test import TestResponse

from functions.appeals.main import app
from shared.app import House
from shared.domain.principals import Principal
from tests.appeals import CHANGE
from tests.applications import SARA
from tests.functions.browser import Browser
from tests.houses import HandClock

SEE_OTHER: Final = 303
WHY: Final = "Ni har räknat med en inkomst som jag inte har."
_DRAFT: Final = re.compile(r"/overklaga/utkast/([0-9a-f]{32})")


class Appellant(Browser):
    """One browser; logged in as `who`, or as nobody."""

    def __init__(self, house: House, who: Principal | None = SARA) -> None:
        super().__init__(app, house, who)

    def fields(self, page: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on `page` that leads to `action`, as it was first shown."""
        return self.forms_of(self.get(page))[action or page]

    def begin(self, decision: str) -> str:
        """A draft about the decision; its id."""
        page = f"/overklaga/{decision}"
        answer = self.post(f"{page}/utkast", self.fields(page, f"{page}/utkast"))
        assert answer.status_code == SEE_OTHER, answer.text
        found = _DRAFT.match(answer.headers["Location"])
        assert found is not None
        return found[1]

    def answer(self, draft: str, slug: str, **fields: object) -> TestResponse:
        """Answer one page; what it shows already is posted with it."""
        path = f"{at(draft)}/{slug}"
        return self.post(path, {**self.fields(path), **fields})

    def add(self, decision: str, text: str, **contact: str) -> str:
        """A whole addition to the appeal of the decision; the id of its receipt."""
        draft = self.begin(decision)
        assert self.answer(draft, "text", text=text).status_code == SEE_OTHER
        assert self.answer(draft, "kontakt", **contact).status_code == SEE_OTHER
        return self._sent(draft)

    def write(self, decision: str, change: str = CHANGE, **contact: str) -> str:
        """A draft of an appeal that can be sent; its id."""
        draft = self.begin(decision)
        assert self.answer(draft, "andring", change=change).status_code == SEE_OTHER
        assert self.answer(draft, "varfor", why=WHY).status_code == SEE_OTHER
        assert self.answer(draft, "kontakt", **contact).status_code == SEE_OTHER
        return draft

    def check(self, draft: str) -> dict[str, list[str]]:
        """What the page that sends would post."""
        return self.fields(f"{at(draft)}/kontrollera", f"{at(draft)}/skicka")

    def send(self, draft: str) -> TestResponse:
        return self.post(f"{at(draft)}/skicka", self.check(draft))

    def appeal(self, decision: str, change: str = CHANGE, **contact: str) -> str:
        """A whole appeal; the id of its receipt."""
        return self._sent(self.write(decision, change, **contact))

    def _sent(self, draft: str) -> str:
        answer = self.send(draft)
        assert answer.status_code == SEE_OTHER, answer.text
        return answer.headers["Location"].rpartition("/")[2]


def at(draft: str) -> str:
    """Where a draft lies."""
    return f"/overklaga/utkast/{draft}"


def later(clock: HandClock, **span: int) -> None:
    """Time goes by."""
    clock.advance(timedelta(**span))
