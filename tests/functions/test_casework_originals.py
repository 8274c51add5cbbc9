"""The decision as a file: made when it is signed, handed to the unit, and never in the way of the decision itself."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared.app import House, use
from shared.app.foundations import fresh
from shared.domain.originals import Verdict
from shared.domain.queries import CASE_DISCLOSURES
from tests.adapters.seals import organisation, seals
from tests.functions.staff_browser import Desk, assessed, at, staffed_house, without_a_press
from tests.functions.test_casework_application_decisions import GRANTED, read
from tests.houses import HandClock
from tests.people import SAMIR, STRANGER


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(staffed_house(clock)) as opened:
        yield opened


def test_signing_makes_the_original_and_the_case_leads_to_it(house: House) -> None:
    case, anna = assessed(house), Desk(house)
    assert "Beslutet i original" not in anna.get(at(case)).text
    anna.decide(case)
    address = f"{at(case)}/original/{anna.case(case).decision}"

    assert f'href="{address}"' in anna.get(at(case)).text
    answer = anna.get(address)
    assert answer.headers["Content-Type"] == "application/pdf"
    reference = anna.case(case).reference
    assert answer.headers["Content-Disposition"] == f'attachment; filename="beslut-{reference}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    assert house.verification.file(answer.data).verdict is Verdict.VALID


def test_the_reading_is_written_down_first(house: House) -> None:
    case, anna = assessed(house), Desk(house)
    anna.decide(case)
    Desk(house, SAMIR).get(f"{at(case)}/original/{anna.case(case).decision}")
    logged = house.store.query(CASE_DISCLOSURES, {"case": case}, limit=20).documents

    assert [one.fields["actor"] for one in logged if one.fields["what"] == "original"] == ["samir.exempel"]


def test_for_another_unit_and_for_another_case_there_is_no_such_file(house: House) -> None:
    case, other, anna = assessed(house), assessed(house), Desk(house)
    anna.decide(case)
    id = anna.case(case).decision

    assert Desk(house, STRANGER).get(f"{at(case)}/original/{id}").status_code == 404
    assert anna.get(f"{at(other)}/original/{id}").status_code == 404
    assert anna.get(f"{at(case)}/original/{fresh()}").status_code == 404
    assert anna.get(f"{at(case)}/original/..%2f..%2fetc").status_code == 404


def test_a_decision_is_signed_although_its_original_fails_and_staff_see_that_it_is_being_made(
    house: House, clock: HandClock
) -> None:
    case, anna = assessed(house), Desk(house)
    without_a_press(house)

    assert anna.decide(case).status_code == 303
    assert anna.case(case).decision is not None
    page = anna.get(at(case)).text
    assert "Originalet görs nu. Beslutet gäller redan." in page
    assert "Öppna ärendet igen om några minuter." in page

    del house.__dict__["originals"]
    house.__dict__.pop("waiting_originals", None)
    clock.advance(timedelta(minutes=3))
    house.waiting_originals.make()
    assert "Ladda ner beslutet" in anna.get(at(case)).text


def test_with_an_expired_certificate_decisions_stand_without_an_original_and_staff_are_told_why(
    house: House, clock: HandClock
) -> None:
    house.__dict__["seals"] = seals(organisation(ends=clock.now() - timedelta(seconds=1)))
    case, anna = assessed(house), Desk(house)
    applied_for = read(house)
    page = f"{at(applied_for)}/ansokan/beslut"
    anna.write(page, GRANTED)

    assert (anna.decide(case).status_code, anna.sign(page).status_code) == (303, 303)
    for one in (case, applied_for):
        assert "Kommunens certifikat för elektronisk stämpel har gått ut." in anna.get(at(one)).text
        assert "Ladda ner beslutet" not in anna.get(at(one)).text
    house.__dict__["seals"] = seals(organisation())  # a new one is there
    for desk in ("originals", "waiting_originals"):
        house.__dict__.pop(desk, None)
    clock.advance(timedelta(minutes=3))
    house.waiting_originals.make()
    for one in (case, applied_for):
        assert "Ladda ner beslutet" in anna.get(at(one)).text


def test_a_case_page_without_a_decision_asks_for_no_original(house: House) -> None:
    case, anna = assessed(house), Desk(house)
    house.store.clear()  # type: ignore[attr-defined]
    anna.get(at(case))

    assert "originals" not in house.store.by_collection()  # type: ignore[attr-defined]
