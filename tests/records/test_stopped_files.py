"""A file found infected after it was sent: whoever has the case is told, and the one who sent it."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from shared.app import House
from shared.domain.calendar import local_date
from shared.domain.change import Action
from shared.domain.ids import CaseId, ItemId, OrganisationId
from shared.domain.notices import NoticeKind
from shared.domain.principals import Principal
from shared.domain.queries import EVENTS_SINCE
from shared.domain.received_files import Verdict
from shared.ports.store import Unavailable
from tests.appeals import appeal, decided, draft_of
from tests.applications import SARA
from tests.cases import PROTECTION, preliminary_form
from tests.directories import leaves
from tests.houses import HandClock
from tests.people import ANNA, ELSA, MARIA, MONDAY
from tests.records.papers import ToldScanner, contents, faulty, rows, scanned_house, send, with_file, written
from tests.records.reports import Forms, case_of


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> House:
    return scanned_house(clock)[0]


@pytest.fixture
def scanner(house: House) -> ToldScanner:
    assert isinstance(house.scanner, ToldScanner)
    return house.scanner


def told(house: House, who: Principal) -> list[str]:
    """The cases whose stopped files the person is told of."""
    return [one.case for one in house.notices.newest(who) if one.kind is NoticeKind.FILE_STOPPED]


def stopped_later(house: House, scanner: ToldScanner, words: str = "papper") -> tuple[CaseId, ItemId]:
    """A report whose file waits for the scanner, which then finds it infected at the next sweep."""
    scanner.says = Verdict.UNKNOWN
    report = send(house, with_file(house, written(house), words))
    scanner.says = Verdict.INFECTED
    return case_of(house, report), ItemId(report)


def test_the_lead_is_told_of_a_stopped_file_while_nobody_has_the_case(house: House, scanner: ToldScanner) -> None:
    case, _ = stopped_later(house, scanner)
    house.sweep.run()
    house.sweep.run()

    assert (told(house, MARIA), told(house, ANNA)) == ([case], [])


def test_whoever_has_the_case_is_told_of_a_stopped_file_and_written_to(house: House, scanner: ToldScanner) -> None:
    case, _ = stopped_later(house, scanner)
    house.caseworker.take(ANNA, case, Forms(ANNA).new())
    house.sweep.run()

    assert (told(house, MARIA), told(house, ANNA)) == ([], [case])
    assert house.sending.backlog().waiting == 1


def test_a_stopped_file_stands_in_the_trail_of_its_case_and_among_the_events(
    house: House, scanner: ToldScanner
) -> None:
    case, _ = stopped_later(house, scanner)
    house.sweep.run()

    page = house.files.timeline(ANNA, case)
    assert page is not None
    newest = page.entries[0]
    assert (newest["action"], newest["actor_kind"]) == (Action.FILE_STOPPED, "system")
    events = house.store.query(EVENTS_SINCE, {"kind": "orosanmalan"}, limit=25).documents
    assert {one.fields["step"] for one in events} == {Action.REPORT_RECEIVED, Action.FILE_STOPPED}


@pytest.mark.parametrize("gone", [False, True], ids=["anna is there", "anna has left"])
def test_a_file_is_stopped_also_when_the_case_has_ended(house: House, scanner: ToldScanner, *, gone: bool) -> None:
    case, _ = stopped_later(house, scanner)
    desk, forms = house.caseworker, Forms(ANNA)
    desk.take(ANNA, case, forms.new())
    desk.assess(ANNA, case, PROTECTION, forms.new(), None)
    desk.decide(ANNA, case, preliminary_form(), title="t", submission=forms.new(), draft=None)
    opened = house.files.case(ANNA, case)
    assert opened is not None
    assert not opened.open
    if gone:
        leaves(house, "anna.exempel", local_date(MONDAY) - timedelta(days=1))
    house.sweep.run()

    assert told(house, MARIA if gone else ANNA) == [case]
    assert [row.fields["state"] for row in rows(house)] == ["refused"]


def test_the_sender_is_told_that_a_file_was_stopped_and_nothing_else_of_the_report_changes(
    house: House, scanner: ToldScanner
) -> None:
    _, report = stopped_later(house, scanner)
    before = house.reporting.receipt(ELSA, report, whole=True)
    house.sweep.run()
    after = house.reporting.receipt(ELSA, report, whole=True)

    assert before is not None
    assert after is not None
    assert (before.report.stopped_files, after.report.stopped_files) == (0, 1)
    assert after.report == replace(before.report, rev=after.report.rev, stopped_files=1)


def test_a_file_of_an_appeal_is_told_of_at_the_appeal_and_not_at_the_application(
    house: House, scanner: ToldScanner
) -> None:
    _, decision = decided(house)
    scanner.says = Verdict.UNKNOWN
    draft = with_file(house, draft_of(house, decision))
    files = tuple(one.id for one in house.attachments.of(draft.id))
    sent = ItemId(house.appellants.send(SARA, replace(appeal(), files=files), decision, draft).result)
    scanner.says = Verdict.INFECTED
    house.sweep.run()
    kept = house.appellants.receipt(SARA, sent)
    (applied,) = house.applicants.own(SARA).applications

    assert kept is not None
    assert (kept.appeal.stopped_files, applied.application.stopped_files) == (1, 0)


def test_who_has_changed_employer_is_not_told_of_the_file(house: House, scanner: ToldScanner) -> None:
    _, report = stopped_later(house, scanner)
    house.sweep.run()

    receipt = house.reporting.receipt(replace(ELSA, organisation=OrganisationId("annan")), report)
    assert receipt is not None
    assert receipt.report.stopped_files == 0


def test_a_file_stopped_in_the_draft_is_told_of_on_the_receipt(house: House, scanner: ToldScanner) -> None:
    scanner.says = Verdict.UNKNOWN
    draft = with_file(house, written(house))
    scanner.says = Verdict.INFECTED
    house.sweep.run()
    receipt = house.reporting.receipt(ELSA, ItemId(send(house, draft)))

    assert receipt is not None
    assert (receipt.report.stopped_files, told(house, MARIA)) == (1, [])


@pytest.mark.parametrize("fault", ["fail_commits_before", "fail_commits_after", "conflict_commits"])
def test_a_store_that_fails_when_a_file_is_stopped_tells_of_it_once(
    house: House, scanner: ToldScanner, clock: HandClock, fault: str
) -> None:
    case, report = stopped_later(house, scanner)
    getattr(faulty(house), fault)(2)
    with suppress(Unavailable):
        house.sweep._files.scan()
    faulty(house).fail_commits_before(0)
    faulty(house).fail_commits_after(0)
    faulty(house).conflict_commits(0)
    clock.advance(timedelta(minutes=5))
    house.sweep.run()

    receipt = house.reporting.receipt(ELSA, report)
    assert receipt is not None
    assert (receipt.report.stopped_files, told(house, MARIA)) == (1, [case])
    [row] = rows(house)
    assert (row.fields["state"], contents(house)) == ("refused", set())
