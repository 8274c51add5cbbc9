"""The directory as it is kept: seeded once, changed by one at a time, known at once by every process."""

import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.app import House, assemble
from shared.domain.broken_rules import LastAdministrator, NotAllowed
from shared.domain.calendar import local_date
from shared.domain.directory import Directory
from shared.domain.ids import OrganisationId, StaffId, UnitId
from shared.domain.municipality import Organisation, Staff, Unit
from shared.domain.principals import Kind, Role
from shared.domain.queries import DIRECTORY_CHANGES, DIRECTORY_SINCE
from shared.ports.store import Document, Unavailable
from shared.records import trail
from tests.adapters.faulty_store import FaultyStore
from tests.directories import RONJA, change, leaves, person, put, sent
from tests.houses import DEMO, HandClock, demo_house, kept, login
from tests.people import ANNA, ELSA, MARIA, MONDAY, SAMIR, UNIT

TODAY = local_date(MONDAY)
YESTERDAY = TODAY - timedelta(days=1)


def houses(count: int, store: MemoryStore | FaultyStore | None = None) -> list[House]:
    """Several processes of one installation."""
    keepers = kept(store)
    return [assemble(DEMO, keepers) for _ in range(count)]


def entries(house: House) -> list[Document]:
    """The trail, oldest first."""
    return [*reversed(house.store.query(DIRECTORY_CHANGES, {}, limit=100).documents)]


# ── The seed ──────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_empty_store_begins_with_what_the_file_says() -> None:
    house = demo_house()
    assert {one.name for one in house.municipality.staff.values()} >= {"Anna Exempel", "Ronja Exempel"}
    assert house.municipality.intake.id == UNIT
    assert person(house, "anna.exempel").case_units == (UNIT,)


def test_many_processes_that_start_at_once_seed_once() -> None:
    first, *others = houses(8)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda house: sorted(house.directory.present().staff), [first, *others]))
    assert len({tuple(one) for one in found}) == 1
    assert [one.fields["action"] for one in entries(first)] == ["directory:seeded"]


def test_a_seed_that_is_sent_twice_can_be_read() -> None:
    store = FaultyStore(MemoryStore())
    house = assemble(DEMO, kept(store))
    store.repeat_commits(1)
    assert "anna.exempel" in house.directory.present().staff
    assert "anna.exempel" in assemble(DEMO, house.kept).directory.present().staff


def test_a_change_that_is_sent_twice_is_one_change() -> None:
    store = FaultyStore(MemoryStore())
    house = assemble(DEMO, kept(store))
    before = house.administration.directory(RONJA).number
    store.repeat_commits(1)
    assert change(house, "anna.exempel", phone="031-390 06 41").phone == "031-390 06 41"
    assert house.administration.directory(RONJA).number == before + 1


def test_a_long_list_of_colleagues_is_made_once_and_not_once_for_each() -> None:
    house = demo_house()
    made = [
        Staff(StaffId(f"p{number}"), f"P {number}", "x", UNIT, frozenset(), socionom=False) for number in range(150)
    ]
    house = assemble(
        DEMO, kept(), replace(house.directory.present(), staff={one.id: one for one in made} | _ronja(house))
    )
    shown = house.municipality
    assert len(shown.colleagues(UNIT)) == 151
    assert shown.staff[StaffId("p1")] is house.municipality.staff[StaffId("p1")]
    assert house.directory.present() is house.directory.present()


def test_after_the_seed_the_store_is_the_truth() -> None:
    keepers = kept()
    change(assemble(DEMO, keepers), "anna.exempel", name="Anna Gift")
    later = assemble(DEMO, keepers)
    assert later.directory.present().staff[StaffId("anna.exempel")].name == "Anna Gift"


def test_names_lie_sealed_and_ids_clear() -> None:
    house = demo_house()
    house.directory.present()
    rows = house.store.query(DIRECTORY_SINCE, {}, limit=100).documents
    stored = repr([one.fields for one in rows])
    assert "anna.exempel" in stored
    assert not re.search("Anna Exempel|socialsekreterare|Mottagningen barn|031-390|Exempelskolan", stored)


# ── At once, everywhere ───────────────────────────────────────────────────────────────────────────────────────────────


def test_somebody_who_left_is_out_at_the_next_click_in_every_process() -> None:
    here, there = houses(2)
    token = login(here, ANNA)
    assert there.sessions.read(token) is not None
    leaves(here, "anna.exempel", YESTERDAY)
    assert there.sessions.read(token) is None
    assert here.sessions.read(token) is None


def test_a_role_that_is_taken_is_gone_at_the_next_click_in_every_process() -> None:
    here, there = houses(2)
    token = login(there, MARIA)
    assert _roles(there, token) == {Role.TEAM_LEAD, Role.INTAKE_CASEWORKER}
    change(here, "maria.exempel", roles=frozenset({Role.INTAKE_CASEWORKER}))
    assert _roles(there, token) == {Role.INTAKE_CASEWORKER}


def test_a_closed_organisation_lets_its_reporters_go_at_once() -> None:
    here, there = houses(2)
    token = login(there, ELSA)
    assert there.sessions.read(token) is not None
    put(here, Organisation(OrganisationId("exempelskolan"), "Exempelskolan", "school", active=False))
    assert there.sessions.read(token) is None


