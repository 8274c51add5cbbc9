"""Letters at the desk: to the right people, read through, sent once, and never over a colleague's words."""

import re
from collections.abc import Iterator

import pytest
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.ids import CaseId
from shared.domain.queries import CASE_DISCLOSURES, LETTERS_OF_CASE
from tests.functions.inbox_browser import Person, resident
from tests.functions.letter_desk import INVITATION, STORY, both, code, loves_case, mother, page_of, send, write
from tests.functions.staff_browser import Desk, at, taken
from tests.houses import demo_house
from tests.people import MARIA, SAMIR
from tests.registers import FATHER, MOTHER

STREET = "Storgatan 12 lgh 1101"


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def count(house: House, case: CaseId) -> int:
    return len(house.store.query(LETTERS_OF_CASE, {"case": case}, limit=50).documents)


def asked(house: House, case: CaseId, what: str) -> int:
    page = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=100)
    return sum(one.fields["what"] == what for one in page.documents)


def send_unread(desk: Desk, case: CaseId) -> TestResponse:
    """Press to send without having come to the page of reading through."""
    fields = {**desk.fields(page_of(case)), "seen": "", "checked": "yes"}
    own: dict[str, object] = {
        name: fields[name] for name in ("csrf_token", "submission_id", "seen", "checked") if name in fields
    }
    return desk.post(f"{page_of(case)}/kontrollera", own)


def test_the_case_offers_the_letters_that_fit_and_names_their_law(house: House) -> None:
    page = Desk(house).get(f"{at(loves_case(house))}/brev").text

    assert "Inbjudan till samtal" in page
    assert "20 kap. 2 § socialtjänstlagen (2025:400)" in page
    assert "Utredning har inletts" not in page
    assert "Inga brev är skickade i ärendet." in page


def test_before_the_protection_assessment_no_letter_is_offered_or_opened(house: House) -> None:
    case, anna = taken(house), Desk(house)

    assert "Skyddsbedömningen kommer först." in anna.get(f"{at(case)}/brev").text
    refused = anna.get(page_of(case))
    assert refused.status_code == 409
    assert "Barnets skydd går först" in refused.text


def test_the_form_knows_the_guardians_and_what_the_case_knows(house: House) -> None:
    case = loves_case(house)
    page = Desk(house).get(page_of(case)).text

    for words in (
        "Karin Lindexempel, vårdnadshavare",
        "Omar Lindexempel, vårdnadshavare",
        "031-390 06 01",
        'value="Love"',
    ):
        assert words in page
    assert [secret for secret in (MOTHER, STREET, STORY) if secret in page] == []
    assert asked(house, case, "register_letter") == 1


