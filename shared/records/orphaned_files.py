"""Content that nothing can open any more: a crash between a key that goes and its content leaves it behind.

Keys lead to every file that still has one. What lies there without is found the other way, by walking the files. One
without a row or a key goes when the walk of a day later finds it so again: a file is written before its row, and parts
of an upload have no row of their own within the day that they have. In doubt a file stays.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final

from shared import log
from shared.domain.ids import FileId, KeyId
from shared.ports.files import MOST_KEPT, Files
from shared.ports.keys import KeyGone
from shared.ports.store import AlreadyExists, Conflict, Create, Document, Replace, Value
from shared.records.attachment_rows import ATTACHMENTS
from shared.records.sealing import SCHEMA
from shared.records.vault import Vault

ROUND: Final = timedelta(hours=26)
"""Longer than an upload lives, so that a part that was met twice belongs to none."""
MANY: Final = 20
"""More orphans than this among a hundred are not left by crashes: the store is not the one that was."""
SUSPECTS: Final = 500
"""So many are remembered; the others are met again in a later round."""
HOLDERS: Final[Mapping[str, str]] = {ATTACHMENTS: "file_key", "decisions": "key"}
"""Where the row of a file with the same id lies, and which of its fields names the file's key."""
_PLACE: Final = "files"


class OrphanedFiles:
    """Walks through what is kept, one page in each run."""

    def __init__(self, vault: Vault, files: Files) -> None:
        self._store = vault.store
        self._ring = vault.ring
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._files = files

    def sweep(self) -> int:
        """Look at the next 100 files, unless the last round began less than 26 hours ago; how many were let go of."""
        now, before = self._clock.now(), self._store.get("sweeps", _PLACE)
        began_at, after, met, meeting = _read(before)
        if after is None:
            if began_at is not None and now - began_at < ROUND:
                return 0
            began_at, after, met, meeting = now, "", meeting, []
        page = self._files.kept(after)
        orphans = self._orphans(page)
        gone = self._let_go([id for id in orphans if id in met])
        meeting = [*meeting, *(id for id in orphans if id not in gone)][:SUSPECTS]
        following = page[-1] if len(page) == MOST_KEPT else None
        self._remember(
            before, {"began_at": began_at, "after": following, "met": list[Value](met), "meeting": list[Value](meeting)}
        )
        return len(gone)

    def _orphans(self, page: Sequence[FileId]) -> list[FileId]:
        if not page:
            return []
        keys: dict[str, KeyId] = {}
        for collection, field in HOLDERS.items():
            for id, row in self._store.get_many(collection, page).items():
                keys[id] = KeyId(str(row.fields[field]))
        self._ring.load(sorted(set(keys.values())))
        return [id for id in page if id not in keys or not self._is_there(keys[id])]

    def _is_there(self, key: KeyId) -> bool:
        try:
            self._cipher.seal(key, b"", (_PLACE,))
        except KeyGone:
            return False
        return True

    def _let_go(self, orphans: list[FileId]) -> list[FileId]:
        if len(orphans) > MANY:
            log.alarm("files.many_orphans", count=len(orphans))
            return []
        for id in orphans:
            self._files.delete(id)
        if orphans:
            log.warn("files.orphans", count=len(orphans))
        return orphans

    def _remember(self, before: Document | None, fields: dict[str, Value]) -> None:
        kept: dict[str, Value] = {**fields, "schema": SCHEMA}
        try:
            self._store.commit(
                [Replace("sweeps", _PLACE, before.rev, kept) if before else Create("sweeps", _PLACE, kept)]
            )
        except (AlreadyExists, Conflict):
            return  # two sweeps at once have looked at the same files


def _read(before: Document | None) -> tuple[datetime | None, str | None, list[str], list[str]]:
    """When this round began, after which file it goes on (None: it is done), and the orphans of the last and this."""
    if before is None:
        return None, None, [], []
    fields: Any = before.fields
    return fields["began_at"], fields["after"], fields["met"], fields["meeting"]
