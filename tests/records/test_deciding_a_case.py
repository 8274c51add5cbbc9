"""What staff decide is written once; whoever comes second sees what stands, and outsiders see nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.app import House
from shared.domain.assessments import Answer, Need
from shared.domain.broken_rules import AlreadyDone, BrokenRule, Incomplete, LeadNeeded
from shared.domain.cases import CaseKind, Step
from shared.domain.decisions import Outcome, PreliminaryForm
from shared.domain.ids import CaseId, ItemId
from shared.domain.principals import Principal, Role
from shared.domain.queries import CASE_TIMELINE
from shared.ports.store import NotFound
from shared.records import trail
from shared.records.drafts import STAFF_FORM, staff_form_id
from tests.cases import PROTECTION, filed, preliminary_form
from tests.houses import demo_house
from tests.people import ANNA, CIA, ELSA, MARIA, SAMIR, STRANGER, staff
from tests.records.reports import Forms, case_of, file_report, filed_case

SUPPORT = staff("ali", unit="mottagningen")


def assessed_case(house: House, by: Principal = ANNA, violence: Answer = Answer.NO, need: Need = Need.NO) -> CaseId:
    case = filed_case(house, filed(violence=violence))
    house.caseworker.take(by, case, Forms(by).new())
    measures = ("duty",) if need is not Need.NO else ()
    house.caseworker.assess(by, case, replace(PROTECTION, need=need, measures=measures), Forms(by).new(), None)
    return case


def decide(house: House, case: CaseId, form: PreliminaryForm, by: Principal = ANNA) -> None:
    house.caseworker.decide(by, case, form, title="socialsekreterare", submission=Forms(by).new(), draft=None)


def test_a_case_goes_from_report_to_released_feedback() -> None:
    house = demo_house()
    report = file_report(house).result
    case = case_of(house, report)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    house.caseworker.assess(ANNA, case, PROTECTION, Forms(ANNA).new(), None)
    decide(house, case, preliminary_form(Outcome.OPEN))
    house.caseworker.release(ANNA, case, withhold=False, submission=Forms(ANNA).new())

    receipt = house.reporting.receipt(ELSA, ItemId(report))

    assert receipt is not None
    assert receipt.report.feedback is not None
    assert receipt.report.feedback.outcome == "inleds"


def test_the_trail_of_a_decided_case_verifies_and_shows_a_removed_entry() -> None:
    house = demo_house()
    case = assessed_case(house)
    decide(house, case, preliminary_form())
    head = str(house.store.get("cases", case).fields["audit_head"])  # type: ignore[union-attr]
    entries = list(reversed(house.store.query(CASE_TIMELINE, {"case": case}, limit=20).documents))

    assert [one.fields["number"] for one in entries] == [1, 2, 3, 4]
    assert trail.verify(entries, head)
    assert not trail.verify(entries[:2] + entries[3:], head)
    assert not trail.verify(entries[:3], head)


def test_of_two_who_take_a_case_at_once_one_gets_it() -> None:
    house = demo_house()
    case = filed_case(house)

    def take(by: Principal) -> bool:
        try:
            return house.caseworker.take(by, case, Forms(by).new()).first
        except AlreadyDone:
            return False

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, (ANNA, SAMIR))) == [False, True]


def test_of_two_decisions_at_once_one_stands() -> None:
    house = demo_house()
    case = assessed_case(house)

    def decided(by: Principal) -> bool:
        try:
            decide(house, case, preliminary_form(motivation=f"Skrivet av {by.staff}."), by)
        except BrokenRule:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(decided, (ANNA, MARIA))) == [False, True]


def test_the_same_decision_sent_twice_is_one_decision() -> None:
    house = demo_house()
    case = assessed_case(house)
    form, once = preliminary_form(), Forms(ANNA).new()

    first = house.caseworker.decide(ANNA, case, form, title="t", submission=once, draft=None)
    again = house.caseworker.decide(ANNA, case, form, title="t", submission=once, draft=None)

    assert (first.first, again.first, again.same) == (True, False, True)


def test_opening_makes_an_investigation_in_the_childs_akt() -> None:
    house = demo_house()
    case = assessed_case(house)
    decide(house, case, preliminary_form(Outcome.OPEN))
    report_case = house.files.case(ANNA, case)
    assert report_case is not None
    assert report_case.continues_in is not None

    investigation = house.files.case(ANNA, report_case.continues_in)

    assert investigation is not None
    assert (investigation.kind, investigation.step) == (CaseKind.UTREDNING, Step.UTREDNING)
    assert investigation.akt == report_case.akt
    assert [one.id for one in house.files.taken_over(investigation)] == [case]


def test_a_second_report_is_attached_to_the_ongoing_investigation() -> None:
    house = demo_house()
    decide(house, assessed_case(house), preliminary_form(Outcome.OPEN))
    second = assessed_case(house)
    found = house.files.case(ANNA, second)
    assert found is not None
    (ongoing,) = house.files.investigations(found)

    decide(house, second, preliminary_form(Outcome.ONGOING, investigation=ongoing.id))

    attached = house.files.case(ANNA, second)
    assert attached is not None
    assert attached.continues_in == ongoing.id
    page = house.files.timeline(ANNA, ongoing.id)
    assert page is not None
    assert [one["action"] for one in page.entries] == ["preliminary:attached", "preliminary:opened"]


def test_a_report_is_not_attached_to_another_childs_case() -> None:
    house = demo_house()
    other = filed_case(house)
    case = assessed_case(house)

    with pytest.raises(Incomplete):
        decide(house, case, preliminary_form(Outcome.ONGOING, investigation=other))


def test_suspected_violence_waits_for_the_lead() -> None:
    house = demo_house()
    case = assessed_case(house, violence=Answer.YES)

    with pytest.raises(LeadNeeded):
        decide(house, case, preliminary_form())
    decide(house, case, preliminary_form(violence_reason="Utrett av polisen."), MARIA)

    assert house.files.case(MARIA, case).decision is not None  # type: ignore[union-attr]


def test_what_was_seen_before_a_colleague_was_faster_is_read_again() -> None:
    house = demo_house()
    case = assessed_case(house)
    seen = house.files.case(ANNA, case)
    decide(house, case, preliminary_form(Outcome.OPEN), MARIA)

    with pytest.raises(AlreadyDone):
        house.caseworker.decide(
            ANNA, case, preliminary_form(), title="t", submission=Forms(ANNA).new(), draft=None, seen=seen
        )


def test_a_draft_is_read_with_its_case_and_never_without_it() -> None:
    house = demo_house()
    case, form = filed_case(house), "protection_assessment"
    house.drafts.begin(STAFF_FORM, staff_form_id(case, form), case, form=form, version="1", answers={"need": "no"})

    read, draft = house.files.with_draft(ANNA, case, form)

    assert read is not None
    assert draft is not None
    assert (read.id, draft.answers) == (case, {"need": "no"})
    assert house.files.with_draft(STRANGER, case, form) == (None, None)


@pytest.mark.parametrize("outsider", [STRANGER, ELSA, CIA, SUPPORT], ids=["other unit", "reporter", "cia", "no role"])
def test_outsiders_are_answered_as_if_the_case_did_not_exist(outsider: Principal) -> None:
    house = demo_house()
    case = filed_case(house)

    assert house.files.open(outsider, case) is None
    assert house.families.ask(outsider, case) is None
    assert house.families.contact(outsider, case, made_sure=True) is None
    assert house.files.timeline(outsider, case) is None
    with pytest.raises(NotFound):
        house.caseworker.take(outsider, case, Forms(ANNA).new())


def test_an_opened_file_holds_no_contact_details() -> None:
    house = demo_house()
    opened = house.files.open(ANNA, filed_case(house))

    assert opened is not None
    assert opened.report is not None
    assert opened.report.contact == {}


def test_every_opening_is_logged_before_it_is_shown() -> None:
    house = demo_house()
    case = filed_case(house)
    house.store.clear()  # type: ignore[attr-defined]

    house.files.open(ANNA, case)

    assert house.store.by_collection()["disclosures"].writes == 1  # type: ignore[attr-defined]


def test_deciding_costs_at_most_twelve_writes() -> None:
    house = demo_house()
    case = assessed_case(house)
    house.store.clear()  # type: ignore[attr-defined]

    decide(house, case, preliminary_form(Outcome.OPEN))

    assert house.store.cost(without=("sessions",)).writes <= 12  # type: ignore[attr-defined]


def test_opening_a_case_costs_at_most_twelve_reads_and_one_write() -> None:
    house = demo_house()
    case = [assessed_case(house) for _ in range(6)][-1]
    house.store.clear()  # type: ignore[attr-defined]

    house.files.open(ANNA, case)

    cost = house.store.cost(without=("sessions",))  # type: ignore[attr-defined]
    assert cost.reads <= 12
    assert cost.writes == 1


def test_the_case_waits_for_its_next_clock() -> None:
    house = demo_house()
    case = assessed_case(house)
    due = house.files.case(ANNA, case).due  # type: ignore[union-attr]

    assert due is not None
    assert due - house.clock.now() > timedelta(days=13)
    assert Role.TEAM_LEAD in MARIA.roles


def test_an_ongoing_investigation_is_found_behind_any_number_of_later_reports() -> None:
    house = demo_house()
    decide(house, assessed_case(house), preliminary_form(Outcome.OPEN))
    latest = [filed_case(house) for _ in range(26)][-1]
    found = house.files.case(ANNA, latest)

    assert found is not None
    assert len(house.files.investigations(found)) == 1
