"""Several people change the directory at once: nobody writes over anybody, and somebody stays who can."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House, assemble
from shared.domain.broken_rules import BrokenRule, NotAllowed
from shared.domain.ids import StaffId
from shared.domain.principals import Role
from shared.ports.store import Conflict
from tests.adapters.faulty_store import FaultyStore
from tests.directories import RONJA, change, person, put, sent
from tests.houses import DEMO, demo_house, kept
from tests.people import MARIA


def houses(count: int, store: MemoryStore | FaultyStore | None = None) -> list[House]:
    """Several processes of one installation."""
    keepers = kept(store)
    return [assemble(DEMO, keepers) for _ in range(count)]


def test_two_administrators_at_once_never_both_remove_the_last() -> None:
    here, there = houses(2)
    change(here, "maria.exempel", roles=frozenset({Role.ADMINISTRATOR}))
    maria = replace(RONJA, staff=StaffId("maria.exempel"))

    def remove(how: tuple[House, object, str]) -> str:
        house, by, id = how
        try:
            house.administration.put(by, replace(person(house, id), roles=frozenset()), _rev(house, id), sent())  # type: ignore[arg-type]
        except BrokenRule as broken:
            return broken.code
        return "done"

    with ThreadPoolExecutor(2) as pool:
        found = sorted(pool.map(remove, [(here, RONJA, "maria.exempel"), (there, maria, "ronja.exempel")]))
    assert found in (["done", "last_administrator"], ["done", "not_allowed"])
    assert [one for one in here.administration.directory(RONJA).staff.values() if Role.ADMINISTRATOR in one.roles]


def _rev(house: House, id: str) -> int:
    found = house.administration.person(RONJA, StaffId(id))
    assert found is not None
    return found[1]


def test_a_form_under_way_when_the_role_is_taken_changes_nothing() -> None:
    house = demo_house()
    change(house, "maria.exempel", roles=frozenset({Role.ADMINISTRATOR}))
    maria = replace(MARIA, roles=frozenset({Role.ADMINISTRATOR}))
    house.administration.put(maria, replace(person(house, "ronja.exempel"), roles=frozenset()), 1, sent())

    with pytest.raises(NotAllowed):
        change(house, "anna.exempel", phone="031-390 06 41")
    assert person(house, "anna.exempel").phone != "031-390 06 41"


def test_a_person_who_was_changed_meanwhile_is_not_written_over() -> None:
    house = demo_house()
    rev = _rev(house, "anna.exempel")
    change(house, "anna.exempel", phone="031-390 06 41")
    with pytest.raises(Conflict):
        put(house, replace(person(house, "anna.exempel"), phone="031-390 06 42"), rev)
    assert person(house, "anna.exempel").phone == "031-390 06 41"


def test_changes_of_different_people_do_not_stand_in_each_others_way() -> None:
    many = houses(4)
    ids = ["anna.exempel", "samir.exempel", "jorge.exempel", "maria.exempel"]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda pair: change(pair[0], pair[1], phone="031-390 06 43"), zip(many, ids, strict=True)))
    assert [person(many[0], id).phone for id in ids] == ["031-390 06 43"] * 4
