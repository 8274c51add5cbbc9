"""Sending an application: confirmed, once, to a receipt and a case; and applying again from the last one."""

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from shared.app import House, use
from shared.domain.ids import DraftId, ItemId
from shared.domain.queries import EVENTS_SINCE
from shared.formkit.apart import together
from shared.formkit.snapshot import read_snapshot
from shared.records.drafts import applicant
from tests.applications import BO, SARA, case_of
from tests.functions.applicant_browser import APPLIES_ON, START, Applicant, answers, at, plain
from tests.functions.staff_browser import Desk
from tests.functions.staff_browser import at as at_case
from tests.houses import HandClock, demo_house


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house(clock=HandClock(APPLIES_ON))) as opened:
        yield opened


def test_the_whole_way_leads_to_a_receipt_and_a_case_in_the_queue(house: House) -> None:
    sara = Applicant(house)
    receipt = sara.apply()
    page = sara.get(f"/ansok/kvitto/{receipt}").text
    case = case_of(house, receipt)

    assert "Vi har fått din ansökan" in page
    assert "Senast måndag 30 november" in plain(page)
    assert at_case(case) in Desk(house).get("/arbete/ko").text
    assert receipt in sara.get("/ansok/mina").text


def test_staff_see_what_can_not_wait_and_the_applicant_sees_no_verdict(house: House) -> None:
    sara = Applicant(house)
    receipt = sara.apply()
    staff = Desk(house).get(f"{at_case(case_of(house, receipt))}/ansokan").text

    assert "Har inte pengar till mat" in staff
    for page in ("", "/innehall"):
        assert "Kan inte vänta" not in sara.get(f"/ansok/kvitto/{receipt}{page}").text
    assert "no_food" not in sara.get(f"/ansok/kvitto/{receipt}/innehall").text


def test_what_is_confirmed_is_recorded_with_its_words_hash_and_time(house: House) -> None:
    receipt = house.applicants.receipt(SARA, ItemId(Applicant(house).apply()), whole=True)
    assert receipt is not None
    (confirmed,) = read_snapshot(receipt.application.snapshot).attested

    assert confirmed.field == "attestation"
    assert "heder och samvete" in confirmed.text
    assert confirmed.at == APPLIES_ON
    assert len(confirmed.sha256) == 64


def test_contact_details_lie_apart_and_are_put_together_for_the_applicant(house: House) -> None:
    sara = Applicant(house)
    found = house.applicants.receipt(SARA, ItemId(sara.apply()), whole=True)
    assert found is not None
    story, contact = found.application.snapshot, found.application.contact

    assert "sara@example.se" not in str(story)
    assert "sara@example.se" in str(contact)
    assert "sara@example.se" in str(together(story, contact))
    assert "sara@example.se" in sara.get(f"/ansok/kvitto/{found.application.id}/innehall").text


def test_nothing_is_sent_that_is_not_confirmed(house: House) -> None:
    sara = Applicant(house)
    draft = sara.write()
    form = sara.fields(f"{at(draft)}/kontrollera", f"{at(draft)}/skicka")
    answer = sara.post(f"{at(draft)}/skicka", form)

    assert answer.status_code == 422
    assert 'href="#attestation"' in answer.text
    assert not house.applicants.own(SARA).applications


def test_what_is_missing_is_listed_with_a_way_there(house: House) -> None:
    sara = Applicant(house)
    draft = sara.begin()
    page = sara.get(f"{at(draft)}/kontrollera").text

    assert f"{at(draft)}/hushall?till=kontrollera#marital_status" in page
    assert "Intyga och skicka" not in page


def test_a_draft_that_was_changed_on_another_device_is_looked_through_again(house: House) -> None:
    sara = Applicant(house)
    draft = sara.write()
    form = sara.check(draft)
    sara.answer(draft, "hittills", livelihood_description="Sparpengar.")
    answer = sara.post(f"{at(draft)}/skicka", form)

    assert answer.headers["Location"] == f"{at(draft)}/kontrollera?andrad=1"
    assert "Utkastet har ändrats" in sara.get(answer.headers["Location"]).text
    assert not house.applicants.own(SARA).applications


