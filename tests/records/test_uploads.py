"""A file that comes in parts: kept part by part, taken up again, whole or not there, and gone after a day."""

from collections.abc import Sequence
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest

from shared.app import House
from shared.domain.ids import UploadId
from shared.domain.received_files import LARGEST_FILE, Refusal, Verdict
from shared.domain.uploads import PART, Announced, PartProblem, Upload, part_id
from shared.ports.store import Delete, Unavailable
from shared.records.drafts import Draft
from tests.houses import HandClock
from tests.records.papers import (
    QUESTION,
    ToldScanner,
    contents,
    faulty,
    file_keys,
    listed,
    packed,
    rows,
    scanned_house,
    send,
    with_file,
    written,
)

LARGE = packed("x" * (2 * PART + 500))
"""Comes in three parts."""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def told(clock: HandClock) -> tuple[House, ToldScanner]:
    return scanned_house(clock)


@pytest.fixture
def house(told: tuple[House, ToldScanner]) -> House:
    return told[0]


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()


def announce(house: House, draft: Draft, content: bytes = LARGE, name: str = "stor.zip") -> Upload:
    begun = house.uploads.begin(draft, QUESTION, Announced(name, len(content), digest(content)))
    assert isinstance(begun, Upload), begun
    return begun


def part(number: int, content: bytes = LARGE) -> bytes:
    return content[number * PART : (number + 1) * PART]


def put(house: House, draft: Draft, id: UploadId, *numbers: int) -> Upload | PartProblem:
    kept: Upload | PartProblem = PartProblem.UNKNOWN
    for number in numbers:
        kept = house.uploads.keep(draft, id, number, part(number), digest(part(number)))
    return kept


def finished(house: House, draft: Draft, id: UploadId) -> Draft:
    kept = house.uploads.finish(draft, id)
    assert isinstance(kept, Draft), kept
    return kept


def left(house: House) -> tuple[int, int, Sequence[object]]:
    """Contents, keys of files, and rows of uploads."""
    stored = faulty(house)._store._documents  # type: ignore[attr-defined]
    return len(contents(house)), len(file_keys(house)), [key for key in stored if key[0] == "uploads"]


def test_parts_in_any_order_become_the_file_and_nothing_else_is_left(house: House) -> None:
    draft = written(house)
    upload = announce(house, draft)
    put(house, draft, upload.id, 2, 0, 1)
    draft = finished(house, draft, upload.id)

    assert listed(draft) == ["stor.zip"]
    assert left(house) == (1, 1, [])
    assert send(house, draft)


def test_parts_lie_sealed_and_the_row_does_not_name_the_file(house: House) -> None:
    draft = written(house)
    put(house, draft, announce(house, draft, name="Novas papper.zip").id, 0)

    place: Any = left(house)[2][0]
    row = house.store.get(*place)
    assert row is not None
    assert "Novas" not in repr(row.fields)
    assert b"xxxxxxxx" not in b"".join(house.kept.files.held.values())  # type: ignore[attr-defined]


def test_announcing_again_tells_what_has_come(house: House) -> None:
    draft = written(house)
    upload = announce(house, draft)
    put(house, draft, upload.id, 0, 2)

    assert sorted(announce(house, draft).had) == [0, 2]
    assert house.uploads.finish(draft, upload.id) is PartProblem.MISSING


def test_the_same_part_twice_is_kept_once(house: House) -> None:
    draft = written(house)
    upload = announce(house, draft)
    assert put(house, draft, upload.id, 0) == put(house, draft, upload.id, 0)

    assert left(house)[0] == 1


def test_a_part_whose_row_was_not_written_is_taken_as_it_lies(house: House) -> None:
    draft = written(house)
    upload = announce(house, draft)
    faulty(house).fail_commits_before(1)
    with pytest.raises(Unavailable):
        put(house, draft, upload.id, 0)

    kept = put(house, draft, upload.id, 0)

    assert isinstance(kept, Upload)
    assert (list(kept.had), left(house)[0]) == ([0], 1)


def test_what_an_earlier_upload_left_in_a_parts_place_is_written_over(house: House) -> None:
    draft = written(house)
    upload = announce(house, draft)
    house.kept.files.write(part_id(upload.id, 0), house.kept.ring.create("upload:x", "DRAFTS"), [b"gammalt"])

    put(house, draft, upload.id, 0, 1, 2)

    assert listed(finished(house, draft, upload.id)) == ["stor.zip"]


@pytest.mark.parametrize(
    ("number", "content", "said", "problem"),
    [
        (3, part(0), digest(part(0)), PartProblem.NUMBER),
        (-1, part(0), digest(part(0)), PartProblem.NUMBER),
        (0, part(0)[:-1], digest(part(0)[:-1]), PartProblem.SIZE),
        (2, part(0), digest(part(0)), PartProblem.SIZE),
        (0, part(0), digest(b"other"), PartProblem.CHECKSUM),
        (0, part(0), "", PartProblem.CHECKSUM),
    ],
)
def test_a_part_that_is_not_what_it_says_is_not_kept(
    house: House, number: int, content: bytes, said: str, problem: PartProblem
) -> None:
    draft = written(house)
    upload = announce(house, draft)

    assert house.uploads.keep(draft, upload.id, number, content, said) is problem
    assert left(house)[0] == 0


