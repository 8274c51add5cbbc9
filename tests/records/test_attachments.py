"""A file belongs to its draft, then to its case: nothing is lost, nothing doubled, and what nobody has goes."""

from datetime import timedelta

import pytest

from shared.app import House
from shared.domain.decisions import Outcome
from shared.domain.ids import FileId
from shared.domain.received_files import LARGEST_FILE, Refusal, Verdict
from shared.domain.retention import Retention
from shared.ports.keys import KeyGone
from shared.ports.store import Conflict, NotFound, Unavailable
from tests.cases import PROTECTION, preliminary_form
from tests.houses import HandClock
from tests.people import ANNA
from tests.records.papers import (
    QUESTION,
    ToldScanner,
    contents,
    faulty,
    file_keys,
    listed,
    only,
    packed,
    rows,
    scanned_house,
    send,
    with_file,
    written,
)
from tests.records.reports import Forms, case_of


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


# ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_file_stands_among_the_answers_and_only_there_by_its_name(house: House) -> None:
    draft = with_file(house, written(house), name="Novas frånvaro.zip")

    assert listed(draft) == ["Novas frånvaro.zip"]
    assert house.drafts.find(draft.id, draft.owner) == draft
    assert "Novas" not in repr(rows(house)[0].fields)
    assert packed() not in b"".join(house.kept.files.held.values())  # type: ignore[attr-defined]


def test_the_same_content_twice_is_one_file(house: House) -> None:
    draft = with_file(house, written(house))

    assert listed(with_file(house, draft, name="samma igen.zip")) == ["papper.zip"]
    assert len(contents(house)) == len(rows(house)) == 1


def test_two_pages_that_send_at_once_both_keep_their_files(house: House) -> None:
    draft = written(house)
    with_file(house, draft, "en", "en.zip")
    both = with_file(house, draft, "två", "tva.zip")  # from a page that has not seen the first

    assert listed(both) == ["en.zip", "tva.zip"]


def test_the_eleventh_file_is_refused_also_when_two_pages_race_for_the_tenth_place(house: House) -> None:
    draft = written(house)
    for n in range(9):
        draft = with_file(house, draft, str(n), f"{n}.zip")
    stale = draft
    draft = with_file(house, draft, "tionde", "10.zip")

    assert house.attachments.add(stale, QUESTION, "11.zip", packed("elfte")) is Refusal.TOO_MANY
    assert len(contents(house)) == 10


def test_a_refused_file_leaves_nothing(house: House, scanner: ToldScanner) -> None:
    draft = written(house)
    scanner.says = Verdict.INFECTED

    assert house.attachments.add(draft, QUESTION, "a.zip", packed()) is Refusal.INFECTED
    assert house.attachments.add(draft, QUESTION, "a.exe", b"MZ") is Refusal.UNKNOWN_TYPE
    assert house.attachments.add(draft, QUESTION, "a.zip", b"") is Refusal.EMPTY
    assert house.attachments.add(draft, QUESTION, "a.zip", packed("x" * LARGEST_FILE)) is Refusal.TOO_LARGE
    assert (contents(house), rows(house), file_keys(house)) == (set(), [], {})


def test_a_lost_answer_is_no_lost_file_and_no_second_one(house: House) -> None:
    draft, store = written(house), faulty(house)
    store.fail_commits_after(1)
    draft = with_file(house, draft)
    store.repeat_commits(1)
    draft = with_file(house, draft, "två", "tva.zip")

    assert listed(draft) == ["papper.zip", "tva.zip"]
    assert len(contents(house)) == len(rows(house)) == 2


def test_a_file_whose_writing_is_unknown_is_told_to_be_sent_again(house: House, clock: HandClock) -> None:
    draft, store = written(house), faulty(house)
    store.fail_commits_before(1)
    with pytest.raises(Unavailable):
        with_file(house, draft)

    assert listed(with_file(house, draft)) == ["papper.zip"]
    clock.advance(timedelta(hours=25))
    house.sweep.run()
    assert len(contents(house)) == len(file_keys(house)) == 1, "what the first attempt left is gone after a day"


def test_a_file_for_a_draft_that_has_gone_is_not_kept(house: House) -> None:
    draft = written(house)
    house.drafts.drop(draft)

    with pytest.raises((NotFound, KeyGone)):
        with_file(house, draft)
    assert contents(house) == set()


