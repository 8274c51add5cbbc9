"""A file waits for the scanner, is given out when it is clean, and is gone when it is not."""

from datetime import timedelta

import pytest

from shared.app import House
from shared.domain.ids import FileId
from shared.domain.received_files import FileState, Refusal, Verdict
from shared.ports.store import NotFound, Unavailable
from tests.houses import HandClock
from tests.people import ANNA
from tests.records.papers import (
    ToldScanner,
    contents,
    faulty,
    file_keys,
    only,
    packed,
    rows,
    scanned_house,
    send,
    with_file,
    written,
)
from tests.records.reports import case_of


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def told(clock: HandClock) -> tuple[House, ToldScanner]:
    return scanned_house(clock)


@pytest.fixture
def house(told: tuple[House, ToldScanner]) -> House:
    return told[0]


@pytest.fixture
def scanner(told: tuple[House, ToldScanner]) -> ToldScanner:
    return told[1]


# ── Waiting for the scanner ───────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_that_waits_can_be_sent_and_is_opened_when_it_is_clean(house: House, scanner: ToldScanner) -> None:
    scanner.says = Verdict.UNKNOWN
    case = case_of(house, send(house, with_file(house, written(house))))
    id, _ = only(house)
    house.sweep.run()
    assert house.case_attachments.give(ANNA, case, id) is None

    scanner.says = Verdict.CLEAN
    house.sweep.run()

    assert house.case_attachments.give(ANNA, case, id) is not None


def test_a_file_found_infected_later_is_said_to_be_and_its_content_is_gone(house: House, scanner: ToldScanner) -> None:
    scanner.says = Verdict.UNKNOWN
    case = case_of(house, send(house, with_file(house, written(house))))
    scanner.says = Verdict.INFECTED
    house.sweep.run()

    opened = house.files.case(ANNA, case)
    assert opened is not None
    [kept] = house.case_attachments.of(opened)
    assert (kept.file.name, kept.file.state, kept.file.refusal) == ("papper.zip", FileState.REFUSED, Refusal.INFECTED)
    assert (contents(house), file_keys(house)) == (set(), {})


def test_a_crash_between_the_verdict_and_the_deletion_leaves_nothing_after_a_day(
    house: House, scanner: ToldScanner, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    scanner.says = Verdict.UNKNOWN
    send(house, with_file(house, written(house)))
    scanner.says = Verdict.INFECTED
    with monkeypatch.context() as crash:
        crash.setattr(house._received, "drop", lambda id, key: None)
        house.sweep.run()
    assert len(contents(house)) == 1

    clock.advance(timedelta(hours=25))
    house.sweep.run()

    assert (contents(house), file_keys(house), len(rows(house))) == (set(), {}, 1)


def test_a_scanner_that_does_not_answer_is_not_asked_about_every_file(house: House, scanner: ToldScanner) -> None:
    scanner.says = Verdict.UNKNOWN
    draft = written(house)
    for n in range(5):
        draft = with_file(house, draft, str(n))
    scanner.asked = 0
    house.sweep.run()

    assert scanner.asked == 2


def test_a_file_that_the_scanner_never_answers_about_does_not_stop_the_others(house: House, clock: HandClock) -> None:
    class Choosy(ToldScanner):
        def scan(self, content: bytes) -> Verdict:
            return Verdict.CLEAN if content == packed("4") else Verdict.UNKNOWN

    draft = written(house)
    silent = ToldScanner(Verdict.UNKNOWN)
    house._received._scanner = silent
    for n in range(5):
        draft = with_file(house, draft, str(n))
        clock.advance(timedelta(seconds=1))
    house._received._scanner = Choosy()
    for _ in range(3):
        clock.advance(timedelta(minutes=5))
        house.sweep.run()

    assert sorted(str(row.fields["state"]) for row in rows(house)) == ["clean"] + ["pending"] * 4


def test_lost_files_do_not_keep_the_others_from_the_scanner(
    house: House, scanner: ToldScanner, clock: HandClock
) -> None:
    scanner.says = Verdict.UNKNOWN
    draft = written(house)
    for n in range(4):
        draft = with_file(house, draft, str(n))
        clock.advance(timedelta(seconds=1))
    oldest = sorted(rows(house), key=lambda row: str(row.fields["look_at"]))
    for row in oldest[:3]:
        house.kept.files.delete(FileId(row.id))

    scanner.says = Verdict.CLEAN
    clock.advance(timedelta(minutes=5))
    house.sweep.run()

    state = {row.id: row.fields["state"] for row in rows(house)}
    assert [state[row.id] for row in oldest] == ["pending"] * 3 + ["clean"]


def test_what_a_crash_left_of_a_dropped_draft_keeps_nobody_from_the_scanner(house: House, scanner: ToldScanner) -> None:
    scanner.says = Verdict.UNKNOWN
    dropped = written(house)
    for n in range(3):
        dropped = with_file(house, dropped, str(n))
    house.drafts.drop(dropped)  # and here the process ended
    case = case_of(house, send(house, with_file(house, written(house))))

    scanner.says = Verdict.CLEAN
    house.sweep.run()

    assert [(row.fields["holder"], row.fields["state"]) for row in rows(house)] == [(case, "clean")]
    assert len(contents(house)) == len(file_keys(house)) == 1


def test_a_file_sent_while_it_is_scanned_is_sent_once(house: House, scanner: ToldScanner) -> None:
    scanner.says = Verdict.UNKNOWN
    draft = with_file(house, written(house))
    held = house.kept.ring.prolong

    def meanwhile(id: object, retention: str) -> None:
        scanner.says = Verdict.INFECTED
        house.__dict__["kept"].ring.prolong = held
        house.sweep.run()
        held(id, retention)  # type: ignore[arg-type]

    house.kept.ring.prolong = meanwhile  # type: ignore[method-assign]
    case = case_of(house, send(house, draft))

    [row] = rows(house)
    assert (row.fields["holder"], row.fields["state"]) == (case, "refused")


# ── Given out ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_nothing_is_given_out_when_the_log_can_not_be_written(house: House) -> None:
    case = case_of(house, send(house, with_file(house, written(house))))
    id, _ = only(house)
    faulty(house).fail_commits_before(1)

    with pytest.raises(Unavailable):
        house.case_attachments.give(ANNA, case, id)


def test_a_file_of_another_case_is_not_there(house: House) -> None:
    case = case_of(house, send(house, with_file(house, written(house))))
    id, _ = only(house)
    other = case_of(house, send(house, written(house)))

    assert house.case_attachments.give(ANNA, other, id) is None
    assert house.case_attachments.give(ANNA, case, FileId("0" * 32)) is None


def test_a_file_whose_content_is_lost_is_not_given_out_in_part(house: House) -> None:
    case = case_of(house, send(house, with_file(house, written(house))))
    id, _ = only(house)
    house.kept.files.delete(id)

    with pytest.raises(NotFound):
        house.case_attachments.give(ANNA, case, id)
