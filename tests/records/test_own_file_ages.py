"""From which day somebody reads the own file: their fifteenth birthday in Sweden, and no guardian before it."""

from datetime import UTC, datetime

import pytest

from shared.domain import access
from shared.domain.cases import birth_date
from shared.domain.principals import Kind, Principal
from tests.functions.inbox_browser import resident
from tests.houses import HandClock, demo_house
from tests.own_files import RELEASE, noted, nova, novas_case
from tests.records.test_own_file import NOTHING, OPEN, SECRET, everything


@pytest.mark.parametrize(("at", "reads"), [("22:59", False), ("23:00", True)])
def test_the_own_file_is_read_from_the_swedish_day_of_being_fifteen(at: str, *, reads: bool) -> None:
    young, name = "201501012395", "Love Lindexempel"
    house = demo_house(clock=HandClock(datetime.fromisoformat(f"2029-12-31T{at}Z")))
    note = noted(house, novas_case(house, young, name), OPEN, RELEASE)

    assert (OPEN in everything(house, resident(house, young), note)) is reads
    assert (everything(house, resident(house, young), note) == NOTHING) is not reads


def test_a_girl_of_sixteen_reads_her_own_file_and_neither_her_mother_nor_a_younger_boy_does() -> None:
    house = demo_house()
    tuva, sara, love = "200912302387", "198508122382", "201501012395"
    note = noted(house, novas_case(house, tuva, "Tuva Almexempel"), OPEN, RELEASE)
    noted(house, novas_case(house, love, "Love Lindexempel"), SECRET, RELEASE)

    assert OPEN in everything(house, resident(house, tuva), note)
    for other in (sara, love):
        assert everything(house, resident(house, other), note) == NOTHING


def test_fifteen_is_counted_by_the_day() -> None:
    love = Principal(Kind.RESIDENT, person=nova(demo_house()).person)
    born = birth_date("201501012395")

    assert not access.may_read_own_file(love, born, datetime(2029, 12, 31, tzinfo=UTC).date())
    assert access.may_read_own_file(love, born, datetime(2030, 1, 1, tzinfo=UTC).date())
    assert not access.may_read_own_file(love, None, datetime(2030, 1, 1, tzinfo=UTC).date())
