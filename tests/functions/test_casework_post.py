"""The print queue: what waits for paper, without names in the list, printed and posted by the unit's own."""

import io
from collections.abc import Iterator
from datetime import timedelta

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.ids import CaseId
from shared.domain.letters import How, LetterKind
from shared.domain.principals import Role
from shared.domain.queries import CASE_DISCLOSURES
from tests.functions.staff_browser import Desk, assessed, at
from tests.houses import HandClock, demo_house
from tests.letters import STREET, WORDS, named, send_letter, text
from tests.people import ANNA, MARIA, SAMIR, STRANGER, staff

LIST = "/arbete/utskrift"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened:
        yield opened


@pytest.fixture
def case(house: House) -> CaseId:
    return assessed(house)


def words(answer: TestResponse) -> list[str]:
    """The text of each page of the PDF."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.data)).pages]


def printed(house: House, case: CaseId) -> int:
    page = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=100)
    return sum(one.fields["what"] == "letter_print" for one in page.documents)


def test_an_empty_queue_says_so(house: House) -> None:
    assert "Inga brev väntar på att skrivas ut." in Desk(house).get(LIST).text


def test_the_list_names_nobody_and_costs_no_entry_in_the_log(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, named(), How.PRINT)
    send_letter(house, case, named())
    page = Desk(house, SAMIR).get(LIST).text

    assert f"BR-{letter[:6].upper()}" in page
    assert page.count("Markera som postat") == 1
    assert [secret for secret in ("Tolvan", STREET, WORDS, "191212121212", "Nova", "OA-") if secret in page] == []
    assert printed(house, case) == 0


def test_a_letter_is_printed_with_its_address_and_every_print_is_logged(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, named(), How.PRINT)
    (page,) = words(Desk(house, SAMIR).get(f"{LIST}/{letter}.pdf"))

    for said in ("Tolvan Exempel", STREET, WORDS, f"BR-{letter[:6].upper()}"):
        assert said in page
    assert printed(house, case) == 1


def test_all_that_wait_are_one_pdf_the_oldest_first_each_on_a_sheet_of_its_own(
    house: House, case: CaseId, clock: HandClock
) -> None:
    for number in range(3):
        send_letter(house, case, named(address=(f"Gata {number}",)), How.PRINT)
        clock.advance(timedelta(minutes=1))
    pages = words(Desk(house).get(f"{LIST}/alla.pdf"))

    assert [f"Gata {number}" in page for number, page in enumerate(pages)] == [True] * 3
    assert all("Sida 1" in page for page in pages)
    assert printed(house, case) == 3


def test_somebody_protected_is_flagged_with_what_to_do_and_goes_by_number_alone(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, named(address=(), forward=True), How.PRINT)
    page = Desk(house).get(LIST).text.replace("\xa0", " ")
    (paper,) = words(Desk(house).get(f"{LIST}/{letter}.pdf"))

    assert "Förmedlingsuppdrag" in page
    assert "Skatteverket, Box 2820, 403 20 Göteborg" in page
    assert paper.index("19121212-1212") < paper.index("Vi vill träffa dig")
    assert STREET not in paper


def test_a_letter_without_an_address_says_whom_to_ask(house: House, case: CaseId) -> None:
    send_letter(house, case, named(address=()), How.PRINT)

    assert "Adress saknas" in Desk(house).get(LIST).text


def test_what_is_posted_leaves_the_queue_with_who_and_when(house: House, case: CaseId, clock: HandClock) -> None:
    letter = send_letter(house, case, named(), How.PRINT)
    clock.advance(timedelta(minutes=5))
    samir = Desk(house, SAMIR)
    form = samir.fields(LIST, f"{LIST}/{letter}")
    answers = [samir.post(f"{LIST}/{letter}", form) for _ in range(2)]

    assert [one.headers["Location"] for one in answers] == [LIST, LIST]
    assert "Inga brev väntar" in samir.get(LIST).text
    assert samir.get(f"{LIST}/{letter}.pdf").status_code == 404
    assert "Postat i\xa0dag kl.\xa010.05" in Desk(house).get(f"{at(case)}/brev").text
    events = Desk(house).get(at(case)).text
    assert events.count("Postade brev: Inbjudan till samtal") == 1
    assert "Samir Exempel" in events


def test_two_who_post_the_same_letter_are_told_that_one_was_faster(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, named(), How.PRINT)
    one, two = Desk(house, SAMIR), Desk(house, MARIA)
    forms = [desk.fields(LIST, f"{LIST}/{letter}") for desk in (one, two)]
    one.post(f"{LIST}/{letter}", forms[0])

    late = two.post(f"{LIST}/{letter}", forms[1])
    assert late.status_code == 409
    assert "Det är redan gjort" in late.text


def test_another_unit_and_the_duty_alone_print_nothing(house: House, case: CaseId) -> None:
    letter = send_letter(house, case, named(), How.PRINT)
    inbox = send_letter(house, case, named())

    assert Desk(house).get(f"{LIST}/{inbox}.pdf").status_code == 404
    assert house.print_queue.printed(STRANGER, [letter]).letters == []
    assert house.print_queue.page(STRANGER).letters == []
    jorge = staff("jorge", Role.DUTY)
    assert Desk(house, jorge).get(LIST).status_code in {200, 403}
    assert printed(house, case) == 0


def test_a_decision_lies_in_the_same_envelope(house: House, case: CaseId) -> None:
    anna = Desk(house)
    anna.decide(case)
    assert house.originals.make_of(case) is not None
    letter = send_letter(house, case, named(), How.PRINT, words=text(LetterKind.DECISION))
    page = anna.get(LIST).text
    made = anna.get(f"{LIST}/{letter}/beslut.pdf")

    assert "lägg det i samma kuvert" in page
    assert made.data.startswith(b"%PDF")
    assert "Familjen har redan det stöd som behövs." in " ".join(words(made))


def test_a_cursor_that_is_not_ours_leads_nowhere(house: House) -> None:
    assert Desk(house, ANNA).get(f"{LIST}?efter=x").status_code == 404
