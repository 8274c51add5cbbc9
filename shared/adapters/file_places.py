"""What every keeper of files agrees on: which ids there are, and for which place a file is sealed."""

import re
from collections.abc import Iterable
from typing import Final

from shared.domain.ids import FileId
from shared.ports.store import Refused

_ID: Final = re.compile(r"[0-9a-f]{32}")


def checked_id(id: FileId) -> FileId:
    """The id; `Refused` when it is none, so that no other path is ever reached by it."""
    if not _ID.fullmatch(id):
        raise Refused("A file's id is 32 hex digits.")
    return id


def ids_among(names: Iterable[str]) -> list[FileId]:
    """Those of the names that are ids of files."""
    return [FileId(name) for name in names if _ID.fullmatch(name)]


def file_place(tenant: str, id: FileId) -> tuple[str, ...]:
    """The place that a file's chunks are bound to, whoever keeps it."""
    return (tenant, "files", id)
