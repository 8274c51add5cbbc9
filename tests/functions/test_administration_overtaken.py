"""Two changes of the same person, unit or organisation: every value has its name, and who did it is never guessed."""

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.app import House, use
from shared.domain.ids import StaffId
from shared.domain.principals import Principal, Role
from tests.directories import RONJA, change, person, sent
from tests.functions.office import ANNAS, BO, NEW, ORGANISATIONS, UNITS, Office, days
from tests.houses import demo_house
from tests.people import MARIA

MARIA_TOO: Principal = replace(MARIA, roles=frozenset({Role.ADMINISTRATOR}))
ROW = re.compile(r"<dt>(.*?)</dt><dd>(.*?)</dd>", re.DOTALL)


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as made:
        change(made, "maria.exempel", roles=frozenset({Role.TEAM_LEAD, Role.ADMINISTRATOR}))
        yield made


@pytest.fixture
def ronja(house: House) -> Office:
    return Office(house)


def by_maria(house: House, **changed: object) -> None:
    """Maria changes Anna."""
    desk, anna = house.administration, StaffId("anna.exempel")
    found = desk.person(MARIA_TOO, anna)
    assert found is not None
    wanted = replace(found[0], **changed)  # type: ignore[arg-type]
    desk.put(MARIA_TOO, wanted, found[1], replace(sent(), owner=str(MARIA.staff)))


def rows(page: str) -> list[tuple[str, str]]:
    """Every name and value of the two papers, in order; what differs ends with a mark."""
    return [(plain(key), plain(value)) for key, value in ROW.findall(page)]


def plain(part: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", part).replace("\N{NO-BREAK SPACE}", " ").split())


def test_every_value_of_both_stands_with_its_name_and_what_differs_is_marked(house: House, ronja: Office) -> None:
    fields = ronja.fields(ANNAS)
    by_maria(house, phone="031-390 06 41")
    answer = ronja.post(ANNAS, {**fields, "title": "utredare på mottagningen"})

    assert answer.status_code == 409
    assert "Maria Exempel hann före dig" in answer.text
    shown = rows(answer.text)
    assert shown.count(("Namn", "Anna Exempel")) == 2
    assert ("Titel olika", "socialsekreterare") in shown
    assert ("Titel olika", "utredare på mottagningen") in shown
    assert ("Telefon olika", "031-390 06 41") in shown
    assert ("Roller", "Handläggare") in shown
    assert person(house, "anna.exempel").title == "socialsekreterare"


def test_what_was_typed_can_be_saved_all_the_same(house: House, ronja: Office) -> None:
    fields = ronja.fields(ANNAS)
    by_maria(house, phone="031-390 06 41")
    late = ronja.post(ANNAS, {**fields, "title": "utredare"})
    seen = re.findall(r'name="seen" value="(\d+)"', late.text)

    assert len(seen) == 1
    assert ronja.post(ANNAS, {**fields, "title": "utredare", "seen": seen[0]}).status_code == 303
    assert person(house, "anna.exempel").title == "utredare"


def test_who_changed_it_in_another_window_is_not_told_of_somebody_else(house: House, ronja: Office) -> None:
    fields = ronja.fields(ANNAS)
    change(house, "anna.exempel", phone="031-390 06 41")
    page = ronja.post(ANNAS, {**fields, "title": "utredare"}).text

    assert "Du har själv sparat något annat här" in page
    assert "hann före" not in page


def test_when_both_have_changed_it_nobody_is_named(house: House, ronja: Office) -> None:
    fields = ronja.fields(ANNAS)
    by_maria(house, phone="031-390 06 41")
    change(house, "anna.exempel", phone="031-390 06 42")
    page = ronja.post(ANNAS, {**fields, "title": "utredare"}).text

    assert "Det har ändrats sedan du öppnade sidan" in page
    assert [words for words in ("hann före", "själv sparat") if words in page] == []


def test_what_is_no_longer_in_the_newest_of_the_trail_is_not_guessed(house: House, ronja: Office) -> None:
    fields = ronja.fields(ANNAS)
    by_maria(house, phone="031-390 06 41")
    for number in range(26):
        change(house, "maria.exempel", phone=f"031-390 06 {number + 50}")
    page = ronja.post(ANNAS, {**fields, "title": "utredare"}).text

    assert "Det har ändrats sedan du öppnade sidan" in page
    assert "hann före" not in page


def test_a_form_that_was_used_is_said_to_be_and_shows_what_it_held(house: House, ronja: Office) -> None:
    fields = {**ronja.fields(NEW), **BO}
    assert ronja.post(NEW, fields).status_code == 303
    again = ronja.post(NEW, {**fields, "id": "eva.exempel", "name": "Eva Exempel"})

    assert again.status_code == 409
    assert "Du har redan skickat det här formuläret" in again.text
    assert "Eva Exempel" in again.text
    assert "Spara det jag skickade" not in again.text
    assert "eva.exempel" not in house.administration.directory(RONJA).staff


@pytest.mark.parametrize("page", [f"{UNITS}/mottagningen", f"{ORGANISATIONS}/exempelskolan"])
def test_units_and_organisations_are_shown_side_by_side_too(house: House, ronja: Office, page: str) -> None:
    fields = ronja.fields(page)
    assert ronja.post(page, {**ronja.fields(page), "name": "Ett nytt namn"}).status_code == 303
    shown = ronja.post(page, {**fields, "name": "Ett annat namn"})

    assert shown.status_code == 409
    assert [value for key, value in rows(shown.text) if key == "Namn olika"] == ["Ett nytt namn", "Ett annat namn"]
    assert ("Öppen", "ja") in rows(shown.text)


def test_days_away_and_the_last_day_stand_in_words(house: House, ronja: Office) -> None:
    away = f"{ANNAS}/borta"
    fields = ronja.fields(away)
    by_maria(house, phone="031-390 06 41")
    shown = rows(ronja.post(away, {**fields, **days(9, 13)}).text)

    assert ("Borta olika", "–") in shown
    assert [value for key, value in shown if key == "Borta olika" and "13 november" in value]


def test_a_hostile_value_is_text_on_both_sides(house: House, ronja: Office) -> None:
    fields = ronja.fields(ANNAS)
    by_maria(house, title="<script>alert(1)</script>")
    page = ronja.post(ANNAS, {**fields, "title": "{{ 1234567 * 7 }}"}).text

    assert "<script>alert" not in page
    assert "8641969" not in page
    assert "&lt;script&gt;alert(1)" in page