def test_on_the_day_after_the_last_a_person_is_out_without_anybody_doing_anything() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    leaves(house, "anna.exempel", TODAY)
    assert house.sessions.read(login(house, ANNA)) is not None
    clock.advance(timedelta(days=1))
    assert house.sessions.read(login(house, ANNA)) is None


def test_a_click_costs_session_and_head_in_one_call_and_no_rows() -> None:
    house = demo_house()
    token = login(house, ANNA)
    house.sessions.read(token)
    house.store.clear()  # type: ignore[attr-defined]
    house.sessions.read(token)
    bill = house.store.by_collection()  # type: ignore[attr-defined]
    assert {name: (cost.reads, cost.rpcs) for name, cost in bill.items()} == {"sessions": (2, 1)}


def test_after_a_change_only_the_row_that_changed_is_read_again() -> None:
    here, there = houses(2)
    there.directory.present()
    change(here, "anna.exempel", phone="031-390 06 41")
    there.store.clear()  # type: ignore[attr-defined]
    assert there.directory.present().staff[StaffId("anna.exempel")].phone == "031-390 06 41"
    assert there.store.by_collection()["directory"].reads == 1  # type: ignore[attr-defined]


def test_the_front_page_asks_the_store_for_nothing() -> None:
    house = demo_house()
    assert house.municipality.contact.phone
    assert house.store.by_collection() == {}  # type: ignore[attr-defined]


def test_without_a_store_the_phone_number_stands_and_no_right_is_given() -> None:
    store = FaultyStore(MemoryStore())
    house = assemble(DEMO, kept(store))
    token = login(house, ANNA)
    store.fail_reads(2)
    assert house.municipality.intake.phone == "031-390 06 01"
    with pytest.raises(Unavailable):
        house.sessions.read(token)


# ── Changing it ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_form_twice_is_one_change() -> None:
    house = demo_house()
    new = Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20")
    once = sent("a" * 32, name=new.name)
    first = house.administration.put(RONJA, new, 0, once)
    again = house.administration.put(RONJA, new, 0, once)
    other = house.administration.put(RONJA, new, 0, sent("a" * 32, name="Annat"))
    assert (first.first, again.first, again.same, other.same) == (True, False, True, False)
    assert len(entries(house)) == 2


def test_a_lost_answer_is_read_back() -> None:
    store = FaultyStore(MemoryStore())
    house = assemble(DEMO, kept(store))
    house.directory.present()
    store.fail_commits_after(1)
    new = Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20")
    assert house.administration.put(RONJA, new, 0, sent()).result == "unit-vuxna"


def test_every_change_stands_in_one_unbroken_chain_without_a_name() -> None:
    house = demo_house()
    change(house, "anna.exempel", name="Anna Gift", socionom=False)
    put(house, Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20"))
    head = house.store.get("sessions", "directory")
    assert head is not None
    assert trail.verify(entries(house), str(head.fields["audit_head"]))
    one = entries(house)[1].fields
    assert (one["actor"], one["action"], one["subject"]) == ("ronja.exempel", "staff:changed", "anna.exempel")
    assert (one["before"], one["after"], one["fields"]) == ({"socionom": "yes"}, {"socionom": "no"}, ["name"])
    assert "Gift" not in repr([entry.fields for entry in entries(house)])


@pytest.mark.parametrize("who", [ANNA, MARIA, SAMIR, ELSA, replace(RONJA, kind=Kind.RESIDENT)])
def test_nobody_else_reads_or_writes_it(who: object) -> None:
    desk = demo_house().administration
    new = Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20")
    for ask in (lambda: desk.directory(who), lambda: desk.changes(who), lambda: desk.put(who, new, 0, sent())):  # type: ignore[arg-type]
        with pytest.raises(NotAllowed):
            ask()


def test_a_large_directory_is_read_in_pages() -> None:
    house = demo_house()
    for number in range(230):
        new = Staff(StaffId(f"p{number}"), f"P {number}", "handläggare", UNIT, frozenset(), socionom=False)
        put(house, new, 0)
    other = assemble(DEMO, house.kept)
    assert len(other.directory.present().staff) == 230 + 5


def test_the_last_administrator_cannot_be_removed_on_any_page() -> None:
    house = demo_house()
    other = replace(RONJA, staff=StaffId("anna.exempel"))
    change(house, "anna.exempel", roles=frozenset({Role.ADMINISTRATOR}), last_day=TODAY)
    with pytest.raises(LastAdministrator):
        house.administration.put(other, replace(person(house, "ronja.exempel"), roles=frozenset()), 1, sent())


def test_what_is_known_is_never_older_after_than_before() -> None:
    here, there = houses(2)
    before: Directory = there.administration.directory(RONJA)
    change(here, "anna.exempel", phone="031-390 06 44")
    assert there.administration.directory(RONJA).number == before.number + 1


def _ronja(house: House) -> dict[StaffId, Staff]:
    return {StaffId("ronja.exempel"): person(house, "ronja.exempel")}


def _roles(house: House, token: str) -> frozenset[Role]:
    session = house.sessions.read(token)
    assert session is not None
    return session.principal.roles
