"""A unit closes when nobody works there and nothing waits there; what it was called stays."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from shared.domain import directory_changes
from shared.domain.broken_rules import Incomplete, NotAllowed
from shared.domain.calendar import local_date
from shared.domain.directory import Directory, Entity, seed
from shared.domain.directory_changes import DirectoryAction, DirectoryChange
from shared.domain.ids import StaffId, UnitId
from shared.domain.municipality import Staff, Unit
from shared.domain.unit_closing import Hindrances, Left, UnitClosed, UnitInUse
from tests.directories import RONJA
from tests.domain.conftest import example
from tests.people import ANNA, MONDAY, UNIT

TODAY = local_date(MONDAY)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
ADULTS = Unit(UnitId("vuxna"), "Vuxenenheten", "031-390 06 20")
CLOSED = replace(ADULTS, active=False)


def town(*more: Entity) -> Directory:
    return seed(example()).holding(ADULTS, *more)


def employee(last_day: date | None = None, first_day: date | None = None, unit: UnitId = ADULTS.id) -> Staff:
    return Staff(
        StaffId("bo.exempel"), "Bo Exempel", "handläggare", unit, frozenset(), socionom=False,
        first_day=first_day, last_day=last_day,
    )  # fmt: skip


def put(entity: Entity, directory: Directory, left: Left | None = None) -> DirectoryChange:
    return directory_changes.put(directory, entity, by=RONJA, now=MONDAY, left=left)


def hindered(directory: Directory, left: Left | None = None, unit: Unit = CLOSED) -> Hindrances:
    with pytest.raises(UnitInUse) as refused:
        put(unit, directory, left or Left())
    return refused.value.hindrances


def test_a_unit_where_nothing_is_left_closes_and_the_trail_says_so() -> None:
    change = put(CLOSED, town(), Left())
    assert change.action is DirectoryAction.UNIT_CLOSED
    assert change.codes() == ({"active": "yes"}, {"active": "no"}, [])


def test_a_closed_unit_opens_without_a_question() -> None:
    assert put(ADULTS, town(CLOSED)).action is DirectoryAction.UNIT_OPENED


def test_the_name_of_a_closed_unit_can_still_be_mended() -> None:
    named = replace(CLOSED, name="Vuxna")
    assert put(named, town(CLOSED, employee(YESTERDAY))).action is DirectoryAction.UNIT_CHANGED


@pytest.mark.parametrize(
    "stays",
    [employee(), employee(TODAY), employee(TOMORROW), employee(first_day=TOMORROW)],
    ids=["works here", "last day today", "leaves tomorrow", "begins tomorrow"],
)
def test_somebody_whose_last_day_has_not_come_keeps_it_open(stays: Staff) -> None:
    assert hindered(town(stays)) == Hindrances(people=(stays.id,))


def test_somebody_who_has_left_does_not() -> None:
    assert put(CLOSED, town(employee(YESTERDAY)), Left()).action is DirectoryAction.UNIT_CLOSED


@pytest.mark.parametrize("left", [Left(cases=1), Left(letters=1), Left(meetings=1), Left(offered=True)], ids=repr)
def test_whatever_waits_there_keeps_it_open(left: Left) -> None:
    assert hindered(town(), left) == Hindrances(left=left)


def test_the_unit_that_receives_reports_stays_open() -> None:
    intake = town().units[UNIT]
    assert hindered(town(), unit=replace(intake, active=False)).intake


def test_nothing_closes_unless_somebody_has_looked_at_what_is_left() -> None:
    with pytest.raises(Incomplete) as refused:
        put(CLOSED, town())
    assert refused.value.fields == ("active",)


def test_only_an_administrator_closes() -> None:
    with pytest.raises(NotAllowed):
        directory_changes.put(town(), CLOSED, by=ANNA, now=MONDAY, left=Left())


@pytest.mark.parametrize("last_day", [None, TODAY, TOMORROW])
def test_nobody_comes_to_a_closed_unit(last_day: date | None) -> None:
    with pytest.raises(UnitClosed):
        put(employee(last_day), town(CLOSED))


def test_whoever_left_a_closed_unit_returns_to_an_open_one_only() -> None:
    left = employee(YESTERDAY)
    with pytest.raises(UnitClosed):
        put(replace(left, last_day=None), town(CLOSED, left))
    assert put(replace(left, title="arkivarie"), town(CLOSED, left)).action is DirectoryAction.STAFF_CHANGED
    assert put(replace(left, last_day=None, unit=UNIT), town(CLOSED, left)).action is DirectoryAction.STAFF_LEAVES