def test_fourteen_submits_at_once_are_one_case_and_one_receipt(house: House) -> None:
    sara = Applicant(house)
    draft = sara.write()
    form = sara.check(draft)
    browsers = [Applicant(house) for _ in range(14)]
    token = {id(one): one.fields(f"{at(draft)}/kontrollera", f"{at(draft)}/skicka")["csrf_token"] for one in browsers}

    def send(one: Applicant) -> str:
        return one.post(f"{at(draft)}/skicka", {**form, "csrf_token": token[id(one)]}).headers["Location"]

    with ThreadPoolExecutor(14) as pool:
        led = set(pool.map(send, browsers))

    assert len(led) == 1
    assert led.pop().startswith("/ansok/kvitto/")
    assert len(house.applicants.own(SARA).applications) == 1
    events = house.store.query(EVENTS_SINCE, {"kind": "ekonomiskt_bistand"}, limit=10).documents
    assert [one.fields["step"] for one in events] == ["application:received"]


def test_who_goes_back_to_a_sent_draft_is_led_to_the_receipt_and_keeps_what_was_typed(house: House) -> None:
    sara = Applicant(house)
    draft = sara.write()
    form = {**sara.fields(f"{at(draft)}/hittills"), "livelihood_description": "Jag glömde att jag sålde min cykel."}
    receipt = sara.send(draft).headers["Location"]
    late = sara.post(f"{at(draft)}/hittills", form)

    assert late.status_code == 409
    assert receipt in late.text
    assert "Jag glömde att jag sålde min cykel." in late.text
    assert sara.post(f"{at(draft)}/skicka", form).status_code == 303


def test_the_receipt_is_a_tagged_pdf_under_a_neutral_name(house: House) -> None:
    sara = Applicant(house)
    made = sara.get(f"/ansok/kvitto/{sara.apply()}.pdf")

    assert made.mimetype == "application/pdf"
    assert b"/StructTreeRoot" in made.data
    assert re.search(r'filename="kvitto-EB-\w{3}-\w{3}\.pdf"', made.headers["Content-Disposition"])


def test_nobody_else_reads_the_receipt(house: House) -> None:
    receipt = Applicant(house).apply()

    for page in ("", "/innehall", ".pdf"):
        assert Applicant(house, BO).get(f"/ansok/kvitto/{receipt}{page}").status_code == 404


# ── Again ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_applies_again_begins_with_what_was_said_last_time_and_is_asked_what_has_changed(house: House) -> None:
    sara = Applicant(house)
    assert "Sök igen för en ny månad" not in sara.get(START).text
    sara.apply()
    assert "Sök igen för en ny månad" in sara.get(START).text
    draft = sara.begin("igen")
    kept = answers(house, draft)

    assert kept["application_type"] == "renewal"
    assert kept["marital_status"] == "single"
    assert kept["applicant_email"] == "sara@example.se"
    assert "period" not in kept
    assert "urgent" not in kept
    assert "Har något ändrats sedan du sökte sist?" in sara.get(f"{at(draft)}/andringar").text
    assert "Som förra gången." in sara.get(f"{at(draft)}/hushall").text


def test_who_applies_again_is_led_from_part_to_part(house: House) -> None:
    sara = Applicant(house)
    sara.apply()
    draft = sara.begin("igen")
    page = f"{at(draft)}/aviseringar"
    notices = sara.post(page, sara.fields(page))

    assert notices.headers["Location"] == f"{at(draft)}/ansokan", "the first part still lacks something"


def test_nobody_begins_from_somebody_elses_application(house: House) -> None:
    Applicant(house).apply()
    bo = Applicant(house, BO)
    assert "Sök igen för en ny månad" not in bo.get(START).text
    draft = bo.draft_in(bo.post(f"{START}/igen", bo.fields(START, f"{START}/utkast")))
    found = house.drafts.find(DraftId(draft), applicant(BO))

    assert found is not None
    assert "marital_status" not in found.answers
