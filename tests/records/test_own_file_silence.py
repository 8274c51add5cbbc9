"""How long the own file takes tells nobody whether there is one: the same is asked of store, keys and register."""

import pytest

from shared.adapters.counting_store import CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.register import Protection, RegisteredPerson
from tests.functions.inbox_browser import resident
from tests.houses import demo_house
from tests.own_files import NAME, NUMBER, RELEASE, WITHHOLD, knowing, noted, nova, novas_case, say
from tests.records.test_own_file import OPEN, SECRET
from tests.registers import MOTHER, LivingRegister, family, person


@pytest.mark.parametrize("number", [NUMBER, MOTHER, "201501012395"], ids=["has a file", "has none", "too young"])
def test_the_register_is_asked_whether_or_not_there_is_a_file(number: str) -> None:
    house = demo_house()
    noted(house, novas_case(house), SECRET, WITHHOLD)
    house.register = register = LivingRegister()
    token = house.sessions.start(resident(house, number), number=number)
    session = house.sessions.read(token)
    assert session is not None

    for ask in (house.own_file.page, house.own_file.readings, house.own_file.whole, house.own_file.opens):
        register.asked.clear()
        ask(session.principal)
        assert register.asked == ([] if number.startswith("2015") else [number])


@pytest.mark.parametrize(
    "now",
    [
        None,
        person(NUMBER, NAME, protection=Protection.SEKRETESSMARKERING),
        person(NUMBER, "Astrid Annansson"),
    ],
    ids=["nothing released", "protected", "another name"],
)
def test_the_store_is_asked_the_same_whether_or_not_there_is_a_file(now: RegisteredPerson | None) -> None:
    house = demo_house(counting := CountingStore(MemoryStore()))
    register = knowing(house)
    without = asked(house, counting)
    case = novas_case(house)
    for day in range(1, 9):
        note = noted(house, case, OPEN, RELEASE if now else WITHHOLD, day)
        if now:
            say(house, note)
    if now:
        register.knows = family(now, child=NUMBER)

    assert asked(house, counting) == without


def asked(house: House, counting: CountingStore) -> dict[str, int]:
    """How often each collection is asked for a page on which there is nothing."""
    counting.clear()
    assert house.own_file.page(nova(house)).entries == []
    return {name: cost.rpcs for name, cost in counting.by_collection().items()}
