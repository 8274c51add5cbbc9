"""That another unit works with a child is not for this unit's staff to know, however they come upon the child."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from shared.app import House
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, KeyId, UnitId
from tests.cases import PROTECTION, filed, preliminary_form
from tests.houses import demo_house
from tests.people import ANNA, ELSA, MARIA, STRANGER
from tests.records.reports import Forms, case_of, draft_of, filed_case


def investigated_elsewhere(house: House) -> CaseId:
    """A report to the other unit about the same child, and an investigation opened after it."""
    sent = house.reporting.file(ELSA, filed(), UnitId(str(STRANGER.unit)), draft_of(house))
    case = case_of(house, sent.result)
    house.caseworker.take(STRANGER, case, Forms(STRANGER).new())
    house.caseworker.assess(STRANGER, case, PROTECTION, Forms(STRANGER).new(), None)
    opened = preliminary_form(Outcome.OPEN)
    house.caseworker.decide(STRANGER, case, opened, title="t", submission=Forms(STRANGER).new(), draft=None)
    return case


def test_the_case_page_does_not_name_them() -> None:
    house = demo_house()
    investigated_elsewhere(house)
    own = [filed_case(house) for _ in range(2)]

    found = house.files.open(ANNA, own[0])

    assert found is not None
    assert [one.id for one in found.others] == [own[1]]


def test_they_are_not_offered_as_ongoing() -> None:
    house = demo_house()
    investigated_elsewhere(house)
    case = house.files.case(ANNA, filed_case(house))

    assert case is not None
    assert house.files.investigations(case) == []


def test_a_report_taken_over_from_another_unit_is_not_named() -> None:
    house = demo_house()
    elsewhere = house.files.case(STRANGER, investigated_elsewhere(house))

    assert elsewhere is not None
    assert elsewhere.continues_in is not None
    investigation = house.files.case(STRANGER, elsewhere.continues_in)
    assert investigation is not None
    moved = replace(investigation, unit=UnitId(str(MARIA.unit)))
    assert house.files.taken_over(moved) == []


def test_one_of_theirs_takes_no_longer_to_refuse_than_one_that_is_not_there(monkeypatch: pytest.MonkeyPatch) -> None:
    house, loaded = demo_house(), list[KeyId]()
    theirs, ours = investigated_elsewhere(house), filed_case(house)
    load = house.kept.ring.load

    def noted(ids: Sequence[KeyId]) -> None:
        loaded.extend(ids)
        load(ids)

    monkeypatch.setattr(house.kept.ring, "load", noted)
    assert [house.files.case(ANNA, theirs), loaded] == [None, []]
    assert house.files.case(ANNA, ours) is not None
    assert loaded
