"""The administrator's pages: who works here, what they may do, and what is said when something cannot be."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from functions.administration import words
from functions.administration.main import app
from shared.adapters.municipality_file import load_municipality
from shared.app import House, assemble, use
from shared.domain.directory import Directory
from shared.domain.ids import StaffId, UnitId
from shared.domain.municipality import Unit
from shared.domain.own_law import OwnRule
from shared.domain.principals import Role
from tests.directories import RONJA, change, person, put
from tests.functions.office import ANNAS, BO, NEW, ORGANISATIONS, PEOPLE, RONJAS, RTL, UNITS, Office, days
from tests.functions.staff_browser import Desk, taken
from tests.houses import DEMO, demo_house, kept
from tests.people import ANNA, MARIA, MONDAY


@pytest.fixture
def house() -> Iterator[House]:
    made = demo_house()
    with use(made):
        yield made


@pytest.fixture
def ronja(house: House) -> Office:
    return Office(house)


# ── People ────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_everybody_stands_in_the_list_with_what_they_may_do(ronja: Office) -> None:
    page = ronja.read(PEOPLE)
    assert "Maria Exempel" in page
    assert "gruppledare · Handläggare, Gruppledare" in page


def test_somebody_new_is_let_in(house: House, ronja: Office) -> None:
    assert ronja.send(NEW, BO)[0] == 303
    bo = person(house, "bo.exempel")
    assert (bo.name, bo.unit, bo.socionom) == ("Bo Exempel", "mottagningen", False)
    assert bo.roles == {Role.DUTY}
    assert "Bo Exempel" in ronja.read(PEOPLE)
    assert "<strong><bdi>bo.exempel</bdi></strong>" in ronja.read("/forvaltning/person/bo.exempel")


def test_pressing_twice_adds_one_person(house: House, ronja: Office) -> None:
    fields = {**ronja.fields(NEW), **BO}
    assert [ronja.post(NEW, fields).status_code for _ in range(2)] == [303, 303]
    assert "Bo Exempel" in ronja.read(PEOPLE)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"id": ""}, "Skriv personens id"),
        ({"id": "två ord"}, "Skriv id:t med a–z"),
        ({"id": "anna.exempel"}, "Det id:t är upptaget"),
        ({"name": " "}, "Skriv personens namn"),
        ({"name": "x" * 101}, "Skriv högst 100 tecken"),
        ({"name": f"Bo{RTL}"}, "osynliga tecken"),
        ({"title": ""}, "Skriv titeln"),
        ({"unit": "nowhere"}, "Välj en enhet som finns"),
        ({"email": "bo"}, "Skriv e-postadressen så här"),
        ({"phone": "ring mig"}, "Skriv telefonnumret med siffror"),
        ({"first_day-day": "31", "first_day-month": "2", "first_day-year": "2027"}, "Skriv en dag som finns"),
        ({"first_day-day": "1"}, "Skriv en dag som finns"),
    ],
    ids=lambda one: str(one)[:30],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    house: House, ronja: Office, typed: Mapping[str, str], said: str
) -> None:
    status, page = ronja.send(NEW, {**BO, "email": "bo@example.com", **typed})
    assert status == 422
    assert said in page
    assert "<title>Fel:" in page
    assert "bo.exempel" not in house.administration.directory(RONJA).staff
    assert 'value="bo@example.com"' in page or "email" in typed


def test_a_person_is_changed(house: House, ronja: Office) -> None:
    assert ronja.send(ANNAS, {"name": "Anna Gift", "roles": ["intake_caseworker", "duty"]})[0] == 303
    anna = person(house, "anna.exempel")
    assert anna.name == "Anna Gift"
    assert anna.roles == {Role.INTAKE_CASEWORKER, Role.DUTY}


def test_saving_without_a_change_is_no_change(house: House, ronja: Office) -> None:
    before = house.administration.directory(RONJA).number
    assert ronja.send(ANNAS, {})[0] == 303
    assert house.administration.directory(RONJA).number == before


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", "'; DROP TABLE staff; --", "{{ 1234567 * 7 }}", "=1+1", "👩‍🚒"]
)
def test_a_hostile_name_is_shown_as_it_was_written_or_refused(house: House, ronja: Office, text: str) -> None:
    status, page = ronja.send(ANNAS, {"name": text})
    assert status in {303, 422}
    for address in (PEOPLE, ANNAS, "/forvaltning/andringar", f"{ANNAS}/slutar", f"{ANNAS}/borta"):
        page = ronja.read(address)
        assert "<script>alert" not in page
        assert "8641969" not in page


# ── What an administrator may not ─────────────────────────────────────────────────────────────────────────────────────


def test_nobody_gives_themselves_a_role(house: House, ronja: Office) -> None:
    status, page = ronja.send(RONJAS, {"roles": ["administrator", "team_lead"]})
    assert (status, "Din egen behörighet ändrar någon annan" in page) == (409, True)
    assert person(house, "ronja.exempel").roles == {Role.ADMINISTRATOR}
    assert "Det här är du." in ronja.read(RONJAS)


def test_the_last_administrator_stays(house: House) -> None:
    change(house, "maria.exempel", roles=frozenset({Role.ADMINISTRATOR}))
    maria = Office(house, replace(MARIA, roles=frozenset({Role.ADMINISTRATOR})))
    fields = maria.fields(RONJAS)
    change(house, "ronja.exempel", phone="031-390 06 45")
    assert maria.post(RONJAS, {**fields, "roles": []}).status_code == 409, "somebody else has changed it"
    assert maria.send(f"{RONJAS}/slutar", {"when": "now"})[0] == 303
    assert "Arbetar" not in maria.read(PEOPLE)
    status, page = maria.send("/forvaltning/person/maria.exempel/slutar", {"when": "now"})
    assert status == 409
    assert "Din egen behörighet" in page


def test_somebody_who_is_no_administrator_any_more_is_refused_at_the_next_click(house: House, ronja: Office) -> None:
    change(house, "maria.exempel", roles=frozenset({Role.ADMINISTRATOR}))
    maria = Office(house, replace(MARIA, roles=frozenset({Role.ADMINISTRATOR})))
    fields = ronja.fields(ANNAS)
    assert maria.send(RONJAS, {"roles": []})[0] == 303
    answer = ronja.post(ANNAS, {**fields, "name": "Anna Annan"})
    assert answer.status_code == 403
    assert person(house, "anna.exempel").name == "Anna Exempel"


def test_the_pages_tell_nothing_of_any_case(house: House, ronja: Office) -> None:
    case = taken(house)
    page = ronja.read(ANNAS)
    assert "Pågående ärenden: <strong>1</strong>" in page
    assert case not in page
    assert Desk(house, RONJA).get(f"/arbete/arende/{case}").status_code == 403


# ── Units and organisations ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_unit_is_added_and_changed(house: House, ronja: Office) -> None:
    typed = {"id": "vuxna", "name": "Vuxenenheten", "phone": "031-390 06 20"}
    assert ronja.send(f"{UNITS}/ny", typed)[0] == 303
    assert ronja.send(f"{UNITS}/vuxna", {"name": "Vuxna"})[0] == 303
    assert house.municipality.units[UnitId("vuxna")].name == "Vuxna"
    assert "Vuxna" in ronja.read(f"{UNITS}?sparat=1")


def test_a_new_number_of_the_intake_stands_on_the_page_for_reporters(house: House, ronja: Office) -> None:
    assert ronja.send(f"{UNITS}/mottagningen", {"phone": "031-390 06 77"})[0] == 303
    assert house.municipality.intake.phone == "031-390 06 77"


def test_somebody_who_moves_reads_the_old_unit_no_more(house: House, ronja: Office) -> None:
    case = taken(house)
    put(house, Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20"))
    assert ronja.send(ANNAS, {"unit": "vuxna"})[0] == 303
    assert Desk(house, ANNA).get(f"/arbete/arende/{case}").status_code == 404


def test_an_organisation_is_added_closed_and_opened(house: House, ronja: Office) -> None:
    assert ronja.send(f"{ORGANISATIONS}/ny", {"id": "ny", "name": "Nya skolan", "kind": "school"})[0] == 303
    for active, shown in (("no", True), ("yes", False)):
        assert ronja.send(f"{ORGANISATIONS}/exempelskolan", {"active": active})[0] == 303
        assert ("Stängd" in ronja.read(ORGANISATIONS)) is shown


@pytest.mark.parametrize("page", [f"{UNITS}/ny", f"{ORGANISATIONS}/ny"])
def test_an_empty_form_says_what_is_missing(ronja: Office, page: str) -> None:
    status, answer = ronja.send(page, {})
    assert (status, "Det finns ett problem" in answer) == (422, True)


@pytest.mark.parametrize("page", ["/forvaltning/person/x", f"{UNITS}/x", f"{ORGANISATIONS}/x", f"{ANNAS}x/slutar"])
def test_what_is_not_there_is_not_found(ronja: Office, page: str) -> None:
    assert ronja.get(page).status_code == 404


# ── Changes ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_every_change_can_be_read_with_who_and_what(ronja: Office) -> None:
    ronja.send(ANNAS, {"roles": ["team_lead"], "name": "Anna Gift"})
    ronja.send(f"{ANNAS}/borta", {**days(2, 6), "substitute": "samir.exempel"})
    page = ronja.read("/forvaltning/andringar")
    for said in (
        "Registret började med det som står i kommunens fil",
        "Ändrade Anna Gift",
        "Roller: Handläggare → Gruppledare",
        "Ändrat: Namn",
        "Ändrade frånvaron för Anna Gift",
        "Ändrat: Borta",
    ):
        assert said in page
    assert "6 november" not in page, "when somebody is away may tell of an illness"


def test_a_change_of_words_alone_says_which_and_not_what(ronja: Office) -> None:
    ronja.send(ANNAS, {"title": "utredare"})
    ronja.send(f"{UNITS}/mottagningen", {"phone": "031-390 06 77"})
    page = ronja.read("/forvaltning/andringar")
    assert "Ändrat: Titel" in page
    assert "Ändrat: Telefon" in page
    assert "utredare" not in page


def test_many_changes_are_read_page_by_page(house: House, ronja: Office) -> None:
    for number in range(30):
        change(house, "anna.exempel", phone=f"031-390 06 {number:02}")
    page = ronja.read("/forvaltning/andringar")
    assert "Nästa sida" in page
    assert ronja.get("/forvaltning/andringar?efter=nonsense").status_code == 404


def test_staff_without_case_roles_begin_at_the_directory(house: House) -> None:
    from shared.domain.login import landing

    assert landing(RONJA, "") == PEOPLE
    assert landing(replace(RONJA, roles=frozenset({Role.ADMINISTRATOR, Role.DUTY})), "") == "/arbete"
    assert house.directory.present().staff[StaffId("ronja.exempel")].roles == {Role.ADMINISTRATOR}


def test_days_away_that_an_older_trail_holds_are_not_shown(house: House) -> None:
    entry: dict[str, Any] = {
        "action": "staff:away", "subject_kind": "staff", "subject": "anna.exempel", "actor": None, "at": MONDAY,
        "before": {"away": ""}, "after": {"away": "2026-11-02/2026-11-06 samir.exempel"}, "fields": [],
    }  # fmt: skip
    with app.test_request_context():
        assert words.change(entry, Directory(), MONDAY)["rows"] == ["Ändrat: Borta"]


def test_the_deadlines_stand_with_paragraph_certainty_and_the_own_decision() -> None:
    own = {"skyddsbedomning": OwnRule(duty_from=time(14), why="Socialnämnden 2026-01-20 § 4")}
    town = replace(load_municipality(DEMO.municipality), law=own)
    with use(assemble(DEMO, kept(), municipality=town)) as house:
        page = Office(house).read("/forvaltning/frister")
    for said in (
        "14 dagar från att anmälan kom in",
        "20 kap. 2 § SoL",
        "Osäkert",
        "kl. 14.00 eller senare",
        "Socialnämnden 2026-01-20 § 4",
        "fyra månader",
    ):
        assert said in page