def test_a_file_is_taken_away_with_its_key_and_only_from_its_own_draft(house: House) -> None:
    draft, other = with_file(house, written(house)), written(house)
    id, _ = only(house)
    assert house.attachments.remove(other, id) == other
    assert contents(house) == {id}

    left = house.attachments.remove(draft, id)

    assert listed(house.attachments.remove(left, id)) == []
    assert (contents(house), rows(house), file_keys(house)) == (set(), [], {})


# ── Gone with the draft ───────────────────────────────────────────────────────────────────────────────────────────────


def test_files_go_with_a_draft_that_expires(house: House, clock: HandClock) -> None:
    with_file(house, written(house))
    clock.advance(timedelta(days=7, minutes=1))
    house.sweep.run()

    assert (contents(house), rows(house), file_keys(house)) == (set(), [], {})


def test_files_that_a_crash_left_without_their_draft_go_a_day_later(house: House, clock: HandClock) -> None:
    draft = with_file(house, written(house))
    house.drafts.drop(draft)  # and the machine stops before the files go
    clock.advance(timedelta(hours=25))
    house.sweep.run()

    assert (contents(house), rows(house), file_keys(house)) == (set(), [], {})


def test_many_files_without_a_draft_mean_a_lost_store_and_none_goes(house: House, clock: HandClock) -> None:
    for _ in range(3):
        draft = written(house)
        for n in range(7):
            draft = with_file(house, draft, str(n))
        house.drafts.drop(draft)
    clock.advance(timedelta(hours=25))
    house.sweep.run()

    assert len(contents(house)) == len(rows(house)) == len(file_keys(house)) == 21


def test_a_file_whose_content_is_gone_wakes_a_person_and_keeps_its_row(
    house: House, clock: HandClock, caplog: pytest.LogCaptureFixture
) -> None:
    case = case_of(house, send(house, with_file(house, written(house))))
    house.kept.files.delete(only(house)[0])
    clock.advance(timedelta(hours=25))
    house.sweep.run()

    assert "file.missing" in caplog.messages
    assert [row.fields["holder"] for row in rows(house)] == [case]


# ── Sent ──────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_sent_file_is_the_cases_own_and_kept_as_long(house: House, clock: HandClock) -> None:
    draft = with_file(house, written(house))
    case = case_of(house, send(house, draft))
    clock.advance(timedelta(days=31))
    house.sweep.run()

    [row] = rows(house)
    assert (row.fields["holder"], list(file_keys(house).values())) == (case, [Retention.FIVE_YEARS_NOT_OPENED])
    given = house.case_attachments.give(ANNA, case, FileId(row.id))
    assert given is not None
    assert (given.attachment.file.name, b"".join(given.content)) == ("papper.zip", packed())


def test_an_investigation_keeps_the_files_as_long_as_itself(house: House) -> None:
    case = case_of(house, send(house, with_file(house, written(house))))
    desk, forms = house.caseworker, Forms(ANNA)
    desk.take(ANNA, case, forms.new())
    desk.assess(ANNA, case, PROTECTION, forms.new(), None)
    desk.decide(ANNA, case, preliminary_form(Outcome.OPEN), title="t", submission=forms.new(), draft=None)

    assert list(file_keys(house).values()) == [Retention.CHILD_30]


@pytest.mark.parametrize("fault", ["repeat_commits", "fail_commits_after", "conflict_commits"])
def test_sending_through_a_fault_neither_loses_nor_doubles_a_file(house: House, fault: str) -> None:
    draft, store = with_file(house, written(house)), faulty(house)
    getattr(store, fault)(1)
    report = send(house, draft)

    assert send(house, draft) == report
    [row] = rows(house)
    assert row.fields["holder"] == case_of(house, report)


def test_a_file_that_the_draft_lists_and_that_is_gone_stops_the_sending(house: House) -> None:
    draft = with_file(house, written(house))
    house.attachments.forget(draft.id)

    with pytest.raises(NotFound):
        send(house, draft)


def test_a_file_taken_away_on_another_page_is_no_lost_file(house: House) -> None:
    draft = with_file(house, written(house))
    house.attachments.remove(draft, only(house)[0])

    with pytest.raises(Conflict):
        send(house, draft)
