"""What is withheld stands on no page and no paper, whoever in the family is protected and however the letter goes."""

import io
from dataclasses import replace
from itertools import product

import pytest
from pypdf import PdfReader
from werkzeug.test import TestResponse

from shared.app import House, use
from shared.domain.register import Address, Protection, RegisteredPerson
from tests.functions.inbox_browser import Person, resident
from tests.functions.letter_desk import STORY, code, loves_case, page_of, send, write
from tests.functions.staff_browser import Desk, at
from tests.houses import demo_house
from tests.letters import letters_of
from tests.registers import CHILD, FATHER, MOTHER, SISTER, HandRegister, LivingRegister, family

NAMES = {CHILD: "Kim Exempel", MOTHER: "Karin Exempel", FATHER: "Omar Exempel", SISTER: "Mira Exempel"}
TYPED = "Hemliga stigen 9"
PLAN = "Kim är hos sin moster."
NOBODYS = "191212121212"


def street(number: str) -> str:
    """Where the person lives: no two at the same address."""
    return f"Gata {number[-4:]}"


def people(protected: str, protection: Protection) -> list[RegisteredPerson]:
    """The family at four addresses, one of them protected."""
    return [
        replace(
            person,
            address=Address(street(number), "999 01", "Exempelstad"),
            protection=protection if number == protected else Protection.NONE,
        )
        for number, person in family().people.items()
    ]


def said(answer: TestResponse) -> str:
    """What a page or a paper says."""
    if answer.headers["Content-Type"] == "application/pdf":
        return " ".join(" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(answer.data)).pages)
    return answer.text


def shown(house: House, how: str) -> tuple[dict[str, str], str]:
    """Everything that shows the letters to both guardians and somebody named; and what the post is printed on."""
    case, anna = loves_case(house, name="Kim", guardians_may_be_contacted="no", guardians_why_not="-"), Desk(house)
    chosen = [code(house, MOTHER), code(house, FATHER), "other"]
    named = {"other_name": "Tolvan Exempel", "other_number": NOBODYS, "other_address": TYPED}
    pages = {"asked": said(anna.get(page_of(case)))}
    assert write(anna, case, {"recipients": chosen, **named, "how": how, "plan": PLAN}).status_code == 303
    pages["read through"] = said(anna.get(f"{page_of(case)}/kontrollera"))
    send(anna, case)
    pages["all letters"] = said(anna.get(f"{at(case)}/brev"))
    pages["to print"] = said(anna.get("/arbete/utskrift"))
    for letter in letters_of(house, case):
        for end in ("", ".pdf"):
            pages[f"{letter}{end}"] = said(anna.get(f"{at(case)}/brev/{letter}{end}"))
            for number in (MOTHER, FATHER, NOBODYS):
                pages[f"{number} {letter}{end}"] = said(
                    Person(house, resident(house, number)).open(f"/meddelanden/{letter}{end}")
                )
    return pages, said(anna.get("/arbete/utskrift/alla.pdf"))


@pytest.mark.parametrize(
    ("protected", "protection", "how"),
    [
        pytest.param(*one, marks=[pytest.mark.slow] * (number > 1))
        for number, one in enumerate(
            product(
                (MOTHER, CHILD, FATHER, SISTER),
                (Protection.SEKRETESSMARKERING, Protection.SKYDDAD_FOLKBOKFORING),
                ("print", "inbox"),
            )
        )
    ],
)
def test_no_address_of_a_protected_family_is_on_any_page_or_paper(
    protected: str, protection: Protection, how: str
) -> None:
    with use(demo_house()) as house:
        house.register = HandRegister(family(*people(protected, protection)))
        pages, post = shown(house, how)

    withheld = [*map(street, NAMES), TYPED]
    assert {name: one for name, page in {**pages, "post": post}.items() for one in withheld if one in page} == {}


def test_what_is_for_staff_and_what_was_reported_reaches_no_recipient() -> None:
    with use(demo_house()) as house:
        house.register = HandRegister(family(*people("", Protection.NONE)))
        pages, post = shown(house, "inbox")

    received = {name: page for name, page in pages.items() if name.startswith((MOTHER, FATHER, NOBODYS))}
    never = (PLAN, STORY, "Exempelskolan", "Elsa", MOTHER, FATHER, NOBODYS, *map(street, NAMES), TYPED)
    assert {name: one for name, page in received.items() for one in never if one in page} == {}
    assert len([page for page in received.values() if "Vi vill träffa dig" in page]) == 6
    assert [one for one in never if one in post] == []


def test_on_paper_each_address_stands_on_its_own_letter_alone() -> None:
    with use(demo_house()) as house:
        house.register = LivingRegister(*people("", Protection.NONE))
        pages, post = shown(house, "print")

    assert [post.count(street(number)) for number in (MOTHER, FATHER, CHILD, SISTER)] == [1, 1, 0, 0]
    assert post.count(TYPED) == 1
    assert {name: one for name, page in pages.items() for one in map(street, NAMES) if one in page} == {}
