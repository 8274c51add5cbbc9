"""Saying that a note is wrong: written, read through, sent once, answered by a day; and staff see it and answer it."""

from collections.abc import Iterator

import pytest

from shared.app import House, use
from shared.domain.ids import CaseId, ItemId
from shared.domain.objections import MOST
from tests.functions.own_browser import NAME, NUMBER, Own, kim
from tests.functions.staff_browser import Desk, at, taken
from tests.functions.test_casework_journal import plain
from tests.houses import demo_house
from tests.own_files import OBJECTION, RELEASE, WITHHOLD, knowing, noted, object_to, review
from tests.people import MARIA, SAMIR
from tests.registers import person


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        knowing(opened, person(NUMBER, NAME), child=NUMBER)
        yield opened


def released(house: House) -> tuple[CaseId, ItemId]:
    case = taken(house)
    return case, noted(house, case, "Mamma ringde.", RELEASE)


def test_what_is_wrong_is_read_through_sent_once_and_has_a_day(house: House) -> None:
    _, note = released(house)
    own = Own(house)
    draft = own.begin(note)
    assert own.begin(note) == draft, "what was begun goes on"
    assert own.write(draft, OBJECTION).headers["Location"].endswith("/bilagor")
    assert OBJECTION in own.get(f"{draft}/kontrollera").text
    fields = own.check(draft)
    sent = [own.post(f"{draft}/skicka", fields).headers["Location"] for _ in range(2)]

    assert len(set(sent)) == 1
    receipt = plain(own.get(sent[0]))
    assert "Vi har fått det du skrev" in receipt
    assert "Du får svar senast onsdag 2 december" in receipt
    shown = plain(own.get(f"/journal/{note}"))
    assert shown.count(OBJECTION) == 1
    assert OBJECTION in plain(own.get("/journal"))
    late = own.post(f"{draft}/text", {**own.fields(f"/journal/{note}", f"/journal/{note}/fel"), "text": "Mer."})
    assert late.status_code == 409
    assert "Du har redan skickat det här" in late.text
    assert sent[0] in own.get(f"{draft}/text").text


@pytest.mark.parametrize("text", ["", "  "])
def test_nothing_is_put_right(house: House, text: str) -> None:
    _, note = released(house)
    own = Own(house)
    draft = own.begin(note)
    empty = own.write(draft, text)

    assert empty.status_code == 422
    assert "<title>Fel:" in empty.text
    assert "En sak är kvar" in own.get(f"{draft}/kontrollera").text
    forged = own.post(f"{draft}/skicka", {**own.fields(f"{draft}/text"), "checked": "1"})
    assert forged.status_code == 400, "the page to send holds no text"


def test_too_much_is_told_and_stops_the_sending(house: House) -> None:
    _, note = released(house)
    own = Own(house)
    draft = own.begin(note)
    own.write(draft, "x" * 8001)

    assert "En sak är kvar" in own.get(f"{draft}/kontrollera").text


def test_staff_see_it_with_its_clock_and_answer_it_and_the_person_reads_the_answer(house: House) -> None:
    case, note = released(house)
    object_to(house, note, who=kim(house))
    maria, page = Desk(house, MARIA), f"{at(case)}/journal/{note}"
    assert "Nytt från den som akten gäller" in maria.get(f"{at(case)}/journal").text
    assert "Nytt från personen" in maria.get("/arbete/ko").text
    shown = plain(maria.get(page))
    assert OBJECTION in shown
    assert "svar inom en månad" in shown
    events = plain(maria.get(at(case)))
    assert "Tyckte att en anteckning är fel" in events
    assert "Journal, 1 nya" in events
    href = f"{at(case)}/sagt/{shown.partition('/sagt/')[2][:32]}"

    assert maria.post(href, {**maria.fields(href), "text": "", "go": "sign"}).status_code == 422
    check = maria.post(href, {**maria.fields(href), "text": "Vi har rättat det.", "go": "check"})
    assert "Läs igenom svaret" in check.text
    assert maria.resend(check, href, go="sign").headers["Location"] == href
    assert maria.resend(check, href, go="sign").headers["Location"] == href
    assert "Skriv under svaret" not in maria.get(href).text
    own = Own(house)
    read = plain(own.get(f"/journal/{note}"))
    assert "Vi har rättat det." in read
    assert "Maria" not in read
    assert "Svar från Mottagningen barn och unga" in plain(own.get("/journal"))
    assert "Vi har rättat det." in Desk(house, SAMIR).get(page).text
    journal = plain(maria.get(f"{at(case)}/journal"))
    assert "Nytt från den som akten gäller" not in journal
    assert "Svar till den som akten gäller" in journal
    assert "Nytt från personen" not in maria.get("/arbete/ko").text


def test_a_colleague_without_the_case_reads_it_and_is_not_asked_to_answer(house: House) -> None:
    case, note = released(house)
    object_to(house, note, who=kim(house))
    samir = Desk(house, SAMIR)
    href = f"{at(case)}/sagt/{samir.get(f'{at(case)}/journal/{note}').text.partition('/sagt/')[2][:32]}"
    shown = samir.get(href).text

    assert OBJECTION in shown
    assert "Ditt svar" not in shown


def test_a_full_note_refers_to_a_person(house: House) -> None:
    _, note = released(house)
    own = Own(house)
    draft = own.begin(note)
    own.write(draft, "En till.")
    fields = own.check(draft)
    for number in range(MOST):
        object_to(house, note, f"Fel {number}.", kim(house))

    assert "ring oss" in own.get(f"/journal/{note}").text
    late = own.post(f"{draft}/skicka", fields)
    assert late.status_code == 409
    assert "Det du skrev finns kvar." in plain(late)
    assert "En till." in own.get(f"{draft}/kontrollera").text


def test_a_note_that_is_not_theirs_to_read_takes_nothing_also_when_it_was_when_they_began(house: House) -> None:
    case, note = released(house)
    own = Own(house)
    token = own.fields(f"/journal/{note}", f"/journal/{note}/fel")
    draft = own.begin(note)
    own.write(draft, OBJECTION)
    fields = own.check(draft)
    for other in ("0" * 32, "x"):
        assert own.post(f"/journal/{other}/fel", token).status_code == 404
    review(house, case, note, WITHHOLD, seen=1)

    assert own.post(f"{draft}/skicka", fields).status_code == 409
    assert own.post("/journal/lagg-till", token).status_code == 404, "nothing is released any more"


def test_what_is_begun_about_a_note_that_is_not_shown_any_more_is_thrown_away_and_leads_on(house: House) -> None:
    case, note = released(house)
    own = Own(house)
    draft = own.begin(note)
    page = f"{draft}/ta-bort"
    review(house, case, note, WITHHOLD, seen=1)
    gone = own.post(page, own.fields(page))

    assert gone.status_code == 303
    assert own.get(gone.headers["Location"]).status_code == 200
