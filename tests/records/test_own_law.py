"""What a municipality had decided when a clock began follows that clock, whatever the file says later."""

from dataclasses import replace
from datetime import time, timedelta

import pytest

from shared.adapters.municipality_file import load_municipality
from shared.app import assemble
from shared.domain.deadlines import start
from shared.domain.ids import CaseId, DeadlineId, UnitId
from shared.domain.own_law import AS_THE_LAW, OwnRule
from shared.domain.queries import DEADLINES_OF_CASE
from shared.ports.store import Document
from shared.records.deadlines import deadline_row, read_deadline
from tests.houses import DEMO, kept
from tests.people import MONDAY
from tests.records.reports import filed_case


@pytest.mark.parametrize(
    "own",
    [
        AS_THE_LAW,
        OwnRule(remind_days=(5, 0), why="x"),
        OwnRule(duty_from=time(13, 30), unassigned_after=timedelta(minutes=90), rolls=True, why="Nämnden § 4"),
    ],
    ids=["as the law", "reminders", "all of it"],
)
def test_a_stored_clock_is_read_as_it_began(own: OwnRule) -> None:
    begun = start("skyddsbedomning", MONDAY, id=DeadlineId("d"), case=CaseId("c"), unit=UnitId("u"), own=own)
    row = deadline_row(begun)
    assert read_deadline(Document("deadlines", row.id, 1, row.clear)).rule == begun.rule


def test_a_report_starts_its_clocks_as_the_file_says_that_day() -> None:
    own = {"skyddsbedomning": OwnRule(unassigned_after=timedelta(minutes=30), why="x")}
    town = replace(load_municipality(DEMO.municipality), law=own)
    house = assemble(DEMO, kept(), municipality=town)
    case = filed_case(house)

    page = house.store.query(DEADLINES_OF_CASE, {"case": case}, limit=10)
    found = {one.name: one for one in map(read_deadline, page.documents)}
    assert found["skyddsbedomning"].rule.unassigned_after == timedelta(minutes=30)
    assert found["forhandsbedomning"].rule.unassigned_after is None
