"""Closing a unit on the administrator's pages: what is said first, what is shown after, and that it is kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.app import House, use
from shared.domain.calendar import local_date
from shared.domain.ids import UnitId
from shared.domain.municipality import Unit
from tests.directories import RONJA, change, leaves, put
from tests.functions.office import ANNAS, BO, NEW, PEOPLE, RTL, UNITS, Office
from tests.functions.staff_browser import taken
from tests.houses import demo_house
from tests.people import MONDAY

ADULTS = Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20")
VUXNA, INTAKE = f"{UNITS}/vuxna", f"{UNITS}/mottagningen"
YESTERDAY = local_date(MONDAY) - timedelta(days=1)


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as made:
        put(made, ADULTS)
        yield made


@pytest.fixture
def ronja(house: House) -> Office:
    return Office(house)


def is_open(house: House) -> bool:
    return house.administration.directory(RONJA).units[ADULTS.id].active


def test_a_unit_is_closed_and_opened_again_and_both_are_read_afterwards(house: House, ronja: Office) -> None:
    for active, said in (("no", "Stängde enheten Vuxenenheten"), ("yes", "Öppnade enheten Vuxenenheten")):
        assert ronja.send(VUXNA, {"active": active})[0] == 303
        assert ("Stängd" in ronja.read(UNITS)) is (active == "no")
        assert said in ronja.read("/forvaltning/andringar")
        assert is_open(house) is (active == "yes")


def test_the_page_says_whom_to_move_first_and_leads_there(house: House, ronja: Office) -> None:
    change(house, "anna.exempel", unit=ADULTS.id)
    status, page = ronja.send(VUXNA, {"active": "no"})
    assert (status, is_open(house)) == (409, True)
    assert "Enheten kan inte stängas än" in page
    assert f'href="{ANNAS}">' in page
    assert "Samir" not in page


def test_the_page_says_how_many_cases_are_open_and_nothing_about_them(house: House, ronja: Office) -> None:
    case = taken(house)
    page = ronja.post(INTAKE, {**ronja.fields(INTAKE), "active": "no"}).text
    assert "Ett ärende pågår" in page
    assert "Enheten tar emot anmälningar. Den måste vara öppen." in page
    assert case not in page
    assert "Nova" not in page


def test_many_people_are_counted_and_not_all_named(house: House, ronja: Office) -> None:
    for number in range(23):
        assert ronja.send(NEW, {**BO, "id": f"bo{number}", "name": f"Bo {number:02}", "unit": "vuxna"})[0] == 303
    page = ronja.send(VUXNA, {"active": "no"})[1]
    assert page.count('href="/forvaltning/person/bo') == 20
    assert "3 personer till" in page


def test_the_intake_is_not_offered_to_be_closed(ronja: Office) -> None:
    assert "Är enheten öppen?" not in ronja.read(INTAKE)
    assert "Därför kan den inte stängas" in ronja.read(INTAKE)


def test_a_closed_unit_is_offered_to_nobody(house: House, ronja: Office) -> None:
    put(house, replace(ADULTS, active=False))
    assert 'value="vuxna"' not in ronja.read(NEW)
    assert "visa=vuxna" not in ronja.read(PEOPLE)
    status, page = ronja.send(NEW, {**BO, "unit": "vuxna"})
    assert (status, "Välj en enhet som finns" in page) == (422, True)


def test_whoever_left_a_closed_unit_is_read_and_returns_elsewhere(house: House, ronja: Office) -> None:
    change(house, "anna.exempel", unit=ADULTS.id)
    leaves(house, "anna.exempel", YESTERDAY)
    assert ronja.send(VUXNA, {"active": "no"})[0] == 303
    assert "Vuxenenheten" in ronja.read(f"{PEOPLE}?visa=slutat")
    assert ronja.send(ANNAS, {"phone": "031-390 06 41"})[0] == 303
    status, page = ronja.send(f"{ANNAS}/slutar", {"when": "stays"})
    assert (status, "Enheten är stängd" in page) == (409, True)
    assert ronja.send(ANNAS, {"unit": "mottagningen"})[0] == 303
    assert ronja.send(f"{ANNAS}/slutar", {"when": "stays"})[0] == 303


@pytest.mark.parametrize("active", ["", "maybe", "NO", RTL, "yes\x00no"])
def test_what_no_page_of_ours_sends_neither_opens_nor_closes(house: House, ronja: Office, active: str) -> None:
    put(house, replace(ADULTS, active=False))
    ronja.send(VUXNA, {"active": active, "name": "Vuxna"})
    assert not is_open(house)


def test_of_two_who_close_and_rename_the_second_is_told(house: House, ronja: Office) -> None:
    fields = ronja.fields(VUXNA)
    put(house, replace(ADULTS, name="Vuxna"))
    assert ronja.post(VUXNA, {**fields, "active": "no"}).status_code == 409
    assert is_open(house)


def test_pressing_twice_closes_once(house: House, ronja: Office) -> None:
    fields = {**ronja.fields(VUXNA), "active": "no"}
    assert [ronja.post(VUXNA, fields).status_code for _ in range(2)] == [303, 303]
    assert ronja.read("/forvaltning/andringar").count("Stängde enheten") == 1
