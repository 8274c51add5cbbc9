"""The section Folkbokföringen: the child and its guardians as the register knows them, and nobody's hidden address."""

import time
from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.adapters.timely_register import TimelyRegister
from shared.app import House, use
from shared.domain.ids import CaseId
from shared.domain.queries import CASE_DISCLOSURES
from tests.applications import case_of as applied_for
from tests.applications import send
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import Desk, at
from tests.houses import demo_house
from tests.people import MARIA, SAMIR
from tests.records.reports import case_of
from tests.registers import CHILD, FATHER, HandRegister, family

PHONE = "070-174 06 10"
MARKED, HIDDEN = "202510022383", "202503312387"


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def annas_case(house: House, number: str, name: str = "") -> CaseId:
    """A case of Anna's about the child of this number, reported with a phone number."""
    elsa = Reporter(house)
    draft = elsa.write()
    elsa.answer(draft, "vem", child_given_name=name or "Kim", child_family_name="", child_person_id=number)
    elsa.answer(draft, "hemma", child_phone=PHONE)
    report = elsa.send(draft).headers["Location"].rpartition("/")[2]
    case = case_of(house, report)
    assert Desk(house).take(case).status_code == 303
    return case


def register_page(house: House, number: str, name: str = "") -> str:
    case = annas_case(house, number, name)
    return Desk(house).get(f"{at(case)}/folkbokforing").text


def contact_page(house: House, number: str, name: str = "", query: str = "") -> str:
    case = annas_case(house, number, name)
    return Desk(house).get(f"{at(case)}/kontakt{query}").text


def test_the_section_shows_the_family_with_source_and_time(house: House) -> None:
    page = register_page(house, CHILD, "Love")

    for words in (
        "Love Lindexempel", "20150101-2395", "Karin Lindexempel", "Omar Lindexempel", "Gemensam", "Mira Lindexempel",
        "Storgatan 12 lgh 1101", "Samma som barnet", "övningsregistret med påhittade familjer",
        "Frågat i\N{NO-BREAK SPACE}dag kl.\N{NO-BREAK SPACE}10.00",
    ):  # fmt: skip
        assert words in page


def test_the_section_is_in_english_too(house: House) -> None:
    case, anna = annas_case(house, CHILD, "Love"), Desk(house)
    anna.get(f"{at(case)}?sprak=en")
    page = anna.get(f"{at(case)}/folkbokforing").text

    assert "the practice register of invented families" in page
    assert "The same as the child’s" in page


def test_guardians_at_two_addresses_are_shown_with_both(house: House) -> None:
    page = register_page(house, "201701012393", "Sam")

    assert "Parkvägen 3" in page
    assert "c/o Nilsexempel" in page
    assert "Hamngatan 40 lgh 1203" in page


@pytest.mark.parametrize(
    ("number", "name", "words"),
    [
        ("202504182391", "Noel", ["Ensam"]),
        ("202509012387", "Yara", ["19701063-2391", "Samordningsnummer", "Inte folkbokförd", "Ingen i registret"]),
        ("202512232386", "Vera", ["Avliden, måndag 2\N{NO-BREAK SPACE}mars\N{NO-BREAK SPACE}2026", "Behöver kontr"]),
        ("202601012384", "Saga", ["Utflyttad från Sverige, lördag 15"]),
    ],
)
def test_each_family_is_shown_as_the_register_has_it(house: House, number: str, name: str, words: list[str]) -> None:
    page = register_page(house, number, name)

    assert [word for word in words if word not in page] == []


@pytest.mark.parametrize(("number", "name"), [(MARKED, "Alva"), (HIDDEN, "Ellen")])
def test_a_protected_family_has_a_banner_and_no_address_at_all(house: House, number: str, name: str) -> None:
    page = register_page(house, number, name)

    assert "Skyddade personuppgifter." in page
    assert "Visas inte" in page
    assert [street for street in ("Gömda gatan", "Öppna vägen", "999 0") if street in page] == []


@pytest.mark.parametrize("query", ["", "?forsakrat=ja"])
def test_reported_contact_details_of_a_protected_family_stay_masked_with_a_reason(house: House, query: str) -> None:
    page = contact_page(house, HIDDEN, "Ellen", query)

    assert PHONE not in page
    assert "Någon i familjen har skyddade personuppgifter" in page
    assert "försäkrat mig" not in page


def test_reported_contact_details_are_shown_when_the_register_knows_of_no_protection(house: House) -> None:
    assert PHONE in contact_page(house, CHILD, "Love")


@pytest.mark.parametrize(
    ("number", "words"),
    [("", "Anmälan anger inget personnummer"), ("198804202383", "känner inte till numret")],
)
def test_without_an_answer_staff_are_told_to_ask_and_contact_details_wait(
    house: House, number: str, words: str
) -> None:
    case, anna = annas_case(house, number), Desk(house)
    section, masked = anna.get(f"{at(case)}/folkbokforing").text, anna.get(f"{at(case)}/kontakt").text

    for page in (section, masked):
        assert words in page
        assert "Fråga den du talar med" in page
    assert ("Källa:" in section) == bool(number)
    assert PHONE not in masked
    assert PHONE in anna.get(f"{at(case)}/kontakt?forsakrat=ja").text


def test_a_register_that_contradicts_itself_is_doubted_and_gives_no_address(house: House) -> None:
    house.register = HandRegister(family(replace(family().people[FATHER], wards=())))
    page = register_page(house, CHILD)

    assert "Uppgifterna behöver kontrolleras." in page
    assert "Uppgifterna om vårdnaden går inte ihop" in page
    assert "Storgatan 12" not in page


def test_a_slow_register_keeps_nobody_waiting_for_two_seconds(house: House) -> None:
    slow = HandRegister(family(), hangs=True)
    house.register = TimelyRegister(slow)
    case, anna = annas_case(house, CHILD), Desk(house)
    started = time.monotonic()

    page = anna.get(f"{at(case)}/folkbokforing")

    assert time.monotonic() - started < 2
    assert page.status_code == 200
    assert "Registret svarar inte just nu." in page.text
    assert "Fråga registret igen" in page.text
    slow.let_go.set()


def test_the_case_itself_does_not_need_the_register(house: House) -> None:
    house.register = register = HandRegister(down=True)
    case, anna = annas_case(house, CHILD), Desk(house)

    for part in ("", "/anmalan", "/bedomningar", "/skyddsbedomning"):
        assert anna.get(at(case) + part).status_code == 200
    assert register.asked == []


def test_a_colleague_and_the_lead_are_shown_no_section_and_nothing_of_it(house: House) -> None:
    case = annas_case(house, CHILD, "Love")

    for colleague in (SAMIR, MARIA):
        desk = Desk(house, colleague)
        assert "/folkbokforing" not in desk.get(at(case)).text
        refused = desk.get(f"{at(case)}/folkbokforing")
        assert refused.status_code == 403
        assert "Lindexempel" not in refused.text


def test_nobody_asks_the_register_in_a_case_that_somebody_has_applied_for(house: House) -> None:
    case = applied_for(house, send(house).result)
    anna = Desk(house)
    anna.take(case)

    assert anna.get(at(case)).status_code == 200
    for page in ("folkbokforing", "kontakt"):
        assert page not in anna.get(at(case)).text
        assert anna.get(f"{at(case)}/{page}").status_code == 404
    asked = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=25).documents
    assert "register" not in {one.fields["what"] for one in asked}
