"""The files contract: a file comes back whole, or it is told that it does not; nobody reads it without its key."""

import hashlib
import struct
from abc import abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from shared.adapters.aes_cipher import AesCipher
from shared.adapters.local_keys import LocalKeyRing
from shared.adapters.memory_store import MemoryStore
from shared.adapters.sealed_chunks import CHUNK
from shared.domain.ids import FileId
from shared.domain.queries import DATA_KEYS_MADE
from shared.ports.files import Files
from shared.ports.keys import Cipher, KeyGone, Tampered
from shared.ports.store import AlreadyExists, NotFound, Refused
from tests.houses import HandClock

ONE, OTHER = FileId("1" * 32), FileId("2" * 32)
PIECE = b"Bilden visar barnets rum."
SIZES = [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 7]
NO_IDS = ["", "1" * 31, "1" * 33, "G" * 32, "../" + "1" * 29, "A" * 32, "1" * 32 + "\n", "1/" * 16]


def chunks(stored: bytes) -> list[bytes]:
    """The sealed chunks of a stored file, each with its length before it."""
    found, at = [], 0
    while at < len(stored):
        length = 4 + struct.unpack_from(">I", stored, at)[0]
        found.append(stored[at : at + length])
        at += length
    return found


def counted(size: int) -> bytes:
    """So many bytes, of which no two places look alike."""
    return hashlib.shake_256(b"file").digest(size)


