"""Sending an application: once, whole, and read by nobody but the applicant and the unit that takes it."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.domain.cases import CaseKind
from shared.domain.ids import FileId, ItemId
from shared.domain.principals import Principal
from shared.domain.queries import CASE_DISCLOSURES, QUEUE_BY_KIND_ASSIGNED
from shared.domain.queue import Filter
from shared.ports.store import Conflict, NotFound, Value
from shared.records.case_rows import read_case
from tests.applications import BO, NUMBER, SARA, applied, case_of, draft_of, send
from tests.houses import HandClock, demo_house
from tests.people import ANNA, CIA, ELSA, MARIA, SAMIR, STRANGER, UNIT
from tests.records.reports import Forms


def test_a_sent_application_is_a_case_in_the_queue_of_its_unit() -> None:
    house = demo_house()
    case = case_of(house, send(house).result)

    (shown,) = house.queue.page(ANNA, Filter.EKONOMISKT_BISTAND).cases
    assert shown[1].id == case
    assert shown[1].person.name == ""
    assert not house.queue.page(ANNA, Filter.OROSANMALAN).cases


def test_what_can_not_wait_stands_before_what_came_earlier() -> None:
    house = demo_house()
    calm = case_of(house, send(house, by=BO).result)
    urgent = case_of(house, send(house, applied("no_food")).result)

    assert [case.id for _, case in house.queue.page(ANNA).cases] == [urgent, calm]


def test_staff_of_the_unit_read_the_story_and_the_opening_is_logged() -> None:
    house = demo_house()
    case = case_of(house, send(house, applied("no_food")).result)
    found = house.files.open(ANNA, case, "application")

    assert found is not None
    assert found.application is not None
    assert found.application.snapshot["story"] == "Kylskåpet är tomt."
    assert found.application.signals == ("no_food",)
    assert not found.application.contact
    assert found.case.person.number == NUMBER
    assert house.files.open(STRANGER, case, "application") is None
    logged = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=5).documents
    assert [one.fields["what"] for one in logged] == ["application"]


def test_fourteen_submits_at_once_are_one_case() -> None:
    house = demo_house()
    draft = draft_of(house)
    with ThreadPoolExecutor(14) as pool:
        sent = list(pool.map(lambda _: send(house, draft=draft).result, range(14)))

    assert len(set(sent)) == 1
    equals: dict[str, Value] = {
        "unit": UNIT,
        "open": True,
        "kind": CaseKind.EKONOMISKT_BISTAND.value,
        "assigned": False,
    }
    assert len(house.store.query(QUEUE_BY_KIND_ASSIGNED, equals, limit=10).documents) == 1
    assert house.applicants.sent_before(SARA, draft.id) == sent[0]


def test_a_second_application_lies_in_the_same_akt() -> None:
    house = demo_house()
    cases = [house.store.get("cases", case_of(house, send(house).result)) for _ in range(2)]

    assert len({one.fields["akt"] for one in cases if one}) == 1


def test_a_draft_that_was_changed_meanwhile_is_not_sent() -> None:
    house = demo_house()
    draft = draft_of(house)
    house.drafts.save(draft, {"urgent": ["home"]})

    with pytest.raises(Conflict):
        send(house, draft=draft)


def test_nothing_is_sent_without_a_file_that_the_draft_lists() -> None:
    house = demo_house()
    from dataclasses import replace

    with pytest.raises(NotFound):
        send(house, replace(applied(), attachments=(FileId("f" * 32),)))


def test_the_receipt_is_the_applicants_own_and_what_was_sent_is_logged() -> None:
    house = demo_house()
    id = ItemId(send(house).result)
    plain = house.applicants.receipt(SARA, id)
    whole = house.applicants.receipt(SARA, id, whole=True)

    assert plain is not None
    assert whole is not None
    assert not plain.application.snapshot
    assert plain.reference.startswith("EB-")
    assert whole.application.contact == {"applicant_phone": "070-174 06 05"}
    assert [house.applicants.receipt(who, id) for who in (BO, ANNA, ELSA, replace(ELSA, person=SARA.person))] == [
        None
    ] * 4
    logged = house.store.query(CASE_DISCLOSURES, {"case": plain.application.case}, limit=5).documents
    assert [one.fields["what"] for one in logged] == ["own_application"]


@pytest.mark.parametrize("who", [BO, ELSA, CIA, ANNA, SAMIR], ids=lambda one: one.name)
def test_nobody_else_has_it(who: Principal) -> None:
    house = demo_house()
    id = ItemId(send(house).result)

    assert house.applicants.receipt(who, id) is None
    assert house.applicants.receipt(who, id, whole=True) is None
    assert not house.applicants.own(who).applications


def test_own_applications_come_newest_first_without_their_content() -> None:
    house = demo_house()
    clock, sent = house.clock, list[str]()
    assert isinstance(clock, HandClock)
    for _ in range(3):
        sent.append(send(house).result)
        clock.advance(timedelta(minutes=1))
    own = house.applicants.own(SARA).applications

    assert [one.application.id for one in own] == sent[::-1]
    assert not any(one.application.snapshot for one in own)


def test_contact_details_are_for_the_cases_own_caseworker_and_logged() -> None:
    house = demo_house()
    case = case_of(house, send(house).result)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    found = house.applicants.contact(ANNA, case)

    assert found is not None
    assert found.contact == {"applicant_phone": "070-174 06 05"}
    assert house.applicants.contact(SAMIR, case) is None
    assert house.applicants.contact(MARIA, case) is None
    assert house.applicants.contact(STRANGER, case) is None
    logged = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=5).documents
    assert [one.fields["what"] for one in logged] == ["contact"]


def test_its_caseworker_says_once_that_it_is_read() -> None:
    house = demo_house()
    case = case_of(house, send(house, applied("no_food")).result)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    form = Forms(ANNA).new()
    first, again = (house.caseworker.review(ANNA, case, form) for _ in range(2))

    assert (first.first, again.first, again.same) == (True, False, True)
    found = house.files.case(ANNA, case)
    assert found is not None
    assert found.clocks["bistand_genast"].ended_at is not None


def test_what_an_application_holds_lies_sealed() -> None:
    house = demo_house()
    send(house, applied("no_food"))
    case = house.store.query(
        QUEUE_BY_KIND_ASSIGNED,
        {"unit": UNIT, "open": True, "kind": CaseKind.EKONOMISKT_BISTAND.value, "assigned": False},
        limit=1,
    ).documents[0]

    assert "Almexempel" not in repr(case.fields)
    assert read_case(case, house._vault.sealing).person.name == "Sara Almexempel"
