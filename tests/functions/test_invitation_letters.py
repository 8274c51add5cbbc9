"""The letter of an invitation: for an applicant too, its code for the recipient alone, and its words are text."""

import io
from collections.abc import Iterator

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.letters import HIDDEN
from shared.web.qr_codes import qr_code
from tests.applications import NUMBER, applied, case_of
from tests.applications import send as apply
from tests.functions.inbox_browser import Person, resident
from tests.functions.letter_desk import code, loves_case
from tests.functions.staff_browser import Desk, at
from tests.houses import demo_house
from tests.invitations import DOOR, Guest, book, code_of, invitations, send, write


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as made:
        yield made


def test_an_applicant_is_invited_in_the_own_matter(house: House) -> None:
    case, anna = case_of(house, apply(house, applied(), resident(house, NUMBER)).result), Desk(house)
    anna.take(case)
    applicant = code(house, NUMBER)
    page = write(anna, case, recipients=applicant, how="inbox")
    assert page.status_code == 303, page.text
    assert send(anna, case).status_code == 303
    invitation = invitations(house, case)[0]
    letter = Person(house, resident(house, NUMBER)).open(f"/meddelanden/{invitation.letter}").text

    assert "Till Sara Almexempel" in letter
    assert "socialnämnden inom 14 dagar" not in letter
    born = (NUMBER[6:8], NUMBER[4:6], NUMBER[:4])
    assert Guest(house).enter(code_of(house, invitation), born).status_code == 303


def test_whatever_is_written_in_an_invitation_is_text(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    hostile = '<img src=x onerror="alert(1)">{{7*7}}'
    to = {"recipients": "other", "other_name": f"Tolvan {hostile}", "other_number": "191212121212"}
    assert write(anna, case, **to, purpose=hostile).status_code == 303
    pages = [anna.get(f"{at(case)}/brev/skriv/meeting_invitation/kontrollera").text]
    assert send(anna, case).status_code == 303
    invitation = invitations(house, case)[0]
    pages += [anna.get(f"{at(case)}/{page}").text for page in ("moten", f"moten/{invitation.id}/nytt-brev", "brev")]
    pages.append(Guest(house).enter(hostile, ("<b>", hostile, "'\"")).text)

    assert [page for page in pages if "<img src=x" in page] == []
    assert all("&lt;img src=x" in page and "{{7*7}}" in page for page in pages)


def test_a_paper_letter_has_the_code_and_its_square(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    invitation = book(anna, case, how="print")
    made = anna.get(f"/arbete/utskrift/{invitation.letter}.pdf")

    assert made.headers["Content-Type"] == "application/pdf"
    assert code_of(house, invitation) in words_of(made)
    assert "<path" in qr_code(f"http://localhost:8080{DOOR}#{code_of(house, invitation)}")
    for_staff = words_of(anna.get(f"{at(case)}/brev/{invitation.letter}.pdf"))
    assert code_of(house, invitation) not in for_staff
    assert HIDDEN in for_staff


def words_of(paper: TestResponse) -> str:
    """What stands on the paper."""
    return "".join(page.extract_text() for page in PdfReader(io.BytesIO(paper.data)).pages)
