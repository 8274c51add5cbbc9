"""What a form may begin with: the adult's details and the children at home, and nothing of the protected."""

from dataclasses import replace

import pytest

from shared.adapters.family_file import FamilyFile
from shared.domain.household import Household, facts_of
from shared.domain.register import Address, CivilStatus, Protection, Registration
from shared.formkit.loading import load
from shared.formkit.origins import Origin, origin_of
from shared.formkit.prefill import initial
from tests.formkit.examples import ROOT
from tests.registers import CHILD, HOME, MOTHER, SISTER, family, household, person

AT_HOME = household(MOTHER, family().people)


def with_person(number: str, **changes: object) -> Household:
    """The household, with somebody in another situation."""
    people = dict(AT_HOME.people)
    people[number] = replace(people[number], **changes)  # type: ignore[arg-type]
    return replace(AT_HOME, people=people)


def test_an_adult_begins_with_name_address_and_the_children_at_home() -> None:
    assert facts_of(with_person(MOTHER, civil_status=CivilStatus.DIVORCED)) == {
        "name": "Karin Exempel",
        "address": "Storgatan 12\n999 01 Exempelstad",
        "civil_status": "divorced",
        "children": [
            {"name": "Kim Exempel", "number": CHILD},
            {"name": "Mira Exempel", "number": SISTER},
        ],
    }


def test_a_child_at_another_address_is_not_taken_for_one_at_home() -> None:
    elsewhere = with_person(CHILD, address=Address("Parkvägen 3", "999 02", "Exempelstad"))

    assert [one.number for one in elsewhere.children] == [SISTER]


@pytest.mark.parametrize("gone", [Registration.DECEASED, Registration.MOVED_OUT])
def test_a_child_that_is_gone_is_not_named(gone: Registration) -> None:
    assert [one.number for one in with_person(CHILD, registration=gone).children] == [SISTER]


@pytest.mark.parametrize("number", [MOTHER, CHILD])
@pytest.mark.parametrize("kind", [Protection.SEKRETESSMARKERING, Protection.SKYDDAD_FOLKBOKFORING])
def test_nothing_is_known_beforehand_where_anybody_is_protected(number: str, kind: Protection) -> None:
    assert facts_of(with_person(number, protection=kind)) == {}


def test_nothing_is_known_beforehand_of_somebody_the_register_does_not_know() -> None:
    assert facts_of(None) == {}


def test_an_adult_without_address_or_children_begins_with_the_name() -> None:
    assert facts_of(household("1", {"1": person("1", "Ada Exempel", address=None)})) == {"name": "Ada Exempel"}


def test_care_of_stands_in_the_address() -> None:
    found = facts_of(household("1", {"1": person("1", address=replace(HOME, care_of="Nilsexempel"))}))

    assert found["address"] == "c/o Nilsexempel\nStorgatan 12\n999 01 Exempelstad"


def test_the_application_for_assistance_begins_with_what_the_register_says() -> None:
    form = load(ROOT / "forms" / "financial_assistance.toml")
    sara = "198508122382"
    answers = initial(form, facts_of(FamilyFile().household(sara)))

    assert answers["applicant_name"] == "Sara Almexempel"
    assert {name: origin_of(answers, name) for name in ("applicant_address", "civil_status", "children")} == {
        "applicant_address": Origin.REGISTER,
        "civil_status": Origin.REGISTER,
        "children": Origin.REGISTER,
    }
