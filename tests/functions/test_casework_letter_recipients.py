"""To whom a letter goes: the register's word at the writing and at the sending, and nobody's hidden address."""

from collections.abc import Iterator

import pytest

from shared.app import House, use
from shared.domain.ids import CaseId
from shared.domain.queries import LETTERS_OF_CASE
from tests.functions.inbox_browser import Person, resident
from tests.functions.letter_desk import code, loves_case, mother, page_of, send, write
from tests.functions.staff_browser import Desk, at
from tests.houses import demo_house
from tests.registers import MOTHER, HandRegister, family

HIDDEN_STREET = "Gömda gatan 1"
SOMEBODY = {"recipients": "other", "other_name": "Tolvan Exempel", "other_number": "19121212-1212"}


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def count(house: House, case: CaseId) -> int:
    return len(house.store.query(LETTERS_OF_CASE, {"case": case}, limit=50).documents)


def test_without_the_register_nobody_is_guessed_and_who_is_named_is_marked(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    house.register = register = HandRegister(down=True)
    assert "Registret svarar inte just nu." in anna.get(page_of(case)).text
    assert "Lindexempel" not in anna.get(page_of(case)).text.partition("<form")[2]

    assert write(anna, case, {**SOMEBODY, "how": "print", "other_address": "Egen gata 1"}).status_code == 303
    assert "Mottagaren är inte bekräftad." in anna.get(f"{page_of(case)}/kontrollera").text
    send(anna, case)
    assert "191212121212" in register.asked
    (letter,) = house.store.query(LETTERS_OF_CASE, {"case": case}, limit=5).documents
    assert "Mottagaren är inte bekräftad." in anna.get(f"{at(case)}/brev/{letter.id}").text


def test_a_register_that_falls_silent_before_the_sending_sends_nothing(house: House) -> None:
    house.register = register = HandRegister(family())
    case, anna = loves_case(house, name="Kim"), Desk(house)
    write(anna, case, mother(house))
    check = f"{page_of(case)}/kontrollera"
    form = {**anna.fields(check), "checked": "yes"}
    register.down = True

    assert anna.post(check, form).headers["Location"] == page_of(case)
    assert count(house, case) == 0
    assert "Vi vill höra hur du ser på saken." in anna.get(page_of(case)).text


def test_a_letter_to_two_never_goes_to_one_because_the_register_fell_silent(house: House) -> None:
    house.register = register = HandRegister(family())
    case, anna = loves_case(house, name="Kim"), Desk(house)
    two = {**SOMEBODY, "recipients": [code(house, MOTHER), "other"]}
    assert write(anna, case, two).status_code == 303
    check = f"{page_of(case)}/kontrollera"
    form = {**anna.fields(check), "checked": "yes"}
    register.down = True

    assert anna.post(check, form).headers["Location"] == f"{check}?andrad=1"
    assert count(house, case) == 0


def test_a_number_that_is_somebody_elses_is_refused_without_telling_whose(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    answer = write(anna, case, {"recipients": "other", "other_name": "Tolvan Exempel", "other_number": "19810822-2384"})

    assert answer.status_code == 422
    assert answer.text.count("Registret har ett annat namn på numret") == 2
    assert "Lena" not in answer.text
    assert anna.get(f"{page_of(case)}/kontrollera").headers["Location"] == page_of(case)


@pytest.mark.parametrize("number", ["", "okänt", "880209-T050"])
def test_a_letter_needs_a_whole_number(house: House, number: str) -> None:
    answer = write(Desk(house), loves_case(house), {**SOMEBODY, "other_number": number})

    assert answer.status_code == 422


def test_somebody_named_twice_gets_one_letter(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    named = {
        "recipients": [code(house, MOTHER), "other"],
        "other_name": "Karin Lindexempel",
        "other_number": "19800426-2385",
    }
    assert write(anna, case, named).status_code == 303
    send(anna, case)

    assert count(house, case) == 1


@pytest.mark.parametrize(("number", "name"), [("202510022383", "Alva"), ("202503312387", "Ellen")])
def test_a_protected_family_has_no_address_on_any_page(house: House, number: str, name: str) -> None:
    case, anna = loves_case(house, number, name), Desk(house)
    typed = {**SOMEBODY, "how": "print", "other_address": "Egen gata 1"}
    pages = [anna.get(page_of(case)).text]
    assert write(anna, case, typed).status_code == 303
    pages += [anna.get(f"{page_of(case)}/kontrollera").text]
    send(anna, case)
    pages += [anna.get(f"{at(case)}/brev").text, anna.get("/arbete/utskrift").text]

    assert "Skyddade personuppgifter." in pages[0]
    assert "Den ena vårdnadshavaren kan vara den som familjen skyddas från." in pages[0]
    assert "Förmedlingsuppdrag" in pages[3]
    assert [
        street for street in (HIDDEN_STREET, "Öppna vägen 9", "Egen gata 1") for page in pages if street in page
    ] == []


def test_a_letter_where_contact_is_not_safe_takes_a_plan_that_the_recipient_never_sees(house: House) -> None:
    case = loves_case(house, guardians_may_be_contacted="no", guardians_why_not="Polisen först.")
    anna = Desk(house)

    assert write(anna, case, mother(house)).status_code == 422
    assert write(anna, case, {**mother(house), "plan": "Love är hos mormor."}).status_code == 303
    send(anna, case)
    karin = Person(house, resident(house, MOTHER))
    (letter,) = karin.letters()

    assert "Love är hos mormor." in anna.get(f"{at(case)}/brev/{letter.rpartition('/')[2]}").text
    assert "mormor" not in karin.open(letter).text


def test_a_recipient_who_was_never_offered_is_to_be_put_right(house: House) -> None:
    answer = write(Desk(house), loves_case(house), {"recipients": code(house, "191212121212")})

    assert answer.status_code == 422


def test_a_child_of_fifteen_is_spoken_to_as_itself(house: House) -> None:
    case, anna = loves_case(house), Desk(house)
    house.clock.at = house.clock.at.replace(year=2030)  # type: ignore[attr-defined]
    assert "Love Lindexempel, barnet själv" in Desk(house).get(page_of(case)).text

    fresh = Desk(house)
    answers = {"recipients": code(house, "201501012395"), "meeting_date-year": "2030"}
    assert write(fresh, case, answers).status_code == 303
    assert "Vi har fått en anmälan som gäller dig." in fresh.get(f"{page_of(case)}/kontrollera").text
    assert anna.get("/arbete/ko").status_code == 303
