"""An application at the desk: read by the parts of its form, and what can be done with it."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.app import House, use
from shared.domain.cases import Step
from shared.domain.ids import CaseId
from shared.domain.letters import Letter
from tests.applications import SARA, applied, case_of, send, story
from tests.functions.staff_browser import Desk, at, reported
from tests.houses import demo_house
from tests.people import ANNA, MARIA, SAMIR

STORY = "Jag har lånat av en vän."
WAITS = ("no_food", "eviction")


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def sent(house: House, *signals: str) -> CaseId:
    what = replace(applied(*signals), snapshot=story(STORY), contact={})
    return case_of(house, send(house, what).result)


def test_an_application_stands_in_the_queue_without_a_name(house: House) -> None:
    case = sent(house)
    page = Desk(house).get("/arbete/ko?visa=ekonomiskt_bistand").text

    assert f'href="{at(case)}"' in page
    assert "Läsa ansökan" in page
    assert "Sökte själv" in page
    assert "Almexempel" not in page


def test_the_answers_are_read_by_the_parts_of_the_form(house: House) -> None:
    page = Desk(house).get(f"{at(sent(house))}/ansokan").text

    assert "Du och ditt hushåll" in page
    assert STORY in page
    assert "Kan inte vänta" not in page


def test_what_can_not_wait_stands_first_in_words(house: House) -> None:
    page = Desk(house).get(f"{at(sent(house, *WAITS))}/ansokan").text

    assert page.index("Kan inte vänta") < page.index("Du och ditt hushåll")
    assert "Har inte pengar till mat" in page
    assert "Kan bli av med bostaden" in page


def test_its_caseworker_says_that_it_is_read_and_nobody_else_is_offered_it(house: House) -> None:
    case, anna = sent(house, "no_food"), Desk(house)
    anna.take(case)
    page, act = f"{at(case)}/ansokan", f"{at(case)}/ansokan/last"

    assert act not in Desk(house, SAMIR).get(page).text
    assert anna.post(act, anna.fields(page, act)).headers["Location"] == at(case)
    assert anna.case(case).step is Step.HANDLAGGNING
    assert act not in anna.get(page).text
    assert "Läste ansökan och såg till det som inte kan vänta" in anna.get(at(case)).text


def test_an_undecided_application_has_two_letters_to_write_and_no_register(house: House) -> None:
    case, anna = sent(house), Desk(house)
    anna.take(case)
    letters = anna.get(f"{at(case)}/brev").text

    assert f"{at(case)}/brev/skriv/meeting_invitation" in letters
    assert letters.count("/brev/skriv/") == 2
    assert "/folkbokforing" not in anna.get(at(case)).text


def test_a_report_has_no_application(house: House) -> None:
    assert Desk(house).get(f"{at(reported(house))}/ansokan").status_code == 404


def test_contact_details_are_opened_by_its_caseworker_alone(house: House) -> None:
    case, anna = sent(house), Desk(house)
    anna.take(case)

    assert "Visa kontaktuppgifter" in anna.get(f"{at(case)}/ansokan").text
    assert "lämnade inga kontaktuppgifter" in anna.get(f"{at(case)}/ansokan/kontakt").text
    assert Desk(house, SAMIR).get(f"{at(case)}/ansokan/kontakt").status_code == 403
    assert Desk(house, MARIA).get(f"{at(case)}/ansokan/kontakt").status_code == 403


def test_the_lead_is_told_of_what_can_not_wait(house: House) -> None:
    sent(house, "no_food")

    assert "En ansökan som inte kan vänta" in Desk(house, MARIA).get("/arbete/notiser").text
    assert "En ansökan som inte kan vänta" not in Desk(house, ANNA).get("/arbete/notiser").text


def test_an_applicant_is_told_that_it_is_late_why_until_when_and_what_can_be_demanded(house: House) -> None:
    """FL 11, 12 §§."""
    case = case_of(house, send(house, applied()).result)
    anna, page = Desk(house), f"{at(case)}/brev/skriv/delay_notice"
    anna.take(case)
    to = {"recipients": str(SARA.person), "how": "inbox"}
    late = {
        **to,
        "reason": "Vi är färre än vanligt.",
        "new_day-day": "20",
        "new_day-month": "12",
        "new_day-year": "2026",
    }
    shown = anna.get(page).text
    assert "Någon annan" not in shown
    assert "Barnets namn" not in shown
    assert anna.write(page, late).status_code == 303
    anna.post(f"{page}/kontrollera", {**anna.fields(f"{page}/kontrollera"), "checked": "yes"})

    (waiting,) = house.inbox.page(SARA).letters
    house.inbox.receive(SARA, waiting.id)
    letter = house.inbox.open(SARA, waiting.id)
    assert isinstance(letter, Letter)
    said = " ".join(line for part in letter.text.parts for line in part.lines).replace("\N{NO-BREAK SPACE}", " ")
    assert "Din ansökan har blivit försenad." in said
    assert "Vi är färre än vanligt." in said
    assert "senast söndag 20 december" in said
    assert "(12 § förvaltningslagen)" in said
    assert "Skickade brev: Ärendet är försenat" in anna.get(at(case)).text


@pytest.mark.parametrize("kind", ["report_invitation", "communication", "decision", "investigation_extended"])
def test_no_other_letter_of_a_childs_case_is_written_to_an_applicant(house: House, kind: str) -> None:
    case = case_of(house, send(house, applied()).result)
    anna = Desk(house)
    anna.take(case)

    assert anna.get(f"{at(case)}/brev/skriv/{kind}").status_code == 409
    assert Desk(house, SAMIR).get(f"{at(case)}/brev/skriv/delay_notice").status_code == 403
