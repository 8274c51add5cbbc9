"""A meeting in somebody's calendar tells when, and neither where nor what it is about."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from shared.domain.booking.calendar_files import Entry, calendar_file

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
MEETING = Entry("a1", 0, datetime(2026, 11, 3, 8, 0, tzinfo=UTC), datetime(2026, 11, 3, 9, 0, tzinfo=UTC), "Möte")


def lines(*entries: Entry) -> list[str]:
    """The lines of the file, unfolded."""
    return calendar_file(entries, NOW).decode().replace("\r\n ", "").split("\r\n")


def test_a_meeting_is_called_meeting_and_has_its_time_in_utc() -> None:
    assert {"SUMMARY:Möte", "DTSTART:20261103T080000Z", "DTEND:20261103T090000Z", "STATUS:CONFIRMED"} < set(
        lines(MEETING)
    )
    assert lines(MEETING)[-2:] == ["END:VCALENDAR", ""]


def test_a_cancelled_meeting_is_struck_under_the_same_name() -> None:
    off = Entry(MEETING.uid, 1, MEETING.begins, MEETING.ends, "Möte", cancelled=True)
    assert {"UID:a1", "SEQUENCE:1", "STATUS:CANCELLED"} < set(lines(off))


def test_words_can_not_begin_a_line_of_their_own() -> None:
    sly = replace(MEETING, summary="Möte 1, rum 2;\r\nATTENDEE:x\x00")
    assert "SUMMARY:Möte 1\\, rum 2\\;\\nATTENDEE:x" in lines(sly)
    assert not [line for line in lines(sly) if line.startswith("ATTENDEE")]


def test_an_instant_of_another_clock_is_the_same_instant() -> None:
    summer = datetime.fromisoformat("2026-07-01T10:00:00+02:00")
    assert "DTSTART:20260701T080000Z" in lines(replace(MEETING, begins=summer, ends=summer + timedelta(hours=1)))


@given(some.text(some.characters(exclude_categories=["Cs", "Cc"]), max_size=300))
def test_no_line_is_too_long_and_no_letter_is_cut(words: str) -> None:
    file = calendar_file([replace(MEETING, summary=words)], NOW)
    pieces = file.split(b"\r\n")
    assert max(map(len, pieces)) <= 75
    assert all(piece.decode() is not None for piece in pieces)


@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_calendar_holds_as_many_meetings_as_there_are(count: int) -> None:
    assert lines(*[MEETING] * count).count("BEGIN:VEVENT") == count
