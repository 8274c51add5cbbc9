"""What a start needs survives a power cut: content first, then its name, then the folder that holds the name."""

import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from shared.adapters.clock import AdjustableClock
from shared.adapters.data_folder import DataFolder
from shared.adapters.durable_files import create_durably, write_durably
from shared.adapters.master_key import create_master_key
from shared.demo.eid_key import eid_key
from shared.settings import Stage
from tests.contracts.store_races import at_once


def put_clock_forward(folder: Path) -> None:
    AdjustableClock(folder / "clock").advance(timedelta(days=1))


def stamp(folder: Path) -> None:
    DataFolder(folder, Stage.DEMO, "socialnamnden").close()


def order_of(write: Callable[[Path], object], folder: Path, name: str, watch: pytest.MonkeyPatch) -> list[str]:
    """What reached the disk in which order: the file's content, its name, the folder."""
    flushed: list[int] = []
    sync, replace, link = os.fsync, os.replace, os.link

    def note_sync(file: int) -> None:
        flushed.append(os.fstat(file).st_ino)
        sync(file)

    def note_name(old: Path, new: Path) -> None:
        flushed.append(0)
        replace(old, new)

    def note_new_name(old: Path, new: Path) -> None:
        flushed.append(0)
        link(old, new)

    watch.setattr(os, "fsync", note_sync)
    watch.setattr(os, "replace", note_name)
    watch.setattr(os, "link", note_new_name)
    write(folder)
    names = {(folder / name).stat().st_ino: "content", 0: "name", folder.stat().st_ino: "folder"}
    return [names[one] for one in flushed]


@pytest.mark.parametrize(
    ("write", "name"),
    [(put_clock_forward, "clock"), (stamp, "stamp"), (eid_key, "test-eid.pem")],
    ids=["clock", "stamp", "test-eid"],
)
def test_a_power_cut_finds_the_old_file_or_the_new_one_and_never_an_empty_one(
    write: Callable[[Path], object], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert order_of(write, tmp_path, name, monkeypatch) == ["content", "name", "folder"]


def test_a_master_key_is_on_the_disk_before_anything_is_sealed_under_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    order = order_of(lambda folder: create_master_key(folder / "master.key"), tmp_path, "master.key", monkeypatch)
    assert order == ["content", "name", "folder"]


def test_what_an_interrupted_writing_left_behind_is_no_hindrance(tmp_path: Path) -> None:
    (tmp_path / "clock-new").write_bytes(b"half")
    (tmp_path / "clock-new").chmod(0o644)
    write_durably(tmp_path / "clock", b"1")
    assert (tmp_path / "clock").read_bytes() == b"1"
    assert [path.name for path in tmp_path.iterdir()] == ["clock"]
    assert (tmp_path / "clock").stat().st_mode & 0o077 == 0


def test_of_many_who_make_a_file_at_once_one_makes_it_and_the_others_are_told(tmp_path: Path) -> None:
    def make(writer: int) -> bool:
        try:
            create_durably(tmp_path / "stamp", str(writer).encode())
        except FileExistsError:
            return False
        return True

    won = at_once(8, make)

    assert won.count(True) == 1
    assert (tmp_path / "stamp").read_text() == str(won.index(True))
    assert [path.name for path in tmp_path.iterdir()] == ["stamp"]
