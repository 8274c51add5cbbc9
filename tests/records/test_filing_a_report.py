"""A sent report is received once, whole, sealed and traceable, whatever happens on the way."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from shared.app import open_house
from shared.domain.cases import CasePerson
from shared.domain.ids import ItemId
from shared.domain.queries import CASE_TIMELINE, DEADLINES_OF_CASE, EVENTS_SINCE
from shared.domain.sweeps import EVERY
from shared.ports.keys import KeyGone
from shared.ports.store import Conflict
from shared.records import trail
from shared.records.drafts import report_owner
from tests.cases import filed
from tests.houses import DEMO, HandClock, NotedAlarms, demo_house
from tests.people import CIA, ELSA
from tests.records.reports import case_of, draft_of, file_report, filed_case

NOT_COUNTED = ("sessions",)


def test_a_filed_report_has_its_case_and_both_clocks() -> None:
    house = demo_house()

    case = filed_case(house)

    names = {one.fields["name"] for one in house.store.query(DEADLINES_OF_CASE, {"case": case}, limit=10).documents}
    assert names == {"skyddsbedomning", "forhandsbedomning"}


def test_the_alarms_are_set_after_the_report_is_stored() -> None:
    house = demo_house()
    file_report(house)

    assert isinstance(house.alarms, NotedAlarms)
    assert len(house.alarms.wakes) == 2


def test_alarms_that_do_not_answer_lose_no_report() -> None:
    house = demo_house()
    assert isinstance(house.alarms, NotedAlarms)
    house.alarms.down = True

    assert house.store.get("reports", file_report(house).result) is not None


def test_the_same_draft_sent_twice_gives_the_same_receipt() -> None:
    house = demo_house()
    draft = draft_of(house)
    first = file_report(house, draft=draft)

    again = file_report(house, draft=draft)

    assert (again.result, again.first, again.same) == (first.result, False, True)


def test_the_same_draft_sent_fourteen_times_at_once_is_one_report() -> None:
    house = demo_house()
    draft = draft_of(house)

    with ThreadPoolExecutor(14) as pool:
        sent = list(pool.map(lambda _: file_report(house, draft=draft), range(14)))

    assert len({one.result for one in sent}) == 1
    assert sum(one.first for one in sent) == 1
    assert len(house.reporting.own(ELSA).reports) == 1


def test_a_draft_that_changed_meanwhile_is_not_sent_as_it_was() -> None:
    house = demo_house()
    draft = draft_of(house)
    house.drafts.save(draft, {"concern_description": "Ny text från en annan flik."})

    with pytest.raises(Conflict):
        file_report(house, draft=draft)

    assert house.reporting.own(ELSA).reports == []


def test_nobody_finds_a_sent_draft_and_nothing_of_its_answers_is_left() -> None:
    house = demo_house()
    draft = draft_of(house)
    file_report(house, draft=draft)

    left = house.store.get("drafts", draft.id)
    assert left is not None
    assert left.fields["sealed"] == {}
    assert house.drafts.find(draft.id, report_owner(ELSA)) is None
    assert house.drafts.of(report_owner(ELSA)) == []


def test_the_next_sweep_takes_a_sent_draft_and_its_key() -> None:
    clock = HandClock()
    house = demo_house(clock=clock)
    draft = draft_of(house)
    file_report(house, draft=draft)

    clock.advance(EVERY)
    house.sweep.run()

    assert house.store.get("drafts", draft.id) is None
    with pytest.raises(KeyGone):
        house.cipher.seal(draft.key, b"", ())


def test_reports_about_the_same_child_land_in_one_akt() -> None:
    house = demo_house()

    akter = {house.store.get("cases", filed_case(house)).fields["akt"] for _ in range(2)}  # type: ignore[union-attr]

    assert len(akter) == 1


def test_two_first_reports_about_the_same_child_at_once_land_in_one_akt() -> None:
    house = demo_house()
    drafts = [draft_of(house) for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        sent = list(pool.map(lambda draft: file_report(house, draft=draft), drafts))

    akter = {house.store.get("cases", case_of(house, one.result)).fields["akt"] for one in sent}  # type: ignore[union-attr]
    assert len(akter) == 1
    assert len({one.result for one in sent}) == 8


def test_a_child_without_a_number_gets_an_akt_of_its_own_each_time() -> None:
    house = demo_house()
    unknown = replace(filed(), child=CasePerson(described="Pojke i 2B, bor vid torget"))

    akter = {house.store.get("cases", filed_case(house, unknown)).fields["akt"] for _ in range(2)}  # type: ignore[union-attr]

    assert len(akter) == 2


def test_the_trail_of_a_new_case_is_one_verified_entry() -> None:
    house = demo_house()
    case = filed_case(house)
    document = house.store.get("cases", case)
    entries = house.store.query(CASE_TIMELINE, {"case": case}, limit=20).documents

    assert document is not None
    assert trail.verify(list(reversed(entries)), str(document.fields["audit_head"]))
    assert [one.fields["action"] for one in entries] == ["report:received"]


def test_a_process_event_names_no_person() -> None:
    house = demo_house()
    file_report(house)

    (event,) = house.store.query(EVENTS_SINCE, {"kind": "orosanmalan"}, limit=10).documents

    assert set(event.fields) == {"kind", "step", "at", "unit", "channel", "schema"}


def test_nothing_that_identifies_lies_clear_in_the_data_folder(tmp_path: Path) -> None:
    house = open_house(replace(DEMO, var=tmp_path))
    draft_of(house)
    file_report(house)
    house.sessions.start(ELSA)
    written = b"".join(one.read_bytes() for one in tmp_path.rglob("*") if one.is_file())
    house.close()

    assert b"mottagningen" in written
    for secret in ("Nova", "198804202383", "8804202383", "hungrig", "070-174", "Elsa"):
        assert secret.encode() not in written, secret


def test_filing_costs_at_most_twelve_writes_and_four_reads() -> None:
    house = demo_house()
    file_report(house)
    draft = draft_of(house)
    someone_else = replace(filed(), child=CasePerson(name="Alva Exempel", number="198404189287"))
    house.store.clear()  # type: ignore[attr-defined]

    found = house.drafts.find(draft.id, report_owner(ELSA))
    file_report(house, someone_else, draft=found)

    cost = house.store.cost(without=NOT_COUNTED)  # type: ignore[attr-defined]
    assert cost.writes <= 12
    assert cost.reads <= 4


def test_another_reporter_finds_no_such_receipt() -> None:
    house = demo_house()
    report = ItemId(file_report(house).result)

    assert house.reporting.receipt(CIA, report) is None
    assert house.reporting.receipt(ELSA, report) is not None
    assert house.reporting.own(CIA).reports == []


def test_reading_what_was_filed_is_logged_before_it_is_shown() -> None:
    house = demo_house()
    report = ItemId(file_report(house).result)
    house.store.clear()  # type: ignore[attr-defined]

    receipt = house.reporting.receipt(ELSA, report, whole=True)

    assert receipt is not None
    assert receipt.report.snapshot["story"] == "Nova är hungrig varje morgon."
    assert house.store.by_collection()["disclosures"].writes == 1  # type: ignore[attr-defined]
