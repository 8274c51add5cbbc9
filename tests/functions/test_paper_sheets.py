"""A letter on paper: an invitation is one sheet, each sheet says how many there are, and no number parts."""

import io
from collections.abc import Iterator

import pytest
from pypdf import PdfReader

from shared.app import House, use
from shared.domain.letters import How
from shared.domain.unbroken import unbroken
from tests.functions.inbox_browser import Person, resident
from tests.functions.letter_desk import loves_case
from tests.functions.staff_browser import Desk, assessed
from tests.houses import demo_house
from tests.invitations import answers, book, invite
from tests.letters import named, send_letter, text
from tests.registers import MOTHER

USUAL = "Vi vill träffa dig och höra hur du ser på saken. Du bestämmer själv om du vill komma."
LONG = "Ring 031-390 06 01 och säg OA-4T7-X9K, enligt 20 kap. 1 § SoL, 16–18 §§ och 35 kap. 1 §. " * 60


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def sheets(house: House, name: str) -> list[str]:
    """What stands on each sheet of a letter in the print queue."""
    answer = Desk(house).get(f"/arbete/utskrift/{name}.pdf")
    return [page.extract_text() for page in PdfReader(io.BytesIO(answer.data)).pages]


@pytest.mark.parametrize("way", ["choose", "book"])
def test_an_invitation_with_a_code_is_one_sheet(house: House, way: str) -> None:
    case, anna = loves_case(house), Desk(house)
    wordy = {"how": "print", "purpose": USUAL, "contact_phone": "031-390 06 01"}
    if way == "choose":
        sent = invite(anna, case, **wordy, forms=["visit", "video", "phone"])
    else:
        spoken = {"interpreter": "yes", "interpreter_language": "kurdiska, sorani", "phone": "031-390 06 30"}
        sent = book(anna, case, **wordy, **spoken)
    (sheet,) = sheets(house, str(sent.letter))

    assert "Sida 1 av 1" in sheet
    assert "rikta telefonens kamera mot rutan" in sheet
    assert "brev på papper" not in sheet


def test_an_invitation_that_is_read_after_login_speaks_of_no_paper(house: House) -> None:
    case = loves_case(house)
    sent = invite(Desk(house), case, **answers(house))
    page = Person(house, resident(house, MOTHER)).open(f"/meddelanden/{sent.letter}").text

    assert "Skriv koden" in page
    assert [words for words in ("kamera", "rutan", "papper") if words in page] == []


def test_each_sheet_says_its_number_and_how_many_the_letter_has(house: House) -> None:
    case = assessed(house)
    for index, words in (("e" * 32, "Kort."), ("f" * 32, "Ett ord till. " * 900)):
        send_letter(house, case, named(index), How.PRINT, words=text(words=words))
    said = [sheet.rpartition("Sida ")[2].strip() for sheet in sheets(house, "alla")]

    assert sorted(said) == ["1 av 1", *(f"{one} av {len(said) - 1}" for one in range(1, len(said)))]


def test_no_number_of_a_letter_parts_at_the_end_of_a_line(house: House) -> None:
    sent = send_letter(house, assessed(house), named(), How.PRINT, words=text(words=LONG))
    lines = "\n".join(sheets(house, sent))

    for one in (
        "031-390\xa006\xa001",
        "OA-4T7-X9K",
        "20\xa0kap.\xa01\xa0§\xa0SoL",
        "16–18\xa0§§",
        "35\xa0kap.\xa01\xa0§",
    ):
        assert lines.count(one) >= 60, one


def test_the_page_of_a_letter_holds_its_numbers_together_too(house: House) -> None:
    sent = send_letter(house, assessed(house), named(house.cipher.index("person", MOTHER)), words=text(words=LONG))
    page = Person(house, resident(house, MOTHER)).open(f"/meddelanden/{sent}").text

    assert page.count(unbroken("031-390 06 01")) >= 60
    assert page.count(unbroken("35 kap. 1 §")) >= 60