def test_a_whole_that_is_not_what_was_announced_is_begun_anew(house: House) -> None:
    draft = written(house)
    begun = house.uploads.begin(draft, QUESTION, Announced("stor.zip", len(LARGE), digest(b"something else")))
    assert isinstance(begun, Upload)
    put(house, draft, begun.id, 0, 1, 2)

    assert house.uploads.finish(draft, begun.id) is PartProblem.CHECKSUM
    assert left(house) == (0, 0, [])


def test_a_refused_file_leaves_nothing_of_its_parts(house: House, told: tuple[House, ToldScanner]) -> None:
    draft = written(house)
    upload = announce(house, draft)
    put(house, draft, upload.id, 0, 1, 2)
    told[1].says = Verdict.INFECTED

    assert house.uploads.finish(draft, upload.id) is Refusal.INFECTED
    assert left(house) == (0, 0, [])


def test_an_answer_that_got_lost_at_the_end_finds_the_file_when_it_is_announced_again(house: House) -> None:
    draft = written(house)
    upload = announce(house, draft)
    put(house, draft, upload.id, 0, 1, 2)
    draft = finished(house, draft, upload.id)

    assert house.uploads.begin(draft, QUESTION, upload.file) is None
    assert house.uploads.finish(draft, upload.id) is PartProblem.UNKNOWN


def test_finishing_on_two_pages_gives_one_file(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = written(house)
    upload = announce(house, draft)
    put(house, draft, upload.id, 0, 1, 2)
    take_in = house._received.take_in

    def both(*arguments: object) -> object:
        monkeypatch.setattr(house._received, "take_in", take_in)
        finished(house, draft, upload.id)
        return take_in(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(house._received, "take_in", both)
    assert listed(finished(house, draft, upload.id)) == ["stor.zip"]
    assert (len(rows(house)), left(house)) == (1, (1, 1, []))


def test_a_full_store_at_the_end_keeps_the_parts(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    draft = written(house)
    upload = announce(house, draft)
    put(house, draft, upload.id, 0, 1, 2)

    def full(*_: object) -> int:
        raise Unavailable("The disk is full.")

    with monkeypatch.context() as disk:
        disk.setattr(house.kept.files, "write", full)
        with pytest.raises(Unavailable):
            house.uploads.finish(draft, upload.id)

    assert listed(finished(house, draft, upload.id)) == ["stor.zip"]


def test_what_can_not_be_received_is_told_before_it_is_sent(house: House) -> None:
    draft = written(house)
    for size, refusal in ((0, Refusal.EMPTY), (LARGEST_FILE + 1, Refusal.TOO_LARGE)):
        assert house.uploads.begin(draft, QUESTION, Announced("a.zip", size, digest(b""))) is refusal
    for n in range(10):
        draft = with_file(house, draft, str(n))
    assert house.uploads.begin(draft, QUESTION, Announced("a.zip", 5, digest(b"a"))) is Refusal.TOO_MANY


def test_an_upload_belongs_to_its_draft_alone(house: House) -> None:
    draft, other = written(house), written(house)
    upload = announce(house, draft)

    assert put(house, other, upload.id, 0) is PartProblem.UNKNOWN
    assert house.uploads.finish(other, upload.id) is PartProblem.UNKNOWN
    assert announce(house, other).id != upload.id


def test_the_twenty_first_unfinished_upload_takes_the_place_of_the_first(house: House, clock: HandClock) -> None:
    draft = written(house)
    first = announce(house, draft)
    put(house, draft, first.id, 0)
    for n in range(20):
        clock.advance(timedelta(seconds=1))
        announce(house, draft, packed(str(n)))

    assert len(left(house)[2]) == 20
    assert put(house, draft, first.id, 1) is PartProblem.UNKNOWN
    assert left(house)[0] == 0


def test_an_unfinished_upload_is_gone_after_a_day(house: House, clock: HandClock) -> None:
    draft = written(house)
    upload = announce(house, draft)
    put(house, draft, upload.id, 0, 1)
    clock.advance(timedelta(hours=24, seconds=1))
    assert put(house, draft, upload.id, 2) is PartProblem.UNKNOWN
    house.sweep.run()

    assert left(house) == (0, 0, [])


def test_parts_that_a_crash_left_without_their_row_are_found_by_their_key(house: House, clock: HandClock) -> None:
    draft = written(house)
    upload = announce(house, draft)
    put(house, draft, upload.id, 0, 1)
    house.store.commit([Delete("uploads", upload.id)])
    clock.advance(timedelta(hours=25))
    house.sweep.run()

    assert left(house) == (0, 0, [])
