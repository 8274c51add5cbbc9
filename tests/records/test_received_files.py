"""A file is kept when it is harmless, shown when it is clean, and leaves nothing behind when it is neither."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.disk_files import DiskFiles
from shared.adapters.local_keys import DATA_KEYS, LocalKeyRing
from shared.adapters.memory_store import MemoryStore
from shared.app.foundations import fresh
from shared.domain.broken_rules import NotAllowed
from shared.domain.file_types import FileType
from shared.domain.queries import DATA_KEYS_MADE
from shared.domain.received_files import LARGEST_FILE, LARGEST_MATTER, FileState, ReceivedFile, Refusal, Verdict
from shared.ports.files import Disarmed
from shared.ports.keys import KeyGone
from shared.ports.store import NotFound, Unavailable
from shared.records.received import ReceivedFiles
from tests.houses import HandClock

PICTURE = b"\x89PNG\r\n\x1a\n from a phone"
MADE = b"\xff\xd8\xff harmless"


class Bench:
    """A room over a disk and keys in memory; what disarms and scans answers as it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "files"
        self.keys = MemoryStore((DATA_KEYS_MADE,))
        ring = LocalKeyRing(self.keys, bytes(32), "socialnamnden", HandClock())
        self.disk = DiskFiles(self.folder, AesCipher(ring), "socialnamnden")
        self.made: Disarmed | Refusal = Disarmed(FileType.JPEG, MADE)
        self.verdict = Verdict.CLEAN
        self.scanned: list[bytes] = []
        self.room = ReceivedFiles(self.disk, ring, self, self, fresh)

    def disarm(self, kind: FileType, content: bytes) -> Disarmed | Refusal:
        return self.made

    def scan(self, content: bytes) -> Verdict:
        self.scanned.append(content)
        return self.verdict

    def send(self, name: str = "IMG 1.PNG", content: bytes = PICTURE) -> ReceivedFile | Refusal:
        return self.room.take_in(name, content, [], [])

    def kept(self, verdict: Verdict = Verdict.CLEAN) -> ReceivedFile:
        self.verdict = verdict
        file = self.send()
        assert isinstance(file, ReceivedFile)
        return file

    def left(self) -> int:
        """Files and data keys that are there."""
        keys = self.keys.query(DATA_KEYS_MADE, {}, limit=100).documents
        return sum(path.is_file() for path in self.folder.rglob("*")) + len(keys)


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    return Bench(tmp_path)


def test_what_was_made_of_a_file_is_kept_under_a_name_that_says_what_it_is(bench: Bench) -> None:
    file = bench.kept()

    assert (file.name, file.kind, file.size, file.state) == ("IMG 1.jpg", FileType.JPEG, len(MADE), FileState.CLEAN)
    assert b"".join(bench.room.content(file)) == MADE
    assert bench.scanned == [MADE]


def test_every_file_has_a_key_of_its_own(bench: Bench) -> None:
    one, other = bench.kept(), bench.kept()

    assert one.key != other.key
    document = bench.keys.get(DATA_KEYS, one.key)
    assert document is not None
    assert document.fields["owner"] == f"file:{one.id}"


def test_a_file_that_the_scanner_did_not_answer_about_is_kept_and_not_shown(bench: Bench) -> None:
    file = bench.kept(Verdict.UNKNOWN)

    assert file.state is FileState.PENDING
    with pytest.raises(NotAllowed):
        bench.room.content(file)
    assert bench.room.scan_again(file) == file


def test_a_pending_file_is_shown_when_the_scanner_has_come_back(bench: Bench) -> None:
    file = bench.kept(Verdict.UNKNOWN)
    bench.verdict = Verdict.CLEAN
    seen = bench.room.scan_again(file)

    assert seen == replace(file, state=FileState.CLEAN)
    assert b"".join(bench.room.content(seen)) == MADE
    assert bench.scanned == [MADE, MADE]


def test_a_pending_file_that_turns_out_infected_is_refused(bench: Bench) -> None:
    file = bench.kept(Verdict.UNKNOWN)
    bench.verdict = Verdict.INFECTED
    seen = bench.room.scan_again(file)

    assert (seen.state, seen.refusal) == (FileState.REFUSED, Refusal.INFECTED)
    assert bench.room.scan_again(seen) == seen


def test_an_infected_file_is_refused_and_leaves_nothing(bench: Bench) -> None:
    bench.verdict = Verdict.INFECTED

    assert bench.send() is Refusal.INFECTED
    assert bench.left() == 0


@pytest.mark.parametrize("refusal", [Refusal.DAMAGED, Refusal.LOCKED, Refusal.TOO_HEAVY])
def test_a_file_that_can_not_be_made_harmless_leaves_nothing(bench: Bench, refusal: Refusal) -> None:
    bench.made = refusal

    assert bench.send() is refusal
    assert bench.left() == 0
    assert bench.scanned == []


def test_a_file_that_is_none_of_ours_is_not_even_opened(bench: Bench) -> None:
    assert bench.send("bild.png", b"MZ program") is Refusal.UNKNOWN_TYPE
    assert bench.send("bild.png", b"") is Refusal.EMPTY
    assert bench.send("bild.png", bytes(LARGEST_FILE + 1)) is Refusal.TOO_LARGE
    assert bench.scanned == []


def test_a_file_that_became_larger_than_there_is_room_for_is_refused(bench: Bench) -> None:
    full = replace(bench.kept(), size=LARGEST_MATTER - len(MADE))
    bench.made = Disarmed(FileType.JPEG, MADE + b"x")

    assert bench.room.take_in("a.png", PICTURE[:8], [], [full]) is Refusal.MATTER_FULL


def test_a_file_that_can_not_be_kept_leaves_no_key(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> int:
        raise Unavailable

    monkeypatch.setattr(bench.disk, "write", full)
    with pytest.raises(Unavailable):
        bench.send()

    assert bench.left() == 0


def test_a_dropped_file_is_gone_with_its_key_and_may_be_dropped_again(bench: Bench) -> None:
    file = bench.kept()
    bench.room.drop(file.id, file.key)
    bench.room.drop(file.id, file.key)

    assert bench.left() == 0
    with pytest.raises((KeyGone, NotFound)):
        b"".join(bench.room.content(file))


@pytest.mark.parametrize("stop", ["_ring", "_files"])
def test_of_an_interrupted_dropping_nothing_readable_is_left(
    bench: Bench, stop: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = bench.kept()
    held: Callable[..., None] = getattr(bench.room, stop).erase if stop == "_ring" else bench.disk.delete

    def break_off(_: str) -> None:
        raise Unavailable

    monkeypatch.setattr(getattr(bench.room, stop), held.__name__, break_off)
    with pytest.raises(Unavailable):
        bench.room.drop(file.id, file.key)
    monkeypatch.undo()

    readable = stop == "_ring"  # the key stands: the file is still whole, and is dropped once more
    if readable:
        assert b"".join(bench.room.content(file)) == MADE
    else:
        with pytest.raises(KeyGone):
            b"".join(bench.room.content(file))
