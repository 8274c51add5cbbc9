"""Writing letters at the desk of the intake unit: the answers, and the way from the questions to the letter sent."""

from collections.abc import Mapping

from werkzeug.test import TestResponse

from shared.app import House
from shared.domain.ids import CaseId
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import Desk, at
from tests.records.reports import case_of
from tests.registers import FATHER, MOTHER

INVITATION = {
    "how": "inbox", "purpose_support": "Vi vill höra hur du ser på saken.", "meeting_date-day": "12",
    "meeting_date-month": "11", "meeting_date-year": "2026", "meeting_time": "13.00", "place": "Storgatan 1",
    "form_choice": ["visit", "phone"], "reporter_attends": "no",
}  # fmt: skip
STORY = "Loves lärare har sett blåmärken."


def page_of(case: CaseId, kind: str = "report_invitation") -> str:
    """Where the letter is written."""
    return f"{at(case)}/brev/skriv/{kind}"


def loves_case(house: House, number: str = "201501012395", name: str = "Love", **assessed: object) -> CaseId:
    """A case of Anna's about a child of the practice register, with its protection assessment made."""
    elsa = Reporter(house)
    draft = elsa.write()
    elsa.answer(draft, "vem", child_given_name=name, child_family_name="", child_person_id=number)
    elsa.answer(draft, "beskriv", concern_description=STORY)
    case = case_of(house, elsa.send(draft).headers["Location"].rpartition("/")[2])
    anna = Desk(house)
    assert anna.take(case).status_code == 303
    assert anna.assess(case, **assessed).status_code == 303
    return case


def code(house: House, number: str) -> str:
    """How a form names the person of this number."""
    return house.cipher.index("person", number)


def mother(house: House) -> dict[str, str]:
    """Love's mother is chosen."""
    return {"recipients": code(house, MOTHER)}


def both(house: House) -> dict[str, list[str]]:
    """Love's guardians are chosen."""
    return {"recipients": [code(house, MOTHER), code(house, FATHER)]}


def write(desk: Desk, case: CaseId, answers: Mapping[str, object], go: str = "") -> TestResponse:
    """Fill in an invitation and go on, or save it for later."""
    return desk.write(page_of(case), {**INVITATION, **answers}, go)


def send(desk: Desk, case: CaseId, kind: str = "report_invitation") -> TestResponse:
    """Send what has been written, after reading it through."""
    check = f"{page_of(case, kind)}/kontrollera"
    return desk.post(check, {**desk.fields(check), "checked": "yes"})
