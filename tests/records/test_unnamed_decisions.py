"""Decisions whose maker is not named, as they are kept: older ones are named, and what cannot be read names nobody."""

from dataclasses import asdict

import pytest

from shared.app import House
from shared.domain.assessments import Answer
from shared.domain.decisions import Outcome
from shared.domain.ids import CaseId, StaffId
from shared.domain.letters import LetterKind
from shared.domain.naming import Naming, in_letter
from shared.ports.store import Delete
from shared.records import item_rows
from tests.cases import preliminary_form
from tests.houses import demo_house
from tests.people import ANNA
from tests.records.test_deciding_a_case import assessed_case, decide
from tests.records.test_letters import annas_case, case_in, opened, taken_over

UNNAMED = preliminary_form(Outcome.OPEN, name_stands=Answer.NO, name_reason="Hot på telefon.")
SAMIR = StaffId("samir.exempel")


def investigation(house: House) -> CaseId:
    """One that was opened by somebody who is not named."""
    case = assessed_case(house)
    decide(house, case, UNNAMED)
    found = case_in(house, case).continues_in
    assert found is not None
    return found


def test_the_choice_and_its_reason_are_read_as_they_were_signed() -> None:
    house = demo_house()
    case = assessed_case(house)
    decide(house, case, UNNAMED)
    file = house.files.open(ANNA, case)

    assert file is not None
    assert file.decision is not None
    assert (file.decision.form, file.decision.by) == (UNNAMED, "anna.exempel")


def test_a_decision_from_before_it_was_asked_is_named() -> None:
    stated = asdict(preliminary_form())
    older = item_rows.preliminary_form({name: stated[name] for name in stated if not name.startswith("name_")})

    assert older.named
    assert older == preliminary_form()


def test_an_investigation_knows_the_decision_that_opened_it() -> None:
    house = demo_house()
    (found,) = house.letters.decisions(case_in(house, investigation(house)))

    assert found is not None
    assert not found.named


@pytest.mark.parametrize("kind", [LetterKind.INVESTIGATION_OPENED, LetterKind.COMMUNICATION])
def test_a_decision_that_is_gone_or_erased_leaves_the_name_out_and_stops_nobody(kind: LetterKind) -> None:
    house = demo_house()
    case = opened(house, reports=2)
    assert in_letter(kind, house.letters.decisions(case), SAMIR) is Naming.NAMED
    first, second = (case_in(house, one.id) for one in house.files.taken_over(case))
    house.store.commit([Delete("decisions", str(first.decision))])
    house.kept.ring.erase(second.key)

    assert house.letters.decisions(case) == [None, None]
    assert in_letter(kind, house.letters.decisions(case), SAMIR) is Naming.UNSIGNED


def test_a_case_without_a_decision_names_everybody() -> None:
    house = demo_house()

    assert house.letters.decisions(case_in(house, annas_case(house))) == []
    assert taken_over(house, opened(house)).decision is not None
