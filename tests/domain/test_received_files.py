"""A received file is read only when it is known to be clean, and nobody sends more than there is room for."""

from dataclasses import replace

import pytest

from shared.domain.broken_rules import NotAllowed
from shared.domain.file_types import FileType
from shared.domain.ids import FileId, KeyId
from shared.domain.received_files import (
    LARGEST_FILE,
    LARGEST_MATTER,
    MOST_PER_MATTER,
    MOST_PER_QUESTION,
    FileState,
    ReceivedFile,
    Refusal,
    Verdict,
    check_readable,
    judged,
    too_much,
)

FILE = ReceivedFile(FileId("1" * 32), "rum.jpg", FileType.JPEG, 1000, KeyId("2" * 32))
REFUSED = replace(FILE, state=FileState.REFUSED, refusal=Refusal.INFECTED)
CLEAN = replace(FILE, state=FileState.CLEAN)


def test_a_file_is_pending_until_the_scanner_has_answered() -> None:
    assert FILE.state is FileState.PENDING
    assert judged(FILE, Verdict.UNKNOWN) == FILE
    assert judged(FILE, Verdict.CLEAN) == CLEAN
    assert judged(FILE, Verdict.INFECTED) == REFUSED


@pytest.mark.parametrize("verdict", Verdict)
def test_a_judged_file_is_not_judged_anew(verdict: Verdict) -> None:
    assert judged(REFUSED, verdict) == REFUSED
    assert judged(CLEAN, verdict) == CLEAN


def test_only_a_clean_file_is_read() -> None:
    check_readable(CLEAN)
    for file in (FILE, REFUSED):
        with pytest.raises(NotAllowed):
            check_readable(file)


def test_a_file_of_20_mebibytes_is_received_and_one_byte_more_is_not() -> None:
    assert too_much(LARGEST_FILE, [], []) is None
    assert too_much(LARGEST_FILE + 1, [], []) is Refusal.TOO_LARGE
    assert too_much(0, [], []) is Refusal.EMPTY


def test_a_question_takes_ten_files_and_refused_ones_do_not_count() -> None:
    nine = [FILE] * (MOST_PER_QUESTION - 1)

    assert too_much(1, [*nine, REFUSED], nine) is None
    assert too_much(1, [*nine, FILE], [*nine, FILE]) is Refusal.TOO_MANY


def test_a_hundred_files_are_sent_together_and_refused_ones_take_a_place() -> None:
    almost = [FILE, *[REFUSED] * (MOST_PER_MATTER - 2)]

    assert too_much(1, [], almost) is None
    assert too_much(1, [], [*almost, REFUSED]) is Refusal.TOO_MANY_TOGETHER


def test_a_matter_takes_100_mebibytes_in_all() -> None:
    held = [replace(FILE, size=LARGEST_MATTER - 10), replace(REFUSED, size=LARGEST_MATTER)]

    assert too_much(10, [], held) is None
    assert too_much(11, [], held) is Refusal.MATTER_FULL