class FilesContract:
    """`make` gives a keeper in `folder`; `stored` and `replace` are the hand of somebody who gets at the disk."""

    @abstractmethod
    def make(self, folder: Path, cipher: Cipher, tenant: str = "socialnamnden") -> Files: ...

    @abstractmethod
    def stored(self, folder: Path, id: FileId) -> bytes: ...

    @abstractmethod
    def replace(self, folder: Path, id: FileId, stored: bytes) -> None: ...

    @pytest.fixture(autouse=True)
    def keeper(self, tmp_path: Path) -> None:
        self.begin(tmp_path)

    def begin(self, tmp_path: Path) -> None:
        """A keeper, a ring and the key of one file."""
        self.folder = tmp_path / "files"
        self.ring = LocalKeyRing(MemoryStore((DATA_KEYS_MADE,)), bytes(32), "socialnamnden", HandClock())
        self.cipher = AesCipher(self.ring)
        self.key = self.ring.create("file:1", "DRAFTS")
        self.files = self.make(self.folder, self.cipher)

    def content(self, id: FileId = ONE) -> bytes:
        return b"".join(self.files.read(id, self.key))

    def rearrange(self, parts: Sequence[bytes]) -> None:
        self.replace(self.folder, ONE, b"".join(parts))

    @pytest.mark.parametrize("size", SIZES)
    def test_a_file_of_any_size_comes_back_as_it_was(self, size: int) -> None:
        sent = counted(size)

        assert self.files.write(ONE, self.key, [sent]) == size
        assert self.content() == sent

    def test_it_does_not_matter_in_what_pieces_it_came(self) -> None:
        sent = counted(2 * CHUNK + 100)

        self.files.write(ONE, self.key, (sent[at : at + 65_537] for at in range(0, len(sent), 65_537)))
        self.files.write(OTHER, self.key, [b"", sent[:3], b"", sent[3:], b""])

        assert self.content(ONE) == self.content(OTHER) == sent

    def test_a_file_is_read_in_pieces_of_a_mebibyte(self) -> None:
        self.files.write(ONE, self.key, [counted(2 * CHUNK + 5)])

        assert [len(piece) for piece in self.files.read(ONE, self.key)] == [CHUNK, CHUNK, 5]

    def test_a_file_outlives_a_restart(self) -> None:
        self.files.write(ONE, self.key, [PIECE])
        self.files = self.make(self.folder, self.cipher)

        assert self.content() == PIECE

    def test_nothing_of_a_file_lies_readable(self) -> None:
        self.files.write(ONE, self.key, [PIECE * 50_000])

        assert PIECE not in self.stored(self.folder, ONE)

    def test_a_file_is_never_written_over(self) -> None:
        self.files.write(ONE, self.key, [PIECE])
        with pytest.raises(AlreadyExists):
            self.files.write(ONE, self.key, [b"another"])

        assert self.content() == PIECE

    def test_a_file_that_is_not_there_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            self.content()

    def test_a_deleted_file_is_gone_and_may_be_deleted_again(self) -> None:
        self.files.write(ONE, self.key, [PIECE])
        self.files.delete(ONE)
        self.files.delete(ONE)
        with pytest.raises(NotFound):
            self.content()

    def test_what_is_kept_is_told_in_order_a_hundred_at_a_time(self) -> None:
        ids = sorted(FileId(hashlib.sha256(str(n).encode()).hexdigest()[:32]) for n in range(205))
        for id in reversed(ids):
            self.files.write(id, self.key, [b""])
        self.files.delete(ids[150])
        told = [self.files.kept(), self.files.kept(ids[99]), self.files.kept(ids[200])]

        assert [list(one) for one in told] == [ids[:100], [*ids[100:150], *ids[151:201]], ids[201:]]
        assert list(self.files.kept(ids[-1])) == []

    def test_where_nothing_was_ever_kept_nothing_is_told(self) -> None:
        assert list(self.files.kept()) == []

    @pytest.mark.parametrize("id", NO_IDS, ids=repr)
    def test_what_is_no_id_reaches_no_file(self, id: str) -> None:
        with pytest.raises(Refused):
            self.files.write(FileId(id), self.key, [PIECE])
        with pytest.raises(Refused):
            self.content(FileId(id))
        with pytest.raises(Refused):
            self.files.delete(FileId(id))

    def test_when_the_key_is_erased_the_file_is_unreadable(self) -> None:
        self.files.write(ONE, self.key, [PIECE])
        self.ring.erase(self.key)
        with pytest.raises(KeyGone):
            self.content()

    def test_without_a_key_nothing_is_written(self) -> None:
        self.ring.erase(self.key)
        with pytest.raises(KeyGone):
            self.files.write(ONE, self.key, [PIECE])
        with pytest.raises(NotFound):
            self.content()

    def test_another_files_key_opens_nothing(self) -> None:
        self.files.write(ONE, self.key, [PIECE])
        self.key = self.ring.create("file:2", "DRAFTS")
        with pytest.raises(Tampered):
            self.content()

    def test_another_boards_files_are_not_ours(self) -> None:
        self.files.write(ONE, self.key, [PIECE])
        self.files = self.make(self.folder, self.cipher, "annan")
        with pytest.raises(Tampered):
            self.content()

    def test_a_sending_that_breaks_off_leaves_nothing_and_can_be_sent_again(self) -> None:
        def broken() -> Iterator[bytes]:
            yield counted(2 * CHUNK)
            raise EOFError

        with pytest.raises(EOFError):
            self.files.write(ONE, self.key, broken())
        with pytest.raises(NotFound):
            self.content()
        self.files.write(ONE, self.key, [PIECE])

        assert self.content() == PIECE

    @pytest.mark.parametrize(
        "order",
        [
            [0, 1],
            [1, 2],
            [0, 2],
            [0, 1, 1, 2],
            [0, 1, 2, 2],
            [1, 0, 2],
            [0, 2, 1],
            [2, 1, 0],
            [0],
            [2],
            [],
        ],
        ids=str,
    )
    def test_chunks_left_out_doubled_or_swapped_are_found(self, order: list[int]) -> None:
        self.files.write(ONE, self.key, [counted(2 * CHUNK + 100)])
        kept = chunks(self.stored(self.folder, ONE))
        self.rearrange([kept[number] for number in order])
        with pytest.raises(Tampered):
            self.content()

    def test_a_chunk_of_another_file_is_found_even_under_the_same_key(self) -> None:
        self.files.write(ONE, self.key, [counted(CHUNK + 100)])
        self.files.write(OTHER, self.key, [counted(CHUNK + 100)])
        mine, others = (chunks(self.stored(self.folder, id)) for id in (ONE, OTHER))
        self.rearrange([mine[0], others[1]])
        with pytest.raises(Tampered):
            self.content()

    @pytest.mark.parametrize("left", [0, 1, 3, 4, 5, 1000, -1, -16, -134, -135])
    def test_a_file_cut_off_anywhere_is_found(self, left: int) -> None:
        self.files.write(ONE, self.key, [counted(CHUNK + 100)])
        self.rearrange([self.stored(self.folder, ONE)[:left]])
        with pytest.raises(Tampered):
            self.content()

    @pytest.mark.parametrize("at", [0, 3, 4, 5, 6, 20, 1000, CHUNK, -1, -17, -131, -134])
    def test_a_changed_bit_is_found_wherever_it_lies(self, at: int) -> None:
        self.files.write(ONE, self.key, [counted(CHUNK + 100)])
        changed = bytearray(self.stored(self.folder, ONE))
        changed[at] ^= 1
        self.rearrange([bytes(changed)])
        with pytest.raises(Tampered):
            self.content()

    @pytest.mark.parametrize("more", [b"\0", b"\0\0\0\0", b"PK\x03\x04", bytes(40)], ids=repr)
    def test_something_added_at_the_end_is_found(self, more: bytes) -> None:
        self.files.write(ONE, self.key, [PIECE])
        self.rearrange([self.stored(self.folder, ONE), more])
        with pytest.raises(Tampered):
            self.content()
