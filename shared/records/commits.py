"""Writing a change: everything one decision means, in one atomic batch, sent once."""

from shared.domain.change import Change
from shared.domain.deadlines import Deadline
from shared.domain.letters import Letter
from shared.domain.notices import Notice
from shared.ports.store import AlreadyExists, Conflict, NotFound, Unavailable, Write
from shared.records.change_writes import ChangeWrites
from shared.records.deadlines import Deadlines
from shared.records.outbox import Outbox
from shared.records.submissions import Sent, Submission, Submissions
from shared.records.vault import Vault


class Commits:
    """The only writer of case data, but for what an invited person does to the own meeting (`InvitationWrites`)."""

    def __init__(self, vault: Vault, submissions: Submissions, deadlines: Deadlines, outbox: Outbox) -> None:
        self._store = vault.store
        self._writes = ChangeWrites(vault)
        self._submissions = submissions
        self._deadlines = deadlines
        self._outbox = outbox

    def commit(self, change: Change, submission: Submission, result: str, *also: Write) -> Sent:
        """Write the change, its trail, its event, clocks, messages and the submission's memory; then set the alarms.

        `result` is the id the answer page shows; `also` are writes that belong in the batch (a draft that goes).
        A submission sent before gives what it led to then. Raises `Conflict` when a case or item has changed
        since it was read and `Unavailable` when the outcome is unknown and could not be read back.
        """
        leaving = [
            *self._outbox.new([item for item in change.items if isinstance(item, Notice) and item.rev == 0]),
            *self._outbox.about([item for item in change.items if isinstance(item, Letter)]),
            *self._outbox.answering(change.answered),
        ]
        batch = [*self._writes.of(change), *self._outbox.writes(leaving)]
        try:
            self._store.commit([*batch, self._submissions.remember(submission, result, change.at), *also])
        except (AlreadyExists, Conflict, NotFound) as error:
            if before := self._submissions.recall(submission):
                return before
            raise Conflict(str(change.action)) from error
        except Unavailable:
            if before := self._submissions.recall(submission):
                return before
            raise
        self._deadlines.arm([item for item in change.items if isinstance(item, Deadline) and item.rev == 0])
        self._outbox.wake(leaving)
        return Sent(result)

    def before(self, submission: Submission) -> Sent | None:
        """What the very same submission led to before, or None."""
        before = self._submissions.recall(submission)
        return before if before is not None and before.same else None
