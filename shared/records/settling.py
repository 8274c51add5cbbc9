"""Deciding again when somebody was faster: read, decide, write, and the same submission only once."""

from collections.abc import Callable
from typing import Final

from shared.domain.broken_rules import BrokenRule
from shared.domain.change import Change
from shared.ports.store import Conflict, Write
from shared.records.commits import Commits
from shared.records.submissions import Sent, Submission

_TRIES: Final = 4


def settle(commits: Commits, submission: Submission, result: str, build: Callable[[], Change], *also: Write) -> Sent:
    """Commit what `build` decides from what it reads afresh, with `also` in the batch.

    The same submission sent again gives what it led to the first time. Raises what `build` raises, and `Conflict`
    when others were faster four times, or have changed what `also` stands on.
    """
    for _ in range(_TRIES):
        try:
            return commits.commit(build(), submission, result, *also)
        except Conflict:
            continue
        except BrokenRule:
            if before := commits.before(submission):
                return before
            raise
    raise Conflict(result)
