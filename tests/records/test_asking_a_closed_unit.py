"""A reporter asks for feedback when the unit that decided is closed: somebody who works answers (SoL 19:6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shared.app import House
from shared.domain.calendar import end_of_day, local_date
from shared.domain.ids import CaseId, ItemId, UnitId
from shared.domain.municipality import Unit
from shared.domain.queries import CASES_OPEN_IN_UNIT
from tests.cases import PROTECTION
from tests.directories import change, leaves, put
from tests.emulator import FIRESTORE
from tests.houses import HandClock, demo_house
from tests.people import ANNA, ELSA, MARIA, UNIT
from tests.records.late_requests import UNASKED, ask, decide, release, stands, store_of, told
from tests.records.reports import Forms, draft_of

ADULTS = Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20")
THERE = replace(ANNA, unit=ADULTS.id)


@pytest.fixture(params=["memory", "disk", FIRESTORE])
def house(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[House]:
    store = store_of(request, tmp_path)
    yield demo_house(store, HandClock())
    store.close()


def decided_in_a_unit_since_closed(house: House) -> tuple[ItemId, CaseId]:
    """Anna decided it there, and is back where reports come in."""
    put(house, ADULTS)
    report = ItemId(house.reporting.file(ELSA, UNASKED, ADULTS.id, draft_of(house)).result)
    (found,) = house.store.query(CASES_OPEN_IN_UNIT, {"unit": ADULTS.id, "open": True}, limit=2).documents
    change(house, "anna.exempel", unit=ADULTS.id)
    house.caseworker.take(THERE, CaseId(found.id), Forms(ANNA).new())
    house.caseworker.assess(THERE, CaseId(found.id), PROTECTION, Forms(ANNA).new(), None)
    decide(house, CaseId(found.id), THERE)
    change(house, "anna.exempel", unit=UNIT)
    put(house, replace(ADULTS, active=False))
    return report, CaseId(found.id)


def test_the_unit_that_receives_reports_answers(house: House) -> None:
    report, case = decided_in_a_unit_since_closed(house)
    ask(house, report)
    asked = stands(house, case)
    assert (asked.unit, asked.assignee, told(house, ANNA)) == (UNIT, ANNA.staff, 1)
    assert asked.due == end_of_day(local_date(house.clock.now()))

    release(house, case)
    assert (stands(house, case).open, stands(house, case).unit) == (False, UNIT)


def test_nobody_has_it_when_the_caseworker_has_left(house: House) -> None:
    report, case = decided_in_a_unit_since_closed(house)
    leaves(house, "anna.exempel", local_date(house.clock.now()) - timedelta(days=1))
    ask(house, report)
    assert (stands(house, case).unit, stands(house, case).assignee) == (UNIT, None)
    assert told(house, MARIA) == 1
