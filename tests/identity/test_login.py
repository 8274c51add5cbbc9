"""From a verified login to a principal: what the token says counts only as far as the directory agrees."""

from dataclasses import replace

import pytest

from shared.domain.ids import OrganisationId, PersonIndex, StaffId
from shared.domain.login import Audience, Claims, LoginRefused, landing, recognise
from shared.domain.principals import Kind, Principal, Role
from tests.identity.hostile_tokens import BROKER
from tests.identity.keeping import caseworker, counsellor, municipality, resident

PERSON = PersonIndex("a" * 32)
PLAIN = Claims(broker="freja", personnummer="197909212388", name="Elsa Exempel", assurance=3)


def known(claims: Claims, *audiences: Audience) -> Principal:
    broker = replace(BROKER, audiences=frozenset(audiences or Audience))
    return recognise(claims, PERSON, broker, municipality())


def refusal(claims: Claims, *audiences: Audience) -> str:
    with pytest.raises(LoginRefused) as refused:
        known(claims, *audiences)
    return refused.value.code


def test_an_employee_is_who_the_directory_says() -> None:
    who = known(replace(PLAIN, employee=StaffId("maria.exempel")))
    assert (who.kind, who.name, who.unit) == (Kind.STAFF, "Maria Exempel", "mottagningen")
    assert who.roles == {Role.TEAM_LEAD, Role.INTAKE_CASEWORKER}
    assert (who.person, who.assurance) == (PERSON, 3)


def test_an_employee_the_directory_does_not_know_is_refused() -> None:
    assert refusal(replace(PLAIN, employee=StaffId("otto.exempel"))) == "unknown_employee"


def test_a_reporter_is_of_an_organisation_the_directory_knows() -> None:
    who = known(replace(PLAIN, organisation=OrganisationId("exempelskolan")))
    assert (who.kind, who.organisation_name, who.roles) == (Kind.REPORTER, "Exempelskolan", frozenset())
    assert refusal(replace(PLAIN, organisation=OrganisationId("en.annan.skola"))) == "unknown_organisation"


def test_a_broker_for_residents_can_make_neither_staff_nor_reporters() -> None:
    claims = replace(PLAIN, employee=StaffId("maria.exempel"), organisation=OrganisationId("exempelskolan"))
    who = known(claims, Audience.RESIDENT)
    assert (who.kind, who.roles, who.staff, who.organisation) == (Kind.RESIDENT, frozenset(), None, None)


def test_a_broker_for_schools_can_not_make_staff() -> None:
    claims = replace(PLAIN, employee=StaffId("maria.exempel"), organisation=OrganisationId("exempelskolan"))
    assert known(claims, Audience.ORGANISATION).kind is Kind.REPORTER


def test_a_broker_for_staff_lets_no_resident_in() -> None:
    assert refusal(PLAIN, Audience.STAFF) == "no_audience"


def test_people_come_where_they_were_going_or_to_a_first_page_of_their_own() -> None:
    assert landing(counsellor(), "/anmal/mina") == "/anmal/mina"
    assert [landing(who, "/") for who in (caseworker(), counsellor(), resident())] == ["/arbete", "/anmal", "/mina"]
    assert landing(caseworker(), "/logga-in/ut") == "/arbete"
