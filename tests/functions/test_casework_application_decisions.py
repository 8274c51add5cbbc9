"""Deciding an application at the desk: a person signs, the case ends, the applicant reads it in the inbox."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.start.main import app as start
from shared.app import House, use
from shared.domain.cases import ClockState, Step
from shared.domain.ids import CaseId, StaffId
from shared.domain.letters import LetterKind
from shared.domain.municipality import Staff
from shared.records.inbox import Received
from tests.applications import SARA, applied, case_of, send, story
from tests.functions.browser import Browser
from tests.functions.given_out import inside
from tests.functions.staff_browser import Desk, at, reported, without_a_press
from tests.houses import demo_house
from tests.journeys.hostile_texts import HOSTILE
from tests.people import ANNA, MARIA, SAMIR
from tests.records.reports import Forms

MOTIVES = "Hushållet saknar inkomster."
DAYS = {
    "first_day-day": "1", "first_day-month": "12", "first_day-year": "2026",
    "last_day-day": "31", "last_day-month": "12", "last_day-year": "2026",
}  # fmt: skip
GRANTED = {
    "outcome": "bifall", "paragraph": "sol_12_1", "what": "Försörjningsstöd", "amount": "8 450:-", **DAYS,
    "motivation": MOTIVES, "name_stands": "yes",
}  # fmt: skip
REFUSED = {
    "outcome": "avslag",
    "paragraph": "sol_12_1",
    "what": "Glasögon",
    "motivation": MOTIVES,
    "name_stands": "yes",
}
PARTLY = {**GRANTED, "outcome": "delvis", "refused": "Glasögonen."}
DISMISSED = {"outcome": "avvisning", "motivation": "Vi frågade två gånger.", "name_stands": "yes"}

HARMFUL = ("<script>window", "<img src=x", "<svg/onload", "<iframe srcdoc", "<a href='javascript", "<b>x</b>")


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def read(house: House) -> CaseId:
    """An application that Anna has read."""
    what = replace(applied(), snapshot=story("Jag har lånat av en vän."), contact={})
    case = case_of(house, send(house, what).result)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    house.caseworker.review(ANNA, case, Forms(ANNA).new())
    return case


def page(case: CaseId) -> str:
    return f"{at(case)}/ansokan/beslut"


def letters(house: House) -> list[Received]:
    return house.inbox.page(SARA).letters


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def words(house: House) -> str:
    """What the applicant reads in the one letter there is."""
    (one,) = letters(house)
    house.inbox.receive(SARA, one.id)
    letter = house.inbox.open(SARA, one.id)
    assert not isinstance(letter, Received)
    assert letter is not None
    assert letter.text.kind is LetterKind.DECISION
    return "\n".join(line for part in letter.text.parts for line in part.lines)


def test_nothing_is_chosen_before_somebody_chooses(house: House) -> None:
    case, anna = read(house), Desk(house)
    fields = anna.fields(page(case))

    assert {"outcome", "paragraph", "name_stands"} & set(fields) == set()
    assert fields["amount"] == [""]
    assert "Besluta om ansökan" in anna.get(at(case)).text
    assert "Jag har lånat av en vän." in anna.get(page(case)).text


def test_a_granted_application_ends_and_the_applicant_reads_amount_days_reasons_and_how_to_appeal(house: House) -> None:
    case, anna = read(house), Desk(house)
    assert anna.write(page(case), GRANTED).status_code == 303
    assert letters(house) == []
    assert anna.sign(page(case)).headers["Location"] == at(case)
    stands = anna.case(case)

    assert (stands.step, stands.open) == (Step.AVSLUTAT, False)
    assert {one.state for one in stands.clocks.values()} == {ClockState.MET}
    said = spaced(words(house))
    assert "Belopp: 8 450 kronor" in said
    assert "Tid: 1 december 2026 till och med 31 december 2026" in said
    assert MOTIVES in said
    assert "Så överklagar du" in said
    assert "inom tre veckor" in said
    assert "8 450 kronor" in spaced(anna.get(f"{at(case)}/bedomningar").text)
    assert "Beslut: ansökan beviljas." in anna.get(at(case)).text


def test_the_original_says_the_same(house: House) -> None:
    case, anna = read(house), Desk(house)
    anna.write(page(case), PARTLY)
    anna.sign(page(case))
    text = inside(anna.get(f"{at(case)}/original/{anna.case(case).decision}").data)

    assert "beviljar en del av ansökan" in " ".join(text.split())
    assert "Glasögonen." in text
    assert "Så överklagar du" in text


@pytest.mark.parametrize(("form", "sentence"), [(REFUSED, "avslår"), (PARTLY, "en del"), (DISMISSED, "avvisar")])
def test_every_outcome_is_told_with_its_own_words_and_how_to_appeal(
    house: House, form: dict[str, str], sentence: str
) -> None:
    case, anna = read(house), Desk(house)
    assert anna.write(page(case), form).status_code == 303
    assert anna.sign(page(case)).status_code == 303

    assert sentence in words(house)


def test_help_beyond_what_the_law_gives_a_right_to_can_not_be_appealed_and_says_so(house: House) -> None:
    case, anna = read(house), Desk(house)
    anna.write(page(case), {**REFUSED, "paragraph": "sol_12_2"})
    anna.sign(page(case))

    assert "kan inte överklagas till förvaltningsrätten" in words(house)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ({**GRANTED, "amount": "0"}, "Skriv ett belopp som är större än 0 kronor"),
        ({**GRANTED, "amount": ""}, "Skriv ett belopp som är större än 0 kronor"),
        ({**GRANTED, "amount": "-100"}, "amount"),
        ({**REFUSED, "amount": "100"}, "Ta bort beloppet, eller välj att bevilja"),
        ({**DISMISSED, "amount": "100"}, "Ta bort beloppet, eller välj att bevilja"),
        ({**GRANTED, **dict.fromkeys(DAYS, "")}, "Skriv från och med vilken dag"),
        ({**GRANTED, "last_day-month": "11", "last_day-day": "30"}, "tidigast samma dag"),
        ({**GRANTED, "outcome": ""}, "Välj beslut"),
        ({**GRANTED, "paragraph": ""}, "Välj paragraf"),
        ({**GRANTED, "name_stands": ""}, "Välj om ditt namn ska stå"),
        ({**GRANTED, "motivation": " "}, "Skriv motiveringen"),
        ({**GRANTED, "outcome": "delvis", "refused": ""}, "Skriv vad som avslås"),
    ],
)
def test_what_can_not_be_decided_is_told_with_what_to_do(house: House, answers: dict[str, str], told: str) -> None:
    case, anna = read(house), Desk(house)
    answer = anna.write(page(case), answers)

    assert answer.status_code == 422
    assert told in answer.text
    assert anna.get(f"{page(case)}/kontrollera").headers["Location"] == page(case)
    assert letters(house) == []


def test_a_second_decision_is_refused_and_shows_the_one_that_stands(house: House) -> None:
    case, anna, maria = read(house), Desk(house), Desk(house, MARIA)
    theirs = maria.fields(page(case))
    anna.write(page(case), GRANTED)
    anna.sign(page(case))
    answer = maria.post(page(case), {**theirs, **REFUSED})

    assert answer.status_code == 409
    assert "8 450" in spaced(answer.text)
    assert len(letters(house)) == 1


def test_the_same_signature_sent_twice_is_one_decision(house: House) -> None:
    case, anna = read(house), Desk(house)
    anna.write(page(case), GRANTED)
    fields = anna.fields(f"{page(case)}/kontrollera")
    first, second = (anna.post(f"{page(case)}/kontrollera", fields) for _ in range(2))

    assert (first.status_code, second.status_code) == (303, 303)
    assert len(letters(house)) == 1


def test_who_has_lost_the_case_can_not_sign_what_was_written(house: House) -> None:
    case, anna = read(house), Desk(house)
    anna.write(page(case), GRANTED)
    fields = anna.fields(f"{page(case)}/kontrollera")
    samir = house.municipality.staff[StaffId(str(SAMIR.staff))]
    house.caseworker.assign(MARIA, case, samir, Forms(MARIA).new())
    answer = anna.post(f"{page(case)}/kontrollera", fields)

    assert answer.status_code == 403
    assert "Det här är inte ditt ärende" in answer.text
    assert anna.case(case).decision is None


def test_a_draft_that_changed_meanwhile_is_read_through_again(house: House) -> None:
    case, anna, maria = read(house), Desk(house), Desk(house, MARIA)
    anna.write(page(case), GRANTED)
    fields = anna.fields(f"{page(case)}/kontrollera")
    maria.write(page(case), {**GRANTED, "amount": "9 000"})
    answer = anna.post(f"{page(case)}/kontrollera", fields)

    assert answer.headers["Location"].endswith("kontrollera?andrad=1")
    assert anna.case(case).decision is None


def test_an_application_that_nobody_has_read_is_not_decided(house: House) -> None:
    case = case_of(house, send(house).result)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())

    assert Desk(house).get(page(case)).status_code == 409


def test_a_report_is_not_decided_as_an_application(house: House) -> None:
    case = reported(house)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())

    assert Desk(house).get(page(case)).status_code == 409


def test_everything_that_is_wrong_is_told_at_once_and_in_the_order_of_the_form(house: House) -> None:
    case, anna = read(house), Desk(house)
    answer = anna.write(page(case), {"outcome": "bifall", "paragraph": "sol_12_1", "amount": "0"})
    told = re.findall(r'<li>\s*<a href="#([^"]+)"', answer.text)

    assert answer.status_code == 422
    assert told == ["what", "amount", "first_day-day", "last_day-day", "motivation", "name_stands"]
    assert "ett avslag har inget belopp" not in anna.write(page(case), {"amount": "100"}).text


def test_a_decision_without_the_name_tells_it_neither_in_the_letter_nor_in_the_original(house: House) -> None:
    case, anna = read(house), Desk(house)
    who: Staff = house.municipality.staff[StaffId(str(ANNA.staff))]
    unnamed = {**REFUSED, "name_stands": "no", "name_reason": "Hot på telefon."}
    assert anna.write(page(case), {**unnamed, "what": f"Glasögon, enligt {who.name}"}).status_code == 422
    assert anna.write(page(case), {**unnamed, "what": "Glasögon"}).status_code == 303
    anna.sign(page(case))
    (one,) = letters(house)
    house.inbox.receive(SARA, one.id)
    letter = house.inbox.open(SARA, one.id)

    assert who.name not in repr(letter)
    assert "Namnet är utelämnat" in repr(letter)
    assert who.name not in inside(anna.get(f"{at(case)}/original/{anna.case(case).decision}").data)
    assert "står inte i originalet" in anna.get(at(case)).text


@pytest.mark.parametrize("text", HOSTILE)
def test_texts_that_would_do_harm_stay_texts_at_the_desk_and_in_the_letter(house: House, text: str) -> None:
    case, anna = read(house), Desk(house)
    hostile = {**PARTLY, "what": text, "refused": text, "motivation": text}
    assert anna.write(page(case), hostile).status_code == 303
    pages = [anna.get(page(case)).text, anna.get(f"{page(case)}/kontrollera").text]
    assert anna.sign(page(case)).status_code == 303
    pages.append(anna.get(f"{at(case)}/bedomningar").text)
    (sent,) = house.letters.of_case(ANNA, case).letters  # type: ignore[union-attr]
    pages.append(anna.get(f"{at(case)}/brev/{sent.id}").text)

    assert house.originals.find(anna.case(case).decision) is not None  # type: ignore[arg-type]
    assert [one for one in HARMFUL for shown in pages if one in shown] == []
    assert not any("\u202e" in shown for shown in pages[1:]), "only the field itself holds it as it was typed"


def test_the_letter_is_read_before_the_original_is_made_and_offers_it_afterwards(house: House) -> None:
    case, anna, sara = read(house), Desk(house), Browser(start, house, SARA)
    without_a_press(house)
    anna.write(page(case), GRANTED)
    assert anna.sign(page(case)).status_code == 303
    (one,) = letters(house)
    house.inbox.receive(SARA, one.id)
    before = sara.get(f"/meddelanden/{one.id}").text

    assert "Beslutet i original görs just nu." in before
    assert "beslut.pdf" not in before
    assert MOTIVES in before
    del house.__dict__["originals"]
    house.__dict__.pop("waiting_originals", None)
    house.clock.advance(timedelta(minutes=3))  # type: ignore[attr-defined]
    house.waiting_originals.make()
    after = sara.get(f"/meddelanden/{one.id}").text
    assert "görs just nu" not in after
    assert f"/meddelanden/{one.id}/beslut.pdf" in after
    assert "8 450" in spaced(inside(sara.get(f"/meddelanden/{one.id}/beslut.pdf").data))
