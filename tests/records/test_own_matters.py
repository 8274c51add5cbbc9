"""Own matters: one's own and nobody else's, told from clear fields, the showing logged before it is shown."""

from dataclasses import replace

import pytest

from shared.adapters.counting_store import CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.app import House
from shared.domain.cases import Step
from shared.domain.ids import CaseId, ItemId
from shared.domain.matters import Turn
from shared.domain.queries import CASE_DISCLOSURES
from shared.ports.store import Refused, Unavailable
from shared.records.case_rows import case_row, read_case
from shared.records.own_matters import PAGE, Matter
from tests.adapters.faulty_store import FaultyStore
from tests.applications import BO, SARA, applied, case_of, send
from tests.houses import demo_house
from tests.people import ANNA, ELSA
from tests.records.reports import filed_case


def own(house: House) -> list[Matter]:
    return house.matters.page(SARA).matters


def over(house: House, case: CaseId, decision: str | None = None) -> None:
    """The case is closed, with a decision or without."""
    sealing = house._vault.sealing
    document = house.store.get("cases", case)
    assert document is not None
    found = read_case(document, sealing)
    closed = replace(found, open=False, step=Step.AVSLUTAT, decision=ItemId(decision) if decision else None)
    house.store.commit([case_row(closed).write(sealing)])


def test_an_application_is_an_own_matter_with_its_clocks() -> None:
    house = demo_house()
    sent = send(house).result
    (found,) = own(house)

    assert found.id == case_of(house, sent)
    assert (found.application, found.turn, found.step) == (sent, Turn.BOARD, Step.FORSTA_GENOMGANG)
    assert set(found.running) == {"bistand_genomgang", "bistand_beslut", "bistand_sex_manader"}


def test_nobody_sees_a_matter_of_somebody_else() -> None:
    house = demo_house()
    send(house)

    assert [house.matters.page(who).matters for who in (BO, ANNA, ELSA)] == [[], [], []]
    assert house.matters.page(replace(ELSA, person=SARA.person)).matters == [], "at work nobody reads own matters"


def test_a_report_of_concern_is_nobodys_own_matter() -> None:
    house = demo_house()
    case = filed_case(house)
    document = house.store.get("cases", case)

    assert document is not None
    assert not {"applicant", "turn"} & set(document.fields)


def test_each_showing_is_logged_for_each_matter_shown() -> None:
    house = demo_house()
    cases = [case_of(house, send(house).result) for _ in range(2)]
    own(house)

    for case in cases:
        logged = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=5).documents
        assert [(one.fields["what"], one.fields["actor"]) for one in logged] == [("own_matters", SARA.person)]


def test_without_the_log_nothing_is_shown() -> None:
    store = FaultyStore(MemoryStore())
    house = demo_house(store=store)
    send(house)
    store.fail_commits_before(1)

    with pytest.raises(Unavailable):
        own(house)


def test_what_is_worked_on_stands_before_what_is_over() -> None:
    house = demo_house()
    first, second, third = (case_of(house, send(house, applied()).result) for _ in range(3))
    over(house, third)
    over(house, second, "d" * 32)

    assert own(house)[0].id == first
    assert [(one.turn, one.decided) for one in own(house)[1:]].count((Turn.OVER, True)) == 1


@pytest.mark.parametrize(("many", "closed"), [(1, 0), (PAGE, 0), (PAGE + 3, 5), (2 * PAGE, PAGE)])
def test_paging_shows_every_matter_once(many: int, closed: int) -> None:
    house = demo_house()
    cases = [case_of(house, send(house).result) for _ in range(many)]
    for case in cases[:closed]:
        over(house, case)
    seen, cursor = [], None
    for _ in range(many):
        page = house.matters.page(SARA, cursor)
        seen += [one.id for one in page.matters]
        cursor = page.cursor
        if cursor is None:
            break

    assert sorted(seen) == sorted(cases)


@pytest.mark.parametrize("cursor", ["", "x", "9.", "0.nonsense", "1"])
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    house = demo_house()
    send(house)

    with pytest.raises(Refused):
        house.matters.page(SARA, cursor)


def test_a_page_asks_as_little_of_the_store_for_one_matter_as_for_many() -> None:
    store = CountingStore(MemoryStore())
    house = demo_house(store=store)
    for _ in range(3 * PAGE):
        over(house, case_of(house, send(house).result), "d" * 32)
    store.clear()
    own(house)

    assert store.cost().reads <= 2 * PAGE + len(Turn)
