"""Closing a unit asks the store what is left there, and never races with somebody who comes to it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import time, timedelta

import pytest

from shared.app import House, assemble, use
from shared.domain import calendar
from shared.domain.booking.offer import Offer
from shared.domain.broken_rules import BrokenRule
from shared.domain.directory_changes import DirectoryAction
from shared.domain.ids import CaseId, UnitId
from shared.domain.letters import How
from shared.domain.municipality import Unit
from shared.domain.queries import CASES_OPEN_IN_UNIT
from shared.domain.unit_closing import Hindrances, Left, UnitInUse
from shared.ports.store import Conflict
from shared.records.directory_rows import read_entity
from tests.cases import filed
from tests.directories import RONJA, change, person, put
from tests.functions.staff_browser import assessed
from tests.houses import DEMO, HandClock, demo_house, kept
from tests.letters import named, send_letter
from tests.meetings import book, hold, meeting_house, somebody, town
from tests.people import ANNA, ELSA, MONDAY, UNIT
from tests.records.reports import Forms, draft_of

ADULTS = Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20")
CLOSED = replace(ADULTS, active=False)
WEDNESDAY_NINE = calendar.at(calendar.local_date(MONDAY) + timedelta(days=2), time(9))


def with_adults(house: House) -> House:
    put(house, ADULTS)
    return house


def hindrances(house: House, unit: Unit = CLOSED) -> Hindrances:
    with pytest.raises(UnitInUse) as refused:
        put(house, unit)
    return refused.value.hindrances


def test_a_closed_unit_keeps_its_name_in_every_process() -> None:
    keepers = kept()
    here, there = (assemble(DEMO, keepers) for _ in range(2))
    put(with_adults(here), CLOSED)
    assert there.directory.present().units[ADULTS.id] == CLOSED
    assert here.administration.changes(RONJA).entries[0]["action"] == DirectoryAction.UNIT_CLOSED


def test_a_row_written_before_units_could_be_closed_is_open() -> None:
    house = with_adults(demo_house())
    document = house.store.get("directory", "unit-vuxna")
    assert document is not None
    older = {name: value for name, value in document.fields.items() if name != "active"}
    assert read_entity(replace(document, fields=older), house._vault.sealing) == ADULTS


@pytest.mark.parametrize("taken", [False, True], ids=["nobody has it", "somebody has it"])
def test_an_open_case_keeps_it_open(*, taken: bool) -> None:
    house = with_adults(demo_house())
    house.reporting.file(ELSA, filed(), ADULTS.id, draft_of(house))
    if taken:
        case = house.store.query(CASES_OPEN_IN_UNIT, {"unit": ADULTS.id, "open": True}, limit=1).documents[0].id
        change(house, "anna.exempel", unit=ADULTS.id)
        house.caseworker.take(replace(ANNA, unit=ADULTS.id), CaseId(case), Forms(ANNA).new())
        change(house, "anna.exempel", unit=UNIT)
    assert hindrances(house).left == Left(cases=1)


def test_a_letter_that_waits_for_paper_keeps_it_open() -> None:
    with use(demo_house()) as house:
        case = assessed(house)
        before = hindrances(house, replace(house.municipality.intake, active=False)).left
        send_letter(house, case, named(), How.PRINT)
        after = hindrances(house, replace(house.municipality.intake, active=False)).left
    assert (before.letters, after.letters) == (0, 1)


def test_meetings_that_can_be_booked_or_are_keep_it_open_until_they_have_been() -> None:
    clock = HandClock()
    house = with_adults(meeting_house(offer=town(unit=ADULTS.id), clock=clock))
    assert hindrances(house).left == Left(offered=True)
    book(house, somebody(), WEDNESDAY_NINE)
    house.offer = Offer()
    assert hindrances(house).left == Left(meetings=1)
    clock.advance(timedelta(days=3))
    change(house, "vera", unit=UNIT)
    put(house, CLOSED)


def test_a_held_time_counts_as_a_meeting() -> None:
    house = with_adults(meeting_house(offer=town(unit=ADULTS.id)))
    hold(house, somebody(), WEDNESDAY_NINE)
    assert hindrances(house).left == Left(meetings=1, offered=True)


@pytest.mark.parametrize("order", range(8))
def test_closing_and_moving_in_at_once_never_both_happen(order: int) -> None:
    keepers = kept()
    here, there = (assemble(DEMO, keepers) for _ in range(2))
    with_adults(here)

    def tried(act: Callable[[], object]) -> bool:
        try:
            act()
        except (BrokenRule, Conflict):
            return False
        return True

    acts = [lambda: put(here, CLOSED), lambda: change(there, "anna.exempel", unit=ADULTS.id)]
    with ThreadPoolExecutor(2) as pool:
        done = list(pool.map(tried, acts if order % 2 else reversed(acts)))
    town_now = here.directory.present()
    in_it = person(here, "anna.exempel").unit == ADULTS.id
    assert done.count(True) == 1
    assert in_it == town_now.units[ADULTS.id].active
