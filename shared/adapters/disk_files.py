"""Files in a folder of one machine, sealed, one file each: there whole or not there."""

import errno
import os
import uuid
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from shared.adapters.durable_files import sync_folder
from shared.adapters.file_places import checked_id, file_place, ids_among
from shared.adapters.sealed_chunks import Counted, opened_chunks, sealed_chunks
from shared.domain.ids import FileId, KeyId
from shared.ports.files import MOST_KEPT
from shared.ports.keys import Cipher
from shared.ports.store import AlreadyExists, NotFound, Unavailable

_UNFINISHED: Final = "-unfinished"


class DiskFiles:
    """`Files` under `folder`, which this process writes to `alone`: what a crash left half written goes at the start.

    Where others write there too, it stays.
    """

    def __init__(self, folder: Path, cipher: Cipher, tenant: str, *, alone: bool = True) -> None:
        self._folder = folder
        self._cipher = cipher
        self._tenant = tenant
        _make(folder)
        for path in folder.glob(f"*/*{_UNFINISHED}") if alone else ():
            path.unlink()

    def write(self, id: FileId, key: KeyId, content: Iterable[bytes]) -> int:
        """Seal and keep the content; how many bytes it is. On the disk, and whole, on return."""
        path = self._path(id)
        if path.exists():
            raise AlreadyExists(id)
        count = Counted(content)
        try:
            _make(path.parent)
            _write(path, sealed_chunks(self._cipher, key, file_place(self._tenant, id), count))
        except FileExistsError as error:
            raise AlreadyExists(id) from error
        except OSError as error:
            raise Unavailable(f"The disk did not take the file: {errno.errorcode.get(error.errno or 0)}.") from error
        return count.bytes

    def read(self, id: FileId, key: KeyId) -> Iterator[bytes]:
        """The content in pieces of at most 1 MiB, each checked before it is given."""
        try:
            with self._path(id).open("rb") as file:
                yield from opened_chunks(self._cipher, key, file_place(self._tenant, id), file)
        except FileNotFoundError as error:
            raise NotFound(id) from error
        except OSError as error:
            raise Unavailable("The disk did not give the file.") from error

    def delete(self, id: FileId) -> None:
        """Let go of the file. A second call does nothing."""
        path = self._path(id)
        try:
            with suppress(FileNotFoundError):
                path.unlink()
                sync_folder(path.parent)
        except OSError as error:
            raise Unavailable("The disk did not let go of the file.") from error

    def kept(self, after: str = "") -> list[FileId]:
        """The ids of the next 100 files, in their order."""
        found: list[FileId] = []
        try:
            for folder in sorted(one for one in self._folder.iterdir() if one.name >= after[:2]):
                found += sorted(id for id in ids_among(one.name for one in folder.iterdir()) if id > after)
                if len(found) >= MOST_KEPT:
                    break
        except OSError as error:
            raise Unavailable("The disk did not tell its files.") from error
        return found[:MOST_KEPT]

    def _path(self, id: FileId) -> Path:
        checked = checked_id(id)
        return self._folder / checked[:2] / checked


def _make(folder: Path) -> None:
    if not folder.exists():
        folder.mkdir(mode=0o700, exist_ok=True)
        sync_folder(folder.parent)


def _write(path: Path, pieces: Iterable[bytes]) -> None:
    fresh = path.with_name(f"{path.name}-{uuid.uuid4().hex}{_UNFINISHED}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.writelines(pieces)
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)  # unlike a renaming, never over another
    finally:
        fresh.unlink(missing_ok=True)
    try:
        sync_folder(path.parent)
    except OSError:
        path.unlink()
        raise
