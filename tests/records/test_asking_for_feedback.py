"""A reporter asks for feedback after the report was sent: what is written, on every keeper (SoL 19:6)."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from shared.app import House
from shared.domain.broken_rules import AlreadyDone, NotAllowed, NotOpen
from shared.domain.calendar import end_of_day, local_date
from shared.domain.cases import Step
from shared.domain.decisions import Outcome
from shared.domain.ids import OrganisationId
from shared.domain.principals import Principal
from shared.domain.queries import EVENTS_SINCE
from shared.domain.reports import AskedHow, FeedbackOutcome, FeedbackRequest
from shared.ports.store import NotFound
from tests.cases import preliminary_form
from tests.emulator import FIRESTORE
from tests.houses import HandClock, demo_house
from tests.people import ANNA, CIA, ELSA, MARIA, SAMIR, STRANGER, staff
from tests.records.late_requests import (
    GONE,
    ask,
    decide,
    decided,
    done,
    note,
    once,
    own,
    release,
    reported,
    stands,
    store_of,
    told,
)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(params=["memory", "disk", FIRESTORE])
def house(request: pytest.FixtureRequest, tmp_path: Path, clock: HandClock) -> Iterator[House]:
    store = store_of(request, tmp_path)
    yield demo_house(store, clock)
    store.close()


# ── What is written ───────────────────────────────────────────────────────────────────────────────────────────────────


def test_who_asked_before_the_decision_is_answered_within_a_week_of_it(house: House, clock: HandClock) -> None:
    report, case = reported(house)
    ask(house, report)
    assert (own(house, report).feedback_requested, told(house, ANNA)) == (True, 0)
    assert own(house, report).request == FeedbackRequest(local_date(clock.now()), AskedHow.LOGGED_IN)

    decide(house, case)

    assert stands(house, case).step is Step.ATERKOPPLING
    assert stands(house, case).due == end_of_day(local_date(clock.now()) + timedelta(days=7))


@pytest.mark.parametrize(("outcome", "words"), [
    (Outcome.OPEN, FeedbackOutcome.OPENED), (Outcome.NOT_OPEN, FeedbackOutcome.NOT_OPENED),
])  # fmt: skip
def test_who_asks_after_the_decision_is_answered_at_once_and_the_case_ends_again(
    house: House, clock: HandClock, outcome: Outcome, words: FeedbackOutcome
) -> None:
    report, case = decided(house, outcome=outcome)
    clock.advance(timedelta(days=20))
    ask(house, report)
    assert (stands(house, case).open, stands(house, case).due) == (True, end_of_day(local_date(clock.now())))
    assert (own(house, report).feedback, told(house, ANNA)) == (None, 1)

    release(house, case)

    answered = own(house, report).feedback
    assert answered is not None
    assert (answered.outcome, stands(house, case).open, stands(house, case).due) == (words, False, None)
    assert done(house, case)[-2:] == ["feedback:requested", "feedback:released"]


def test_who_asks_about_a_report_that_went_to_an_ongoing_investigation_is_told_just_that(house: House) -> None:
    decided(house, outcome=Outcome.OPEN)
    report, case = reported(house)
    (ongoing,) = house.files.investigations(stands(house, case))
    form = preliminary_form(Outcome.ONGOING, investigation=ongoing.id)
    house.caseworker.decide(ANNA, case, form, title="t", submission=once(ANNA), draft=None)
    ask(house, report)
    release(house, case)

    answered = own(house, report).feedback
    assert answered is not None
    assert answered.outcome is FeedbackOutcome.ONGOING


def test_a_request_on_the_phone_is_noted_with_day_and_way_and_by_whom(house: House, clock: HandClock) -> None:
    report, case = decided(house)
    clock.advance(timedelta(days=3))
    yesterday = local_date(clock.now()) - timedelta(days=1)
    house.feedback_requests.note(ANNA, case, yesterday, AskedHow.PHONE, once(ANNA))

    assert own(house, report).request == FeedbackRequest(yesterday, AskedHow.PHONE, ANNA.staff)
    page = house.files.timeline(ANNA, case)
    assert page is not None
    newest = page.entries[0]
    assert (newest["action"], newest["actor"], newest["detail"]) == ("feedback:requested", ANNA.staff, "phone")


def test_the_trail_names_the_reporter_by_index_alone_and_the_event_nobody(house: House) -> None:
    report, case = decided(house)
    ask(house, report)

    page = house.files.timeline(ANNA, case)
    assert page is not None
    newest = page.entries[0]
    assert (newest["actor_kind"], newest["actor"], newest["detail"]) == ("reporter", ELSA.person, "logged_in")
    events = house.store.query(EVENTS_SINCE, {"kind": "orosanmalan"}, limit=25).documents
    assert sum(one.fields["step"] == "feedback:requested" for one in events) == 1
    assert all(set(one.fields) == {"kind", "step", "at", "unit", "channel", "schema"} for one in events)


def test_what_was_filed_stays_as_it_was_and_can_be_read(house: House) -> None:
    report, _ = decided(house)
    before = house.reporting.receipt(ELSA, report, whole=True)
    ask(house, report)

    after = house.reporting.receipt(ELSA, report, whole=True)

    assert before is not None
    assert after is not None
    assert (after.report.snapshot, after.report.contact) == (before.report.snapshot, before.report.contact)


def test_whose_caseworker_has_gone_is_given_to_the_lead(house: House) -> None:
    report, case = decided(house, GONE)
    ask(house, report)

    assert (stands(house, case).assignee, told(house, MARIA)) == (None, 1)
    house.caseworker.take(SAMIR, case, once(SAMIR))
    release(house, case, SAMIR)
    assert own(house, report).feedback is not None


def test_a_late_answer_reminds_every_morning_until_it_is_given(house: House, clock: HandClock) -> None:
    report, case = decided(house)
    ask(house, report)
    for _ in range(2):
        clock.advance(timedelta(days=1))
        house.sweep.run()
    assert [one.warning for one in house.notices.newest(ANNA) if one.deadline == "aterkoppling_genast"] != []

    release(house, case)
    before = len(house.notices.newest(ANNA))
    clock.advance(timedelta(days=2))
    house.sweep.run()

    assert len(house.notices.newest(ANNA)) == before


# ── Once, and only who may ────────────────────────────────────────────────────────────────────────────────────────────


def test_the_same_press_twice_is_one_request(house: House) -> None:
    report, case = decided(house)
    press = once()

    first, again = (house.feedback_requests.ask(ELSA, report, press) for _ in range(2))

    assert (first.first, again.first, again.same, again.result) == (True, False, True, report)
    assert done(house, case).count("feedback:requested") == 1


def test_asking_again_after_the_answer_changes_nothing(house: House) -> None:
    report, case = decided(house)
    ask(house, report)
    release(house, case)

    with pytest.raises(AlreadyDone):
        ask(house, report)
    with pytest.raises(AlreadyDone):
        note(house, case)
    assert not stands(house, case).open


@pytest.mark.parametrize("outsider", [
    CIA, replace(ELSA, organisation=OrganisationId("exempelvarden")), ANNA,
], ids=["another reporter", "another workplace", "staff"])  # fmt: skip
def test_nobody_else_asks_about_a_report(house: House, outsider: Principal) -> None:
    report, case = decided(house)

    with pytest.raises(NotFound):
        ask(house, report, outsider)
    assert not stands(house, case).open


@pytest.mark.parametrize(
    ("who", "error"), [(STRANGER, NotFound), (ELSA, NotFound), (staff("kim"), NotFound), (SAMIR, NotAllowed)]
)
def test_only_who_decides_in_the_case_notes_a_request(house: House, who: Principal, error: type[Exception]) -> None:
    _, case = decided(house)

    with pytest.raises(error):
        note(house, case, who)
    assert not stands(house, case).open


def test_an_investigation_has_no_reporter_to_note(house: House) -> None:
    _, case = decided(house, outcome=Outcome.OPEN)
    investigation = stands(house, case).continues_in
    assert investigation is not None

    with pytest.raises(NotOpen):
        note(house, investigation)


def test_who_did_not_say_where_she_works_is_not_offered_to_ask(house: House) -> None:
    report, case = reported(house, source="not_stated")
    receipt = house.reporting.receipt(ELSA, report)

    assert receipt is not None
    assert not receipt.may_ask
    with pytest.raises(NotOpen):
        ask(house, report)
    with pytest.raises(NotOpen):
        note(house, case)
