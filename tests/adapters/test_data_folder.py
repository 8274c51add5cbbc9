"""A data folder belongs to one stage, one board and one process; whoever errs gets one clear line."""

import os
from pathlib import Path

import pytest

from shared.adapters.cannot_open import AlreadyOpen, CannotOpen, NoKeys, NoMasterKey, NotWritable, OtherStage
from shared.adapters.data_folder import DataFolder
from shared.adapters.master_key import create_master_key, read_master_key
from shared.settings import Stage
from tests.contracts.store_races import at_once


def opened(path: Path, stage: Stage = Stage.DEMO, tenant: str = "socialnamnden") -> DataFolder:
    """The folder, open."""
    return DataFolder(path / "var", stage, tenant)


def one_line(error: pytest.ExceptionInfo[CannotOpen]) -> bool:
    """Whether the error can be shown to a person as one line."""
    return 20 < len(str(error.value)) < 400 and "\n" not in str(error.value)


def test_a_folder_is_opened_again_after_it_was_closed(tmp_path: Path) -> None:
    opened(tmp_path).close()
    folder = opened(tmp_path)
    folder.close()
    folder.close()


def test_a_folder_is_open_in_one_process_only(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    with pytest.raises(AlreadyOpen) as error:
        opened(tmp_path)
    assert one_line(error)
    folder.close()
    opened(tmp_path).close()


@pytest.mark.parametrize(("stage", "tenant"), [(Stage.PRODUCTION, "socialnamnden"), (Stage.DEMO, "annan")])
def test_a_folder_of_another_stage_or_board_is_refused(tmp_path: Path, stage: Stage, tenant: str) -> None:
    opened(tmp_path).close()
    with pytest.raises(OtherStage) as error:
        opened(tmp_path, stage, tenant)
    assert one_line(error)
    opened(tmp_path).close()


def test_a_place_that_can_not_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file, not a folder")
    with pytest.raises(NotWritable) as error:
        opened(tmp_path)
    assert one_line(error)


def test_only_the_owner_may_enter_the_folder(tmp_path: Path) -> None:
    opened(tmp_path).close()
    assert os.name != "posix" or (tmp_path / "var").stat().st_mode & 0o777 == 0o700


def test_stage_demo_makes_its_master_key_once(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    key = folder.master_key()
    assert len(key) == 32
    assert folder.master_key() == key
    assert os.name != "posix" or folder.master_key_file.stat().st_mode & 0o777 == 0o400
    folder.close()


def test_production_does_not_start_without_its_master_key(tmp_path: Path) -> None:
    folder = opened(tmp_path, Stage.PRODUCTION)
    with pytest.raises(NoMasterKey) as error:
        folder.master_key()
    assert one_line(error)
    create_master_key(folder.master_key_file)
    assert folder.master_key() == read_master_key(folder.master_key_file)
    folder.close()


def test_a_lost_master_key_is_not_silently_replaced(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    folder.keys.write_bytes(b"keys wrapped by the lost one")
    with pytest.raises(NoMasterKey):
        folder.master_key()
    folder.close()


def test_documents_without_their_keys_are_not_given_new_ones(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    folder.master_key()
    folder.store.write_bytes(b"documents sealed under keys that are gone")
    with pytest.raises(NoKeys) as error:
        folder.master_key()
    assert one_line(error)
    folder.close()


def test_a_master_key_is_never_written_over(tmp_path: Path) -> None:
    create_master_key(tmp_path / "master.key")
    before = read_master_key(tmp_path / "master.key")
    with pytest.raises(NoMasterKey):
        create_master_key(tmp_path / "master.key")
    assert read_master_key(tmp_path / "master.key") == before


@pytest.mark.parametrize("text", ["", "00" * 31, "00" * 33, "xyz", "å" * 64])
def test_a_damaged_master_key_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "master.key"
    path.write_text(text, "utf-8")
    path.chmod(0o400)
    with pytest.raises(NoMasterKey) as error:
        read_master_key(path)
    assert one_line(error)


def test_a_master_key_that_others_may_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "master.key"
    create_master_key(path)
    path.chmod(0o644)
    if os.name == "posix":
        with pytest.raises(NoMasterKey):
            read_master_key(path)


def test_demo_data_can_be_thrown_away_and_production_data_can_not(tmp_path: Path) -> None:
    folder = opened(tmp_path)
    key = folder.master_key()
    for path in (folder.store, folder.keys, folder.alarms, folder.clock):
        path.write_bytes(b"x")
    folder.empty()
    assert {path.name for path in folder.path.iterdir()} == {"lock", "stamp"}
    assert folder.master_key() != key
    folder.close()
    production = DataFolder(tmp_path / "other", Stage.PRODUCTION, "socialnamnden")
    production.store.write_bytes(b"x")
    with pytest.raises(OtherStage):
        production.empty()
    assert production.store.exists()
    production.close()


def test_several_who_say_so_have_a_folder_open_together_and_with_one_key(tmp_path: Path) -> None:
    def open_and_read(_: int) -> bool:
        folder = DataFolder(tmp_path, Stage.DEMO, "socialnamnden", alone=False)
        keys.add(folder.master_key())
        with pytest.raises(AlreadyOpen):
            DataFolder(tmp_path, Stage.DEMO, "socialnamnden")
        folder.close()
        return True

    keys: set[bytes] = set()

    assert all(at_once(6, open_and_read))
    assert len(keys) == 1
    DataFolder(tmp_path, Stage.DEMO, "socialnamnden").close()
