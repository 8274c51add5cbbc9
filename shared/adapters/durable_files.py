"""Small files that a power cut leaves whole: as they were before, or as they were meant."""

import os
import uuid
from pathlib import Path


def write_durably(path: Path, content: bytes) -> None:
    """Put the content at `path`, for its owner alone (mode 0600); it is on the disk when this returns."""
    fresh = path.with_name(f"{path.name}-new")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())  # a name may reach the disk before what it names
    fresh.replace(path)
    sync_folder(path.parent)


def create_durably(path: Path, content: bytes, mode: int = 0o600) -> None:
    """Put the content at `path`, whole and for its owner alone; `FileExistsError` when something lies there."""
    fresh = path.with_name(f"{path.name}-{uuid.uuid4().hex}")
    try:
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.link(fresh, path)  # unlike a renaming, never over another
    finally:
        fresh.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(path: Path) -> None:
    """Wait until the names in the folder are on the disk, where a system lets that be asked."""
    if os.name != "posix":
        return
    folder = os.open(path, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
