"""Files on a disk keep the contract; a crash, a full disk and two writers leave whole files or none."""

import errno
import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from shared.adapters import disk_files
from shared.adapters.disk_files import DiskFiles
from shared.domain.ids import FileId
from shared.ports.keys import Cipher
from shared.ports.store import AlreadyExists, Unavailable
from tests.contracts.files import ONE, PIECE, FilesContract


class TestDiskFiles(FilesContract):
    def make(self, folder: Path, cipher: Cipher, tenant: str = "socialnamnden") -> DiskFiles:
        return DiskFiles(folder, cipher, tenant)

    def stored(self, folder: Path, id: FileId) -> bytes:
        return self._path(folder, id).read_bytes()

    def replace(self, folder: Path, id: FileId, stored: bytes) -> None:
        self._path(folder, id).write_bytes(stored)

    @staticmethod
    def _path(folder: Path, id: FileId) -> Path:
        return folder / id[:2] / id

    def names(self) -> list[str]:
        return [path.name for path in self.folder.rglob("*") if path.is_file()]

    def test_files_are_their_owners_alone(self) -> None:
        self.files.write(ONE, self.key, [PIECE])
        path = self._path(self.folder, ONE)

        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        assert stat.S_IMODE(self.folder.stat().st_mode) == 0o700

    def test_content_is_on_the_disk_before_its_name(self, monkeypatch: pytest.MonkeyPatch) -> None:
        done: list[str] = []
        sync, link = os.fsync, os.link
        self.files.write(FileId("1" * 31 + "2"), self.key, [PIECE])  # its folder is there already

        def note_sync(file: int) -> None:
            done.append("folder" if stat.S_ISDIR(os.fstat(file).st_mode) else "content")
            sync(file)

        def note_link(old: Path, new: Path) -> None:
            done.append("name")
            link(old, new)

        monkeypatch.setattr(os, "fsync", note_sync)
        monkeypatch.setattr(os, "link", note_link)
        self.files.write(ONE, self.key, [PIECE])

        assert done == ["content", "name", "folder"]

    def test_a_new_folder_is_on_the_disk_before_what_lies_in_it(self, monkeypatch: pytest.MonkeyPatch) -> None:
        synced: list[Path] = []
        monkeypatch.setattr(disk_files, "sync_folder", synced.append)

        self.files.write(ONE, self.key, [PIECE])

        assert synced == [self.folder, self.folder / "11"]

    @pytest.mark.parametrize("call", ["fsync", "link"])
    def test_a_full_disk_keeps_nothing_and_says_so(self, call: str, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        with monkeypatch.context() as patch:
            patch.setattr(os, call, full)
            with pytest.raises(Unavailable):
                self.files.write(ONE, self.key, [PIECE])
        assert self.names() == []
        self.files.write(ONE, self.key, [PIECE])

        assert self.content() == PIECE

    def test_a_name_that_did_not_reach_the_disk_is_taken_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        def fail(folder: Path) -> None:
            if folder.name == "11":
                raise OSError(errno.EIO, "Input/output error")

        monkeypatch.setattr(disk_files, "sync_folder", fail)
        with pytest.raises(Unavailable):
            self.files.write(ONE, self.key, [PIECE])

        assert self.names() == []

    def test_what_a_crash_left_half_written_goes_at_the_next_start(self) -> None:
        self.files.write(ONE, self.key, [PIECE])
        (self.folder / "11" / f"{ONE}-{'a' * 32}-unfinished").write_bytes(b"half")
        self.make(self.folder, self.cipher)

        assert self.names() == [ONE]

    def test_what_another_process_is_writing_is_left_alone(self) -> None:
        self.files.write(ONE, self.key, [PIECE])
        under_way = self.folder / "11" / f"{ONE}-{'a' * 32}-unfinished"
        under_way.write_bytes(b"half")
        DiskFiles(self.folder, self.cipher, "socialnamnden", alone=False)

        assert under_way.exists()

    def test_of_many_who_write_the_same_file_at_once_one_wins_whole(self) -> None:
        def write(writer: int) -> bool:
            try:
                self.files.write(ONE, self.key, [bytes([writer]) * 300_000])
            except AlreadyExists:
                return False
            return True

        with ThreadPoolExecutor(8) as pool:
            won = [writer for writer, wrote in enumerate(pool.map(write, range(8))) if wrote]

        assert len(won) == 1
        assert self.content() == bytes(won) * 300_000
        assert self.names() == [ONE]
