"""Content that nothing can open any more is found among the files and goes; what somebody needs never does."""

import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from shared import log
from shared.app import House
from shared.domain.ids import FileId, KeyId
from shared.ports.store import Create, Delete, Unavailable
from shared.records.orphaned_files import HOLDERS
from shared.settings import ROOT
from tests.houses import HandClock
from tests.records.papers import contents, faulty, file_keys, only, rows, scanned_house, send, with_file, written

WRITERS = {"originals.py", "received.py", "uploads.py"}
"""Who writes files: the rows of the first two are in `HOLDERS`, parts of uploads live for a day."""


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> House:
    return scanned_house(clock)[0]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """Everything that was logged."""
    kept = io.StringIO()
    log.start(kept)
    yield kept
    log.start()


def later(house: House, clock: HandClock, **span: float) -> None:
    clock.advance(timedelta(**span))
    house.sweep.run()


def _lasting(house: House) -> KeyId:
    """A key that stays."""
    for id in house.kept.ring._store._documents:  # type: ignore[attr-defined]
        if id[0] == "data_keys":
            return KeyId(id[1])
    return house.kept.ring.create("elsewhere", "DRAFTS")


def lies(house: House, number: int = 0) -> FileId:
    """Content whose key has been erased, and that has no row."""
    id = FileId(f"{number:032x}")
    key = house.kept.ring.create("elsewhere", "DRAFTS")
    house.kept.files.write(id, key, [b"papper"])
    house.kept.ring.erase(key)
    return id


def test_content_whose_key_went_before_it_goes_at_the_second_look(house: House, clock: HandClock) -> None:
    draft = with_file(house, written(house))
    id, key = only(house)
    house.drafts.drop(draft)
    house.kept.ring.erase(key)  # and here the process ended
    later(house, clock, minutes=5)
    assert id in contents(house)

    later(house, clock, hours=27)
    assert contents(house) == set()


def test_content_without_a_row_or_a_key_goes_at_the_second_look_and_not_before(house: House, clock: HandClock) -> None:
    id = lies(house)
    house.sweep.run()
    later(house, clock, hours=25)
    assert id in contents(house)

    later(house, clock, hours=2)
    assert contents(house) == set()


def test_a_row_whose_key_is_erased_keeps_no_content(house: House, clock: HandClock) -> None:
    send(house, with_file(house, written(house)))
    _, key = only(house)
    house.kept.ring.erase(key)
    house.sweep.run()
    later(house, clock, hours=27)

    assert (contents(house), len(rows(house))) == (set(), 1)


def test_what_a_case_or_a_draft_needs_stays(house: House, clock: HandClock) -> None:
    send(house, with_file(house, written(house)))
    with_file(house, written(house), "annat")
    there = contents(house)
    for _ in range(4):
        later(house, clock, hours=27)

    assert len(there) == 2
    assert contents(house) == there
    assert len(file_keys(house)) == 2


def test_a_file_whose_row_comes_between_the_looks_stays(house: House, clock: HandClock) -> None:
    draft = with_file(house, written(house))
    [row] = rows(house)
    house.store.commit([Delete("attachments", row.id)])
    house.sweep.run()
    assert row.id in contents(house)
    house.store.commit([Create("attachments", row.id, row.fields)])
    later(house, clock, hours=27)

    assert contents(house) == {row.id}
    assert house.attachments.of(draft.id) != []


def test_each_run_looks_at_a_hundred_files_and_the_next_goes_on(house: House, clock: HandClock) -> None:
    for n in range(25):
        lies(house, n * 10)
    walk = house.sweep._orphans
    for n in sorted(set(range(250)) - {n * 10 for n in range(25)}):
        house.store.commit([Create("attachments", f"{n:032x}", {"file_key": _lasting(house), "at": clock.now()})])
        house.kept.files.write(FileId(f"{n:032x}"), _lasting(house), [b""])

    assert [walk.sweep() for _ in range(4)] == [0, 0, 0, 0]
    clock.advance(timedelta(hours=27))
    assert [walk.sweep() for _ in range(4)] == [10, 10, 5, 0]
    assert len(contents(house)) == 225


def test_many_orphans_mean_a_lost_store_and_none_goes(house: House, clock: HandClock, lines: io.StringIO) -> None:
    ids = {lies(house, n) for n in range(21)}
    house.sweep.run()
    later(house, clock, hours=27)

    assert contents(house) == ids
    assert '"event": "files.many_orphans", "count": 21' in lines.getvalue()


def test_a_store_that_is_away_costs_no_file(house: House, clock: HandClock) -> None:
    send(house, with_file(house, written(house)))
    house.sweep.run()
    clock.advance(timedelta(hours=27))
    faulty(house).fail_reads(3)
    for _ in range(3):
        assert _swept(house) == 0
    house.sweep.run()

    assert len(contents(house)) == 1


def test_whoever_writes_files_is_known_to_the_walk() -> None:
    found = {one.name for one in Path(ROOT / "shared" / "records").glob("*.py") if "files.write(" in one.read_text()}

    assert found == WRITERS
    assert set(HOLDERS) == {"attachments", "decisions"}


def _swept(house: House) -> int:
    try:
        return house.sweep._orphans.sweep()
    except Unavailable:
        return 0
