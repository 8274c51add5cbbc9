"""A person's last day, and the days away."""

from collections.abc import Iterator, Mapping

import pytest

from shared.app import House, use
from tests.directories import person
from tests.functions.office import ANNAS, PEOPLE, Office, days
from tests.functions.staff_browser import Desk, protection, taken
from tests.houses import demo_house
from tests.people import ANNA, MARIA


@pytest.fixture
def house() -> Iterator[House]:
    made = demo_house()
    with use(made):
        yield made


@pytest.fixture
def ronja(house: House) -> Office:
    return Office(house)


def test_somebody_who_leaves_in_the_middle_of_a_form_decides_nothing_and_loses_no_words(
    house: House, ronja: Office
) -> None:
    case, anna = taken(house), Desk(house, ANNA)
    fields = anna.fields(protection(case))
    assert ronja.send(f"{ANNAS}/slutar", {"when": "now"})[0] == 303

    answer = anna.post(protection(case), {**fields, "reasons": "Barnet är tryggt hos sin moster."})

    assert (answer.status_code, answer.location.startswith("/logga-in?")) == (303, True)
    found = house.files.case(MARIA, case)
    assert found is not None
    assert found.assessment is None
    assert ronja.send(f"{ANNAS}/slutar", {"when": "stays"})[0] == 303, "it was a mistake"
    assert "Barnet är tryggt hos sin moster." in anna.get(protection(case)).text


def test_a_last_day_is_written_and_taken_away(house: House, ronja: Office) -> None:
    day = {"when": "on", "last_day-day": "30", "last_day-month": "11", "last_day-year": "2026"}
    assert ronja.send(f"{ANNAS}/slutar", day)[0] == 303
    assert "Slutar måndag 30 november" in ronja.read(ANNAS)
    assert ronja.send(f"{ANNAS}/slutar", {"when": "stays"})[0] == 303
    assert person(house, "anna.exempel").last_day is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [({"when": ""}, "Välj när"), ({"when": "on"}, "Skriv sista dagen"), ({"when": "x"}, "Välj när")],
)
def test_without_a_day_nobody_leaves(house: House, ronja: Office, typed: Mapping[str, str], said: str) -> None:
    status, page = ronja.send(f"{ANNAS}/slutar", typed)
    assert (status, said in page) == (422, True)
    assert person(house, "anna.exempel").last_day is None


def test_somebody_who_has_left_stands_in_a_list_of_their_own(ronja: Office) -> None:
    ronja.send(f"{ANNAS}/slutar", {"when": "now"})
    assert "Anna Exempel" not in ronja.read(PEOPLE)
    page = ronja.read(f"{PEOPLE}?visa=slutat")
    assert "Anna Exempel" in page
    assert "Slutade söndag 1 november 2026" in page


def test_days_away_get_a_substitute_and_are_taken_away_again(house: House, ronja: Office) -> None:
    assert ronja.send(f"{ANNAS}/borta", {**days(2, 6), "substitute": "samir.exempel"})[0] == 303
    anna = person(house, "anna.exempel")
    assert anna.away is not None
    assert anna.away.substitute == "samir.exempel"
    assert "Borta till fredag 6 november" in ronja.read(PEOPLE)
    assert ronja.send(f"{ANNAS}/borta", {}, go="clear")[0] == 303
    assert person(house, "anna.exempel").away is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({}, "Skriv första dagen borta"),
        (days(6, 2), "kan inte vara före den första"),
        ({**days(2, 6), "substitute": "anna.exempel"}, "Välj en kollega på samma enhet"),
        ({**days(2, 6), "substitute": "ronja.exempel"}, "Välj en kollega på samma enhet"),
        ({**days(2, 6), "substitute": "nobody"}, "Välj en kollega på samma enhet"),
    ],
    ids=["no days", "backwards", "oneself", "reads no cases", "nobody"],
)
def test_an_absence_that_cannot_be_is_told(ronja: Office, typed: Mapping[str, str], said: str) -> None:
    status, page = ronja.send(f"{ANNAS}/borta", typed)
    assert (status, said in page) == (422, True)
