"""Somebody of a case who is invited to a meeting: the letter that staff send, its code, and the browser behind it."""

import re
from datetime import timedelta
from typing import Final

from werkzeug.test import TestResponse

from functions.booking.main import app
from shared.app import House
from shared.domain.booking.invitations import Invitation
from shared.domain.calendar import local_date
from shared.domain.ids import CaseId
from shared.domain.principals import Principal
from shared.domain.queries import INVITATIONS_OF_CASE
from shared.records.invitation_codes import InvitationCodes
from shared.records.invitation_rows import read_invitation
from tests.functions.browser import Browser, Forms
from tests.functions.letter_desk import mother
from tests.functions.staff_browser import Desk, at
from tests.registers import MOTHER

DOOR: Final = "/boka/kod"
BORN: Final = (MOTHER[6:8], MOTHER[4:6], MOTHER[:4])
_START: Final = re.compile(r'name="start" value="([^"]+)"')
_ID: Final = re.compile(r"/boka/tid/([0-9a-f]{32})")


def page_of(case: CaseId) -> str:
    """Where an invitation is written."""
    return f"{at(case)}/brev/skriv/meeting_invitation"


def answers(house: House, **changes: object) -> dict[str, object]:
    """Love's mother chooses among the times of the next weeks."""
    today = local_date(house.clock.now())
    days = {"first_day": today, "last_day": today + timedelta(days=21)}
    return {
        **mother(house),
        "how": "inbox",
        "service": "radgivning",
        "with_whom": ["anna.exempel"],
        "forms": ["visit", "phone"],
        "way": "choose",
        **{f"{name}-day": str(one.day) for name, one in days.items()},
        **{f"{name}-month": str(one.month) for name, one in days.items()},
        **{f"{name}-year": str(one.year) for name, one in days.items()},
        "purpose": "Vi vill träffa dig.",
        **changes,
    }


def write(desk: Desk, case: CaseId, **changes: object) -> TestResponse:
    """Fill in an invitation and go on."""
    return desk.write(page_of(case), answers(desk.house, **changes))


def send(desk: Desk, case: CaseId) -> TestResponse:
    """Send what has been written, after reading it through."""
    check = f"{page_of(case)}/kontrollera"
    return desk.post(check, {**desk.fields(check), "checked": "yes"})


def invite(desk: Desk, case: CaseId, **changes: object) -> Invitation:
    """Somebody is invited, to choose a time."""
    answer = write(desk, case, **changes)
    assert answer.status_code == 303, answer.text
    assert send(desk, case).status_code == 303
    return invitations(desk.house, case)[0]


def book(desk: Desk, case: CaseId, **changes: object) -> Invitation:
    """A time is booked for somebody: the first that is free."""
    booked: dict[str, object] = {"way": "book", "forms": ["visit"], "interpreter": "no", **changes}
    answer = write(desk, case, **booked)
    assert answer.status_code == 303, answer.text
    times = answer.headers["Location"]
    assert desk.post(times, {**desk.fields(times), "start": starts(desk.get(times))[0]}).status_code == 303
    assert send(desk, case).status_code == 303
    return invitations(desk.house, case)[0]


def invitations(house: House, case: CaseId) -> list[Invitation]:
    """What is stored, the newest first."""
    found = house.kept.store.query(INVITATIONS_OF_CASE, {"case": case}, limit=25).documents
    return [read_invitation(one, house._vault.sealing) for one in found]


def code_of(house: House, invitation: Invitation) -> str:
    """What stands in its newest letter."""
    return InvitationCodes(house.cipher).of(invitation.letter)


def starts(page: TestResponse) -> list[str]:
    """The times that a page offers."""
    return _START.findall(page.text)


class Guest(Browser):
    """A phone whose owner has a letter; logged in as `who`, or as nobody."""

    def __init__(self, house: House, who: Principal | None = None) -> None:
        super().__init__(app, house, who)

    def fields(self, page: str, action: str = "") -> dict[str, list[str]]:
        """What a browser would post from the form on `page` that leads to `action`."""
        forms = Forms()
        forms.feed(self.get(page).text)
        return forms.found[action]

    def enter(self, code: str, born: tuple[str, str, str] = BORN) -> TestResponse:
        """Type the code and the day of birth."""
        typed = dict(zip(("born-day", "born-month", "born-year"), born, strict=True))
        return self.post(DOOR, {**self.fields(DOOR, DOOR), "code": code, **typed})

    def opened(self, invitation: Invitation) -> "Guest":
        """The same phone with its own invitation open."""
        assert self.enter(code_of(self.house, invitation)).status_code == 303
        return self

    def hold(self, form: str = "phone", start: str = "") -> str:
        """Hold the first time, or that one; the meeting's id."""
        page = f"{DOOR}/mote/{form}"
        shown = self.get(page)
        forms = Forms()
        forms.feed(shown.text)
        answer = self.post(page, {**forms.found[page], "start": start or starts(shown)[0]})
        assert answer.status_code == 303, answer.text
        return str(_ID.findall(answer.headers["Location"])[0])

    def ready(self, form: str = "phone", start: str = "") -> str:
        """A held time with every question answered; its id."""
        id = self.hold(form, start)
        self.answer(id, "tolk", interpreter="no")
        self.answer(id, "behov", phone="031-390 06 30")
        return id

    def answer(self, id: str, question: str, **fields: object) -> TestResponse:
        """Answer one question; what the page shows already is posted with it."""
        path = f"/boka/tid/{id}/{question}"
        return self.post(path, {**self.fields(path), **fields})

    def book(self, form: str = "phone", start: str = "") -> str:
        """A booked meeting; its id."""
        id = self.ready(form, start)
        assert self.answer(id, "kontrollera").status_code == 303
        return id
