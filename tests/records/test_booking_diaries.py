"""Diaries: what is read of one without taking it apart is what stands in it."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from shared.domain.booking.atoms import quarters
from shared.domain.booking.quarter_bits import Frame, set_bits
from shared.ports.store import Create, Document, Replace
from shared.records.booking_diaries import Diary
from tests.people import MONDAY

NOW = quarters(MONDAY, MONDAY).start
SECONDS = int(MONDAY.timestamp())
entries = st.tuples(
    st.integers(NOW - 40, NOW + 400), st.integers(1, 32), st.sampled_from([0, 0, 0, SECONDS - 1, SECONDS, SECONDS + 60])
).map(list)
ids = st.uuids().map(lambda one: one.hex)
blocks = st.dictionaries(ids, st.tuples(st.integers(NOW, NOW + 400), st.integers(1, 40)).map(list), max_size=3)


def kept(diary: Diary, rev: int = 1) -> Document:
    """The diary as it is read after it was written."""
    write = diary.write(MONDAY)
    assert isinstance(write, Create | Replace)
    return Document("diaries", "vera", rev, write.fields)


def filled(meetings: dict[str, list[int]], blocked: dict[str, list[int]]) -> Diary:
    diary = Diary("vera")
    diary.kept.update(meetings)
    diary.blocks.update(blocked)
    return diary


def gone(diary: Diary) -> set[int]:
    """The quarters from now on that nobody can have."""
    frame = Frame(NOW, 500)
    return {NOW + one for one in set_bits(diary.taken(MONDAY).within(frame))}


def said(meetings: dict[str, list[int]], blocked: dict[str, list[int]]) -> set[int]:
    """The same, quarter by quarter: what is booked, blocked or still held."""
    living = [(first, count) for first, count, until in meetings.values() if not until or until > SECONDS]
    spans = [*living, *((first, count) for first, count in blocked.values())]
    return {one for first, count in spans for one in range(first, first + count) if one >= NOW}


@given(st.dictionaries(ids, entries, max_size=12), blocks)
def test_what_is_given_away_is_the_same_written_read_and_taken_apart(
    meetings: dict[str, list[int]], blocked: dict[str, list[int]]
) -> None:
    diary = filled(meetings, blocked)
    read = Diary("vera", kept(diary))
    assert gone(diary) == gone(read) == said(meetings, blocked)
    ahead = {id: one for id, one in meetings.items() if one[0] + one[1] > NOW}
    assert read.kept == ahead
    assert gone(read) == said(ahead, blocked), "also after it was taken apart"
    assert kept(read, 2).fields == kept(diary).fields


def test_a_meeting_of_the_own_counts_as_free_and_a_strangers_does_not() -> None:
    diary = Diary("vera", kept(filled({"mine": [NOW, 2, 0], "yours": [NOW + 9, 1, 0]}, {})))
    diary.strike("nobody")
    assert gone(diary) == {NOW, NOW + 1, NOW + 9}
    diary.strike("mine")
    assert gone(diary) == {NOW + 9}


def test_a_hold_is_free_again_when_its_time_is_over_though_nobody_writes() -> None:
    diary = Diary("vera", kept(filled({"held": [NOW + 4, 2, SECONDS + 60]}, {})))
    frame = Frame(NOW, 50)
    assert set(set_bits(diary.taken(MONDAY).within(frame))) == {4, 5}
    assert diary.taken(MONDAY + timedelta(minutes=1)).within(frame) == 0


def test_a_diary_of_the_former_form_is_read_and_written_anew() -> None:
    former = Document("diaries", "vera", 7, {"kept": {"a": [NOW, 3, 0], "b": [NOW + 8, 1, SECONDS]}, "schema": 1})
    diary = Diary("vera", former)
    assert gone(diary) == {NOW, NOW + 1, NOW + 2}
    write = diary.write(MONDAY)
    assert isinstance(write, Replace)
    assert write.rev == 7
    assert gone(Diary("vera", Document("diaries", "vera", 8, write.fields))) == {NOW, NOW + 1, NOW + 2}
