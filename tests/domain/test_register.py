"""What the register's answer means: who is a guardian, when it is doubted, and what may then be shown."""

from dataclasses import replace
from datetime import date

import pytest

from shared.domain.cases import CasePerson
from shared.domain.register import (
    Contact,
    Doubt,
    Family,
    Outcome,
    Protection,
    RegisteredPerson,
    Registration,
    answered,
    doubts,
)
from tests.people import MONDAY
from tests.registers import CHILD, FATHER, MOTHER, SISTER, family, person

KIM = CasePerson(name="Kim Exempel", number=CHILD)


def found_doubts(found: Family, reported: CasePerson = KIM) -> tuple[Doubt, ...]:
    return answered(found, reported, MONDAY).doubts


def without(number: str) -> Family:
    whole = family()
    return replace(whole, people={one: who for one, who in whole.people.items() if one != number})


def test_an_answer_that_adds_up_opens_contact_details() -> None:
    reply = answered(family(), KIM, MONDAY)

    assert (reply.outcome, reply.doubts, reply.contact) == (Outcome.ANSWERED, (), Contact.OPEN)


@pytest.mark.parametrize("who", [CHILD, MOTHER, SISTER])
@pytest.mark.parametrize("level", [Protection.SEKRETESSMARKERING, Protection.SKYDDAD_FOLKBOKFORING])
def test_one_protected_person_protects_the_whole_family(who: str, level: Protection) -> None:
    whole = family()
    flagged = family(replace(whole.people[who], protection=level))

    assert answered(flagged, KIM, MONDAY).contact is Contact.PROTECTED


def test_protection_outweighs_doubt() -> None:
    flagged = family(person(CHILD, "Någon Annan", guardians=(MOTHER, FATHER), protection=Protection.SEKRETESSMARKERING))

    assert answered(flagged, KIM, MONDAY).contact is Contact.PROTECTED


def test_nobody_of_that_number_says_nothing_about_protection() -> None:
    reply = answered(None, KIM, MONDAY)

    assert (reply.outcome, reply.contact) == (Outcome.NOT_FOUND, Contact.UNCONFIRMED)


@pytest.mark.parametrize("missing", [MOTHER, SISTER])
def test_somebody_who_is_named_and_not_told_of_is_a_doubt(missing: str) -> None:
    assert Doubt.PERSON_MISSING in found_doubts(without(missing))
    assert answered(without(missing), KIM, MONDAY).contact is Contact.UNCONFIRMED


@pytest.mark.parametrize(
    "changed",
    [
        person(FATHER, "Omar Exempel", wards=(SISTER,)),
        person(CHILD, "Kim Exempel", guardians=(MOTHER,)),
    ],
    ids=["the father does not name the child", "the child does not name the father"],
)
def test_custody_that_one_side_alone_tells_of_is_a_doubt(changed: RegisteredPerson) -> None:
    assert Doubt.CUSTODY_ONE_SIDED in found_doubts(family(changed))


def test_a_child_without_a_living_guardian_is_a_doubt() -> None:
    dead = [replace(family().people[one], registration=Registration.DECEASED) for one in (MOTHER, FATHER)]

    assert Doubt.NO_GUARDIAN in found_doubts(family(*dead))
    assert Doubt.NO_GUARDIAN not in found_doubts(family(dead[0]))
    assert Doubt.NO_GUARDIAN in found_doubts(family(person(CHILD)))


def test_a_number_whose_bearer_has_another_name_is_a_doubt() -> None:
    assert Doubt.NAME_DIFFERS in found_doubts(family(), CasePerson(name="Ture Sventon", number=CHILD))


@pytest.mark.parametrize("name", ["", "kim", "Kim-Lina Persson", "KIM EXEMPEL"])
def test_a_name_that_shares_a_word_or_was_not_given_is_none(name: str) -> None:
    assert Doubt.NAME_DIFFERS not in found_doubts(family(), CasePerson(name=name, number=CHILD))


def test_a_grown_up_is_a_doubt_from_the_birthday_itself() -> None:
    assert Doubt.OF_AGE in doubts(family(), KIM, date(2033, 1, 1))
    assert Doubt.OF_AGE not in doubts(family(), KIM, date(2032, 12, 31))
