"""The data folder of an installation on one machine: which files it holds, whose it is, and that one process writes."""

import shutil
from contextlib import suppress
from pathlib import Path

from shared.adapters.cannot_open import NoKeys, NoMasterKey, NotWritable, OtherStage
from shared.adapters.durable_files import create_durably
from shared.adapters.file_lock import FileLock
from shared.adapters.master_key import create_master_key, read_master_key
from shared.settings import Stage


class DataFolder:
    """An open data folder, locked until `close`; with `alone` false others may have it open so at the same time.

    A new folder is stamped with stage and tenant; a folder stamped otherwise raises `OtherStage`, one that another
    process has open `AlreadyOpen`, one on a disk that can not be written `NotWritable`.
    """

    def __init__(self, path: Path, stage: Stage, tenant: str, *, alone: bool = True) -> None:
        self.path = path
        self.stage = stage
        self.stamp = f"{stage.value} {tenant}"
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise NotWritable(f"Cannot make the data folder {path}: {error.strerror}.") from error
        self._lock = FileLock(path / "lock", f"The data folder {path}", shared=not alone)
        try:
            self._check_stamp()
        except BaseException:
            self._lock.release()
            raise

    @property
    def store(self) -> Path:
        """Documents."""
        return self.path / "store.db"

    @property
    def keys(self) -> Path:
        """Wrapped keys, apart from what they open."""
        return self.path / "keys.db"

    @property
    def alarms(self) -> Path:
        """Wake-up calls."""
        return self.path / "alarms.db"

    @property
    def files(self) -> Path:
        """Files too large for a document, each sealed."""
        return self.path / "files"

    @property
    def clock(self) -> Path:
        """How far the clock has been put forward; at stage demo only."""
        return self.path / "clock"

    @property
    def master_key_file(self) -> Path:
        """The file of the master key."""
        return self.path / "master.key"

    def master_key(self) -> bytes:
        """The master key, made at the first start of stage demo; otherwise `NoMasterKey` when there is none.

        Raises `NoKeys` for documents whose wrapped keys are gone: new ones would open nothing, and would take
        everybody known for somebody new.
        """
        if self.store.exists() and not self.keys.exists():
            raise NoKeys(f"The data in {self.store} has lost its keys; put {self.keys} back first.")
        if not self.master_key_file.exists():
            if self.stage is not Stage.DEMO or self.keys.exists():
                raise NoMasterKey(f"The master key {self.master_key_file} is missing; put it back or make one first.")
            with suppress(NoMasterKey):  # another who has the folder open was first
                create_master_key(self.master_key_file)
        return read_master_key(self.master_key_file)

    def empty(self) -> None:
        """Remove everything but the stamp, for a new start at stage demo; `OtherStage` at any other.

        Whoever has the folder's files open closes them first.
        """
        if self.stage is not Stage.DEMO:
            raise OtherStage("Only the data of stage demo can be thrown away.")
        for path in (self.store, self.keys, self.alarms, self.clock, self.master_key_file):
            for suffix in ("", "-wal", "-shm", "-lock"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
        if self.files.exists():
            shutil.rmtree(self.files)

    def close(self) -> None:
        """Let another process open the folder; a second call does nothing."""
        self._lock.release()

    def _check_stamp(self) -> None:
        stamp = self.path / "stamp"
        if not stamp.exists():
            with suppress(FileExistsError):
                create_durably(stamp, f"{self.stamp}\n".encode())
        found = stamp.read_text("utf-8").strip()
        if found != self.stamp:
            raise OtherStage(f"The data folder {self.path} belongs to '{found}', not to '{self.stamp}'.")
