"""The register is asked for the assigned caseworker alone, logged first; contact details hang on what it says."""

from dataclasses import replace

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.cases import CasePerson
from shared.domain.ids import CaseId
from shared.domain.queries import CASE_DISCLOSURES
from shared.domain.register import Contact, Outcome, Protection
from shared.ports.store import Unavailable
from tests.adapters.faulty_store import FaultyStore
from tests.cases import filed
from tests.houses import demo_house
from tests.people import ANNA, MARIA, SAMIR
from tests.records.reports import Forms, filed_case
from tests.registers import CHILD, MOTHER, HandRegister, family

PROTECTED = family(replace(family().people[MOTHER], protection=Protection.SKYDDAD_FOLKBOKFORING))


def house_with(register: HandRegister, store: FaultyStore | None = None) -> House:
    house = demo_house(store)
    house.register = register
    return house


def annas_case(house: House, number: str = CHILD) -> CaseId:
    case = filed_case(house, replace(filed(), child=CasePerson(name="Kim Exempel", number=number)))
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    return case


def disclosed(house: House, case: CaseId) -> list[tuple[object, object]]:
    page = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=25)
    return sorted((one.fields["what"], one.fields["reason"]) for one in page.documents)


def test_the_caseworker_learns_what_the_register_says_and_when() -> None:
    house = house_with(HandRegister(family()))

    reply = house.families.ask(ANNA, annas_case(house))

    assert reply is not None
    assert (reply.outcome, reply.at) == (Outcome.ANSWERED, house.clock.now())
    assert reply.family == family()


def test_a_colleague_and_the_lead_do_not_have_it_asked() -> None:
    house = house_with(register := HandRegister(family()))
    case = annas_case(house)

    for colleague in (SAMIR, MARIA):
        assert house.families.ask(colleague, case) is None
        assert house.families.contact(colleague, case, made_sure=True) is None
    assert register.asked == []
    assert disclosed(house, case) == []


def test_a_question_that_cannot_be_logged_is_not_asked() -> None:
    house = house_with(register := HandRegister(family()), store := FaultyStore(MemoryStore()))
    case = annas_case(house)

    for ask in (house.families.ask, house.families.contact):
        store.fail_commits_before(1)
        with pytest.raises(Unavailable):
            ask(ANNA, case)
    assert register.asked == []


def test_contact_details_open_when_nobody_is_protected() -> None:
    house = house_with(HandRegister(family()))
    case = annas_case(house)

    answer = house.families.contact(ANNA, case)

    assert answer is not None
    assert answer.report is not None
    assert answer.report.contact == {"child_phone": "070-174 06 05"}
    assert disclosed(house, case) == [("contact", ""), ("protection", "")]


def test_contact_details_stay_masked_for_a_protected_family_whatever_the_caseworker_says() -> None:
    house = house_with(HandRegister(PROTECTED))
    case = annas_case(house)

    answer = house.families.contact(ANNA, case, made_sure=True)

    assert answer is not None
    assert (answer.report, answer.reply.contact) == (None, Contact.PROTECTED)
    assert disclosed(house, case) == [("protection", "")]


@pytest.mark.parametrize(
    ("register", "number", "outcome"),
    [
        (HandRegister(down=True), CHILD, Outcome.UNAVAILABLE),
        (HandRegister(), CHILD, Outcome.NOT_FOUND),
        (HandRegister(family()), "", Outcome.NO_NUMBER),
    ],
)
def test_when_nobody_knows_contact_details_wait_until_the_caseworker_has_made_sure(
    register: HandRegister, number: str, outcome: Outcome
) -> None:
    house = house_with(register)
    case = annas_case(house, number)

    masked, shown = house.families.contact(ANNA, case), house.families.contact(ANNA, case, made_sure=True)

    assert masked is not None
    assert shown is not None
    assert (masked.reply.outcome, masked.report) == (outcome, None)
    assert shown.report is not None
    assert ("contact", "made_sure") in disclosed(house, case)


def test_a_report_is_received_whatever_the_register_does() -> None:
    house = house_with(register := HandRegister(down=True))

    assert house.files.case(ANNA, filed_case(house)) is not None
    assert register.asked == []
