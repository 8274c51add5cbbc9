"""Writing a meeting when others write in the same diary: read, decide, write, and the same submission only once."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Final

from shared.domain.broken_rules import BrokenRule
from shared.ports.keys import KeyGone
from shared.ports.store import AlreadyExists, Conflict, NotFound, Unavailable, Write
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.vault import Vault

_TRIES: Final = 60
"""So many bookings with one staff member may be written between our reading and our writing."""


class BookingSettling:
    """Tries anew until nobody was faster."""

    def __init__(self, vault: Vault, submissions: Submissions) -> None:
        self._store = vault.store
        self._clock = vault.clock
        self._submissions = submissions

    def settle(self, submission: Submission, result: str, build: Callable[[datetime], Sequence[Write]]) -> Sent:
        """Commit what `build` decides from what it reads afresh, and remember the submission in the same batch.

        Raises what `build` raises, `Conflict` when others were faster sixty times, and `Unavailable` when the outcome
        is unknown.
        """
        for _ in range(_TRIES):
            if sent := self._submissions.recall(submission) or self._tried(submission, result, build):
                return sent
        raise Conflict(result)

    def _tried(self, submission: Submission, result: str, build: Callable[[datetime], Sequence[Write]]) -> Sent | None:
        now = self._clock.now()
        try:
            writes = build(now)
        except (Conflict, KeyGone):
            return None  # what the person held was let go of after it was read, and its key with it
        except BrokenRule:
            if before := self._submissions.recall(submission):
                return before
            raise
        try:
            self._store.commit([*writes, self._submissions.remember(submission, result, now)])
        except (AlreadyExists, Conflict, NotFound):
            return None
        except Unavailable:
            if before := self._submissions.recall(submission):
                return before
            raise
        return Sent(result)
