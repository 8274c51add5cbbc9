"""Whether a commit whose answer was lost was carried out, told by what lies there; what cannot be told is not said."""

import pytest

from shared.adapters.firestore_commits import _Batch, _happened
from shared.adapters.firestore_documents import Version
from shared.ports.store import Create, Delete, Replace, Unavailable, Write

OURS, THEIRS = b"ours", b"theirs"
CASE, ENTRY = ("cases", "c"), ("audit", "e")


def told(found: dict[tuple[str, str], Version], *writes: Write) -> bool:
    return _happened(_Batch(writes, (), OURS), found)


def lies(rev: int, mark: bytes) -> Version:
    return Version(rev, (0, 0), mark)


def test_ones_own_mark_tells_that_it_happened() -> None:
    assert told({CASE: lies(3, OURS)}, Replace(*CASE, 2, {}))
    assert told({ENTRY: lies(1, OURS)}, Delete(*CASE, 2), Create(*ENTRY, {}))


def test_ones_own_mark_anywhere_is_enough_though_another_has_written_since() -> None:
    assert told({CASE: lies(4, THEIRS), ENTRY: lies(1, OURS)}, Replace(*CASE, 2, {}), Create(*ENTRY, {}))


def test_anothers_mark_in_its_place_tells_that_it_did_not() -> None:
    assert not told({CASE: lies(3, THEIRS)}, Replace(*CASE, 2, {}))
    assert not told({ENTRY: lies(1, THEIRS)}, Create(*ENTRY, {}))


def test_what_is_as_before_tells_that_it_did_not() -> None:
    assert not told({CASE: lies(2, THEIRS)}, Replace(*CASE, 2, {}))
    assert not told({}, Create(*ENTRY, {}))


@pytest.mark.parametrize(
    ("found", "write"),
    [
        ({CASE: lies(4, THEIRS)}, Replace(*CASE, 2, {})),
        ({ENTRY: lies(2, THEIRS)}, Create(*ENTRY, {})),
        ({}, Replace(*CASE, 2, {})),
        ({}, Delete(*CASE, 2)),
    ],
    ids=["written over", "made and written over", "gone", "deleted by somebody"],
)
def test_what_another_has_covered_is_neither_claimed_nor_denied(
    found: dict[tuple[str, str], Version], write: Write
) -> None:
    with pytest.raises(Unavailable):
        told(found, write)
