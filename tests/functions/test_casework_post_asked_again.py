"""The print queue asks the register again: nobody who hid, moved or died since gets a letter at the old address."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.ids import CaseId
from shared.domain.letters import How
from shared.domain.queries import CASE_DISCLOSURES
from shared.domain.register import Address, Protection, Registration
from tests.functions.letter_desk import both, loves_case, mother, send, write
from tests.functions.staff_browser import Desk
from tests.houses import demo_house
from tests.letters import letters_of
from tests.registers import CHILD, FATHER, MOTHER, LivingRegister, person

LIST = "/arbete/utskrift"
ALL = f"{LIST}/alla.pdf"
OLD, NEW = "Storgatan 12", "Nygatan 3"


@pytest.fixture
def register() -> LivingRegister:
    return LivingRegister(person(CHILD, "Love Exempel", guardians=(MOTHER, FATHER)))


@pytest.fixture
def house(register: LivingRegister) -> Iterator[House]:
    opened = demo_house()
    opened.__dict__["register"] = register
    with use(opened):
        yield opened


def sent(house: House, to: dict[str, Any]) -> tuple[CaseId, Desk]:
    """Letters on paper about Love; the case and Anna's desk."""
    case, anna = loves_case(house), Desk(house)
    assert write(anna, case, {**to, "how": How.PRINT.value}).status_code == 303
    assert send(anna, case).status_code == 303
    return case, anna


def paper(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages)


def onward(page: TestResponse) -> str:
    """Where the button for the letters that can be printed leads."""
    (go,) = {part.partition('"')[0] for part in page.text.split('href="')[1:] if part.startswith(ALL)}
    return go.replace("&amp;", "&")


def whats(house: House, case: CaseId) -> list[object]:
    return [one.fields["what"] for one in house.store.query(CASE_DISCLOSURES, {"case": case}, limit=100).documents]


def test_when_nothing_has_changed_the_letters_are_printed_at_once(house: House) -> None:
    case, anna = sent(house, both(house))
    words = paper(anna.get(ALL).data)

    assert words.count(OLD) == 2
    assert whats(house, case).count("letter_print") == 2
    assert whats(house, case).count("register_print") == 1


@pytest.mark.parametrize("protection", [Protection.SEKRETESSMARKERING, Protection.SKYDDAD_FOLKBOKFORING])
@pytest.mark.parametrize("who", [MOTHER, CHILD])
def test_who_has_become_protected_goes_by_skatteverket_and_the_page_says_so_first(
    house: House, register: LivingRegister, who: str, protection: Protection
) -> None:
    case, anna = sent(house, mother(house))
    register.change(who, protection=protection)
    told = anna.get(ALL)
    (letter,) = letters_of(house, case)

    assert "Går nu som förmedlingsuppdrag" in told.text
    assert [secret for secret in (OLD, "Karin", "19800426") if secret in told.text] == []
    assert anna.get(f"{LIST}/{letter}.pdf").mimetype == "text/html"
    words = paper(anna.get(onward(told)).data)
    assert "19800426-2385" in words
    assert OLD not in words
    assert words.index("19800426-2385") < words.index("Vi vill")


def test_who_has_moved_gets_the_letter_where_they_live_now(house: House, register: LivingRegister) -> None:
    _, anna = sent(house, mother(house))
    register.change(MOTHER, address=Address(NEW, "999 02", "Exempelstad"))
    words = paper(anna.get(ALL).data)

    assert NEW in words
    assert OLD not in words


@pytest.mark.parametrize(
    ("who", "change", "why"),
    [
        (MOTHER, {"registration": Registration.DECEASED}, "har avlidit"),
        (MOTHER, {"registration": Registration.MOVED_OUT}, "inte längre folkbokförd i Sverige"),
        (MOTHER, {"address": None}, "säger inte längre säkert"),
        (CHILD, {"guardians": (FATHER,)}, "inte längre vårdnadshavare"),
    ],
)
def test_one_is_held_with_its_reason_and_the_other_is_printed(
    house: House, register: LivingRegister, who: str, change: dict[str, Any], why: str
) -> None:
    case, anna = sent(house, both(house))
    register.change(who, **change)
    told = anna.get(ALL)

    assert why in told.text
    assert OLD not in told.text
    assert whats(house, case).count("letter_print") == 1, "of the one that may be printed"
    words = paper(anna.get(onward(told)).data)
    assert ("Omar" in words, "Karin" in words) == (True, False)


def test_without_the_register_an_address_is_not_used_and_nothing_is_lost(
    house: House, register: LivingRegister
) -> None:
    case, anna = sent(house, both(house))
    register.down = {MOTHER}
    told = anna.get(ALL)
    assert "Folkbokföringen svarar inte" in told.text
    assert "Skriv ut brevet som kan skickas" in told.text
    register.down = {MOTHER, FATHER, CHILD}
    told = anna.get(ALL)
    seen = "&".join(f"sett={one}-unavailable" for one in letters_of(house, case))
    for page in (told, anna.get(f"{ALL}?{seen}")):
        assert page.text.count("Folkbokföringen svarar inte") == 2
        assert "Skriv ut" not in page.text.partition("<h1")[2]
    register.down = set()
    assert paper(anna.get(ALL).data).count(OLD) == 2


def test_what_happens_after_the_page_was_shown_is_told_before_it_is_printed(
    house: House, register: LivingRegister
) -> None:
    _, anna = sent(house, both(house))
    register.change(MOTHER, protection=Protection.SEKRETESSMARKERING)
    told = anna.get(ALL)
    go = onward(told)
    register.change(FATHER, registration=Registration.DECEASED)

    assert "har avlidit" in anna.get(go).text


def test_a_typed_address_that_no_register_vouched_for_stands_while_it_is_silent(
    house: House, register: LivingRegister
) -> None:
    named = {
        "recipients": "other", "other_name": "Tolvan Exempel", "other_number": "191212121212",
        "other_address": "Gömda gränd 7\n999 01 Exempelstad",
    }  # fmt: skip
    _, anna = sent(house, named)
    register.down = {"191212121212"}

    assert "Gömda gränd 7" in paper(anna.get(ALL).data)


def test_a_register_that_is_down_is_not_asked_for_ever(house: House, register: LivingRegister) -> None:
    for _ in range(4):
        sent(house, both(house))
    register.down = {MOTHER, FATHER, CHILD}
    register.asked.clear()
    Desk(house).get(ALL)

    assert len(register.asked) == 3
