"""Whoever has a case is told the phone number of the unit that has it, on every page where the case is known."""

from collections.abc import Iterator
from typing import Final

import pytest

from shared.adapters.counting_store import CountingStore
from shared.app import House, use
from shared.domain.ids import ItemId, StaffId, UnitId
from tests.appeals import decided as decided_case
from tests.applications import SARA, applied, case_of, draft_of
from tests.functions.appeal_browser import Appellant, at
from tests.functions.applicant_browser import Applicant
from tests.functions.given_out import inside
from tests.functions.staff_browser import staffed_house
from tests.people import STRANGER
from tests.records.flow_people import Deed
from tests.records.reports import Forms
from tests.supplements import ask, asked

OTHER: Final = UnitId("annan-enhet")
NUMBER: Final = "031-390 06 20"


@pytest.fixture
def house() -> Iterator[House]:
    with use(staffed_house()) as opened:
        yield opened


def spaced(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_pages_of_an_application_and_of_what_is_missing(house: House) -> None:
    sent = house.applicants.send(SARA, applied(), OTHER, draft_of(house)).result
    case, what = case_of(house, sent), asked()
    house.caseworker.take(STRANGER, case, Forms(STRANGER).new())
    wanted = ask(house, case, what, STRANGER)
    here = f"/ansok/komplettering/{wanted}"
    pages = [f"/ansok/kvitto/{sent}", here, f"/ansok/komplettering/utkast/{wanted}/{what.items[0].id}"]

    assert [page for page in pages if NUMBER not in spaced(Applicant(house).get(page).text)] == []


def test_the_pages_of_a_decision_and_of_its_appeal(house: House) -> None:
    sent = house.applicants.send(SARA, applied(), OTHER, draft_of(house)).result
    case, cia = case_of(house, sent), house.municipality.staff[StaffId("cia.exempel")]
    forms = Forms(STRANGER)
    house.caseworker.take(STRANGER, case, forms.new())
    house.caseworker.review(STRANGER, case, forms.new())
    house.application_decisions.decide(
        STRANGER, case, Deed("determine", "stranger").assistance, who=cia, submission=forms.new(), draft=None
    )
    decided = house.files.case(STRANGER, case)
    assert decided is not None
    decision = ItemId(str(decided.decision))
    sara = Appellant(house)
    draft = at(sara.write(decision))
    pages = [draft + rest for rest in ("/andring", "/bilagor", "/kontrollera", "/sparat", "/ta-bort")]
    assert [page for page in pages if NUMBER not in spaced(sara.get(page).text)] == []
    receipt = sara.send(draft.rpartition("/")[2]).headers["Location"]
    pages = [f"/overklaga/{decision}", receipt, f"{receipt}/innehall", f"{receipt}/ta-tillbaka"]

    assert [page for page in pages if NUMBER not in spaced(sara.get(page).text)] == []
    assert NUMBER in spaced(inside(sara.get(f"{receipt}.pdf").data))


def test_a_page_of_an_appeals_draft_looks_for_the_unit_once(house: House) -> None:
    _, decision = decided_case(house)
    sara = Appellant(house)
    draft = at(sara.write(decision))
    bill, reads = house.store, []
    assert isinstance(bill, CountingStore)
    for rest in ("/bilagor", "/kontrollera", "/sparat", "/ta-bort"):
        bill.clear()
        sara.get(draft + rest)
        reads.append(bill.by_collection()["cases"].reads)

    assert reads == [1, 1, 1, 1]