def test_what_usually_stands_in_a_letter_is_there_and_may_be_changed(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    page = anna.get(page_of(case)).text

    assert "Du bestämmer själv om du vill komma." in page
    assert 'value="Storgatan 1"' in page
    write(anna, case, {**mother(house), "purpose_support": "Något annat."})
    assert "Du bestämmer själv" not in anna.get(f"{page_of(case)}/kontrollera").text


def test_a_text_whose_case_was_given_away_meanwhile_is_shown_back_and_sent_by_nobody(house: House) -> None:
    case, anna, maria = loves_case(house), Desk(house), Desk(house, MARIA)
    written = {**anna.fields(page_of(case)), **INVITATION, **mother(house), "purpose_support": "Vi behöver ses snart."}
    maria.post(f"{at(case)}/tilldela", {**maria.fields(at(case), f"{at(case)}/tilldela"), "to": "samir.exempel"})

    refused = anna.post(page_of(case), written)
    assert refused.status_code == 403
    assert "Vi behöver ses snart." in refused.text


def test_a_letter_to_both_is_two_letters_and_neither_reads_the_others(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    assert write(anna, case, both(house)).status_code == 303
    assert send(anna, case).headers["Location"] == f"{at(case)}/brev"

    karin, omar = (Person(house, resident(house, one)) for one in (MOTHER, FATHER))
    (hers,), (his,) = karin.letters(), omar.letters()
    assert "Till Karin Lindexempel" in karin.open(hers).text
    assert (karin.get(his).status_code, omar.get(hers).status_code) == (404, 404)
    assert count(house, case) == 2


def test_no_guardian_ever_gets_the_report(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    write(anna, case, mother(house))
    send(anna, case)
    karin = Person(house, resident(house, MOTHER))

    page = karin.open(karin.letters()[0]).text
    assert "Vi har fått en anmälan som gäller Love." in page
    assert [secret for secret in (STORY, "Elsa", "Exempelskolan", "kurator", STREET) if secret in page] == []


def test_what_is_sent_is_what_was_read_through(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    write(anna, case, {**mother(house), "reporter_display": "Exempelskolan"})
    shown = anna.get(f"{page_of(case)}/kontrollera").text

    for words in (
        "Vi har fått en anmälan från Exempelskolan som gäller Love.",
        "torsdag 12\xa0november\xa02026",
        "Besök, Telefon",
    ):
        assert words in shown
    assert count(house, case) == 0


def test_an_empty_letter_is_told_everything_it_lacks(house: House) -> None:
    answer = Desk(house).write(page_of(loves_case(house)), {"child_name": "", "contact_phone": "", "place": ""})

    assert answer.status_code == 422
    for words in ("Välj vem som ska ha brevet", "Välj hur brevet ska fram", "Skriv barnets namn", "Skriv var ni ses"):
        assert answer.text.count(words) == 2


def test_half_a_letter_waits_for_whoever_goes_on(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    saved = anna.write(page_of(case), {"purpose_support": "Påbörjat."}, go="later")

    assert saved.headers["Location"] == page_of(case)
    page = anna.get(page_of(case)).text
    assert "Påbörjat." in page
    assert "av Anna Exempel" in page
    assert anna.get(f"{page_of(case)}/kontrollera").headers["Location"] == page_of(case)


def test_a_letter_keeps_itself_while_somebody_writes_and_asks_the_register_nothing(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    begun = {**anna.fields(page_of(case)), **mother(house), "purpose_support": "Mitt i en men"}

    kept = anna.keep(page_of(case), begun)

    assert (kept.status_code, kept.headers["X-Draft"]) == (204, "1")
    assert asked(house, case, "register_letter") == 1, "the page asked; keeping did not"
    page = anna.get(page_of(case)).text
    assert "Mitt i en men" in page
    assert re.search(f'value="{code(house, MOTHER)}"[^>]* checked', page)
    assert anna.keep(page_of(case), {**begun, "purpose_support": "Annat."}).status_code == 409
    assert anna.keep(page_of(case), {**begun, "seen": "1", "purpose_support": "Mer."}).headers["X-Draft"] == "2"


def test_whoever_was_kept_without_the_register_gets_nothing_when_it_does_not_know_them(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    fields = {**anna.fields(page_of(case)), **INVITATION, "recipients": "0" * 32}

    assert anna.keep(page_of(case), fields).status_code == 204
    assert anna.get(f"{page_of(case)}/kontrollera").headers["Location"] == page_of(case)
    assert send_unread(anna, case).headers["Location"] == page_of(case)
    assert count(house, case) == 0


def test_nobody_but_the_caseworker_keeps_a_letter(house: House) -> None:
    case = loves_case(house)
    fields = Desk(house).fields(page_of(case))

    assert Desk(house, SAMIR).keep(page_of(case), fields).status_code == 403
    assert Desk(house, MARIA).keep(page_of(case), fields).status_code == 403
    assert "Utkast sparat kl." in Desk(house).get(page_of(case)).text
    assert "Utkast sparat i dag" not in Desk(house).get(page_of(case)).text


def test_a_day_that_has_been_is_to_be_put_right(house: House) -> None:
    answer = write(Desk(house), loves_case(house), {**mother(house), "meeting_date-year": "2025"})

    assert answer.status_code == 422
    assert answer.text.count("Dagen måste vara i dag eller senare") == 2


def test_nothing_is_sent_before_confidentiality_is_checked(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    write(anna, case, mother(house))
    check = f"{page_of(case)}/kontrollera"
    answer = anna.post(check, anna.fields(check))

    assert answer.status_code == 422
    assert answer.text.count("Kryssa i att du har prövat sekretessen") == 2
    assert count(house, case) == 0


def test_sending_twice_is_sending_once(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    write(anna, case, mother(house))
    check = f"{page_of(case)}/kontrollera"
    form = {**anna.fields(check), "checked": "yes"}

    answers = [anna.post(check, form) for _ in range(2)]

    assert [one.headers["Location"] for one in answers] == [f"{at(case)}/brev"] * 2
    assert count(house, case) == 1
    assert anna.get(at(case)).text.count("Skickade brev: Inbjudan till samtal") == 1


def test_the_next_letter_of_the_kind_begins_afresh(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    write(anna, case, {**mother(house), "place": "Gamla salen"})
    send(anna, case)

    assert "Gamla salen" not in anna.get(page_of(case)).text
    write(anna, case, {"recipients": code(house, FATHER)})
    assert send(anna, case).status_code == 303
    assert count(house, case) == 2


def test_two_windows_with_the_same_letter_see_both_texts(house: House) -> None:
    case, one, two = loves_case(house), Desk(house), Desk(house)
    seconds = {**two.fields(page_of(case)), **INVITATION, **mother(house), "place": "Andra salen"}
    write(one, case, {**mother(house), "place": "Första salen"}, go="later")

    conflict = two.post(page_of(case), seconds)

    assert conflict.status_code == 409
    assert "Första salen" in conflict.text
    assert "Andra salen" in conflict.text
    assert "Första salen" in one.get(page_of(case)).text


def test_what_changed_since_it_was_read_through_is_not_sent(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    write(anna, case, mother(house))
    check = f"{page_of(case)}/kontrollera"
    read = {**anna.fields(check), "checked": "yes"}
    write(anna, case, {**mother(house), "place": "En annan sal"})

    answer = anna.post(check, read)

    assert count(house, case) == 0
    shown = anna.get(answer.headers["Location"]).text
    assert "Utkastet har ändrats sedan du öppnade sidan." in shown
    assert "En annan sal" in shown


def test_colleagues_read_the_letters_and_do_not_write_them(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    write(anna, case, mother(house))
    send(anna, case)
    page = Desk(house, SAMIR).get(f"{at(case)}/brev").text
    (letter,) = house.store.query(LETTERS_OF_CASE, {"case": case}, limit=5).documents

    assert "Karin Lindexempel, vårdnadshavare" in page.replace("<bdi>", "").replace("</bdi>", "")
    assert "Skriv ett brev" not in page
    assert Desk(house, SAMIR).get(page_of(case)).status_code == 403
    read = Desk(house, SAMIR).get(f"{at(case)}/brev/{letter.id}").text
    assert "Vi vill höra hur du ser på saken." in read
    assert STREET not in read
    assert asked(house, case, "letter") == 1


@pytest.mark.parametrize("kind", ["investigation_opened", "communication", "decision", "nothing_of_ours"])
def test_a_letter_that_does_not_fit_the_step_is_not_written(house: House, kind: str) -> None:
    assert Desk(house).get(page_of(loves_case(house), kind)).status_code in {404, 409}


@pytest.mark.parametrize("extra", [{"rank": "1"}, {"place": ["en", "två"]}, {"how": ["inbox", "print"]}])
def test_fields_that_no_page_of_ours_sends_are_refused(house: House, extra: dict[str, object]) -> None:
    assert write(Desk(house), loves_case(house), {**mother(house), **extra}).status_code == 400
