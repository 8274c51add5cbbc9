"""Writing a change of the directory: row, trail and head in one batch, so that two changes can never both be last."""

from collections.abc import Callable
from typing import Final

from shared.domain.directory import Directory, Entity
from shared.domain.directory_changes import DirectoryChange
from shared.ports.store import AlreadyExists, Conflict, Document, NotFound, Unavailable, Write
from shared.records.day_seals import COLLECTION as HEADS
from shared.records.directory_head import head_row, read_head
from shared.records.directory_rows import COLLECTION, entity_row, row_id
from shared.records.directory_store import HEAD, DirectoryStore
from shared.records.directory_trail import entry
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.vault import Vault

_TRIES: Final = 5


class DirectoryWrites:
    """The only writer of the directory once it is seeded."""

    def __init__(self, vault: Vault, directory: DirectoryStore, submissions: Submissions) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._ring = vault.ring
        self._clock = vault.clock
        self._directory = directory
        self._submissions = submissions

    def write(
        self,
        entity: Entity,
        seen: int | None,
        decide: Callable[[Directory], DirectoryChange],
        submission: Submission | None = None,
    ) -> Sent:
        """Decide from the whole directory as it stands, and write it; another change in between is decided anew.

        `seen` is the revision of the row that was read (0: there was none; None: whatever stands there). Raises
        `Conflict` when the row has changed since, and what `decide` raises. A submission sent before gives what it led
        to then.
        """
        for _ in range(_TRIES):
            self._directory.present()  # the first change of a new installation finds its head
            head = self._store.get(HEADS, HEAD)
            row = self._store.get(COLLECTION, row_id(entity))
            if (before := self.recalled(submission)) is not None:
                return before
            if head is None or (seen is not None and seen != (row.rev if row else 0)):
                raise Conflict(COLLECTION)
            writes = self._batch(head, row, decide(self._directory.whole(head)), submission)
            try:
                self._store.commit(writes)
            except (AlreadyExists, Conflict, NotFound):
                continue
            except Unavailable:
                if (before := self.recalled(submission)) is not None:
                    return before
                raise
            self._directory.look_again()
            return Sent(row_id(entity))
        raise Conflict(COLLECTION)

    def _batch(
        self, head: Document, row: Document | None, change: DirectoryChange, submission: Submission | None
    ) -> list[Write]:
        chain, key = read_head(head)
        self._ring.load([key])
        longer, audited = entry(chain, change)
        written = entity_row(change.after, row.rev if row else 0, longer.number, key)
        writes = [
            head_row(HEADS, HEAD, head.rev, longer, key).write(self._sealing), audited, written.write(self._sealing)
        ]  # fmt: skip
        if submission is not None:
            writes.append(self._submissions.remember(submission, row_id(change.after), self._clock.now()))
        return writes

    def recalled(self, submission: Submission | None) -> Sent | None:
        """What this submission led to before, or None."""
        return None if submission is None else self._submissions.recall(submission)
