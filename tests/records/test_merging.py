"""Several lists as one: every document once, in order, on whatever keeper and however the pages fall."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.adapters.counting_store import CountingStore
from shared.adapters.memory_store import MemoryStore
from shared.adapters.sqlite_store import SqliteStore
from shared.domain.queries import LETTERS_OF_CASE, NOTES_OF_CASE
from shared.ports.store import Create, Refused, Store
from shared.records.merging import Merged, Stream, begun, merged
from tests.people import MONDAY

CASE = "c" * 32
STREAMS = {"n": Stream(NOTES_OF_CASE, {"case": CASE}, ample=True), "l": Stream(LETTERS_OF_CASE, {"case": CASE})}


def at(minute: int) -> datetime:
    return MONDAY + timedelta(minutes=minute)


def fill(store: Store, notes: list[int], letters: list[int]) -> None:
    for place, minute in enumerate(notes):
        store.commit([Create("notes", f"n{place:04d}", {"case": CASE, "event_at": at(minute)})])
    for place, minute in enumerate(letters):
        store.commit([Create("letters", f"l{place:04d}", {"case": CASE, "sent_at": at(minute)})])


def pages(store: Store, size: int) -> Iterator[Merged]:
    cursor = None
    while True:
        page = merged(store, STREAMS, size=size, cursor=cursor)
        yield page
        if page.cursor is None:
            return
        cursor = page.cursor


def check(store: Store, notes: list[int], letters: list[int], size: int) -> None:
    fill(store, notes, letters)
    found = list(pages(store, size))
    documents = [(name, one) for page in found for name, one in page.documents]

    assert sorted(one.id for _, one in documents) == sorted(
        [f"n{place:04d}" for place in range(len(notes))] + [f"l{place:04d}" for place in range(len(letters))]
    )
    instants = [STREAMS[name].at(one) for name, one in documents]
    assert all(first >= second for first, second in pairwise(instants))
    assert all(len(page.documents) == size for page in found[:-1])
    for minute in range(-1, 12):
        assert [page.holds(at(minute)) for page in found].count(True) == 1


minutes = st.lists(st.integers(0, 10), max_size=12)


@given(notes=minutes, letters=minutes, size=st.integers(1, 5))
def test_every_document_comes_once_and_in_order(notes: list[int], letters: list[int], size: int) -> None:
    check(MemoryStore(), notes, letters, size)


def test_on_disk_as_in_memory(tmp_path: Path) -> None:
    store = SqliteStore(tmp_path / "store.db")
    check(store, [3, 3, 3, 1, 9, 9], [3, 3, 10, 0], 3)
    store.close()


def test_what_is_written_between_two_pages_moves_nothing() -> None:
    store = MemoryStore()
    fill(store, [1, 2, 3, 4], [2, 3])
    first = merged(store, STREAMS, size=3, cursor=None)
    store.commit([Create("notes", "new", {"case": CASE, "event_at": at(9)})])
    second = merged(store, STREAMS, size=9, cursor=first.cursor)

    assert len({one.id for page in (first, second) for _, one in page.documents}) == 6


@pytest.mark.parametrize(
    "cursor", ["", "x", "å", "e30", "W10", "bnVsbA", "WzEsMl0", "WyJhIix7Im4iOm51bGx9XQ", "A" * 20_000, "W" * 9_999]
)
def test_a_cursor_that_is_not_ours_is_refused(cursor: str) -> None:
    with pytest.raises(Refused):
        merged(MemoryStore(), STREAMS, size=3, cursor=cursor)


def test_a_cursor_of_another_case_is_refused() -> None:
    store = MemoryStore()
    fill(store, [1, 2, 3, 4], [2, 3])
    cursor = merged(store, STREAMS, size=3, cursor=None).cursor
    others = {name: Stream(one.shape, {"case": "d" * 32}) for name, one in STREAMS.items()}

    with pytest.raises(Refused):
        merged(store, others, size=3, cursor=cursor)


def test_a_list_that_is_left_out_is_as_if_it_did_not_exist() -> None:
    store = MemoryStore()
    fill(store, [1, 2, 3, 4, 5], [2, 3, 4, 5])
    alone = {"l": STREAMS["l"]}

    left_out = begun(store, STREAMS, size=3, cursor=None).merged(without={"n"})
    assert left_out == merged(store, alone, size=3, cursor=None)
    assert merged(store, alone, size=3, cursor=left_out.cursor).cursor is None


def test_an_ample_list_is_not_asked_twice_for_one_page() -> None:
    store = CountingStore(MemoryStore())
    fill(store, list(range(20)), [])
    store.clear()

    assert len(merged(store, STREAMS, size=6, cursor=None).documents) == 6
    assert store.cost().rpcs == len(STREAMS)


@pytest.mark.parametrize("ample", range(6))
@pytest.mark.parametrize(
    "offsets", [(0, 0, 0, 0, 0, 0), (0, 3, 6, 9, 12, 15), (15, 12, 9, 6, 3, 0), (0, 0, 1, 1, 70, 90)]
)
def test_however_six_lists_are_mixed_a_page_of_six_reads_twentyone_documents_at_most(
    ample: int, offsets: tuple[int, ...]
) -> None:
    store = CountingStore(MemoryStore())
    cases = [f"{number}" * 32 for number in range(6)]
    store.commit(
        [
            Create("notes", f"{case[0]}-{place:04d}", {"case": case, "event_at": at(-7 * place - offset)})
            for case, offset in zip(cases, offsets, strict=True)
            for place in range(12)
        ]
    )
    store.clear()
    streams = {
        case[0]: Stream(NOTES_OF_CASE, {"case": case}, ample=number == ample) for number, case in enumerate(cases)
    }

    assert len(merged(store, streams, size=6, cursor=None).documents) == 6
    assert store.cost().reads <= 21
