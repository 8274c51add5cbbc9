"""Sending something once: the same submission gives the same answer, however often and in parallel it comes."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from shared.domain.ids import SubmissionId
from shared.ports.store import Create, Value
from shared.records.sealing import SCHEMA
from shared.records.vault import Vault

KEPT: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Submission:
    """One rendered form that is sent: `owner` is the sender's person index or staff id, `content` what was sent."""

    owner: str
    id: SubmissionId
    content: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """What a submission led to: the id of what was made, and whether this very content made it.

    `first` is true for the call that wrote it. `same` is false when other content came under a used id:
    then nothing was written and `result` names what was received first.
    """

    result: str
    first: bool = True
    same: bool = True


class Submissions:
    """The memory of what has been sent, kept 30 days."""

    def __init__(self, vault: Vault) -> None:
        self._store = vault.store
        self._cipher = vault.cipher

    def remember(self, submission: Submission, result: str, now: datetime) -> Create:
        """The write that goes into the same batch as what the submission makes."""
        fields: dict[str, Value] = {
            "content": self._digest(submission),
            "result": result,
            "at": now,
            "expires_at": now + KEPT,
            "schema": SCHEMA,
        }
        return Create("idempotency", self._key(submission.owner, submission.id), fields)

    def recall(self, submission: Submission) -> Sent | None:
        """What this submission led to before, or None. One read."""
        document = self._store.get("idempotency", self._key(submission.owner, submission.id))
        if document is None:
            return None
        same = document.fields["content"] == self._digest(submission)
        return Sent(str(document.fields["result"]), first=False, same=same)

    def result_of(self, owner: str, id: SubmissionId) -> str | None:
        """The id of what the submission made, whatever its content was, or None. One read."""
        document = self._store.get("idempotency", self._key(owner, id))
        return None if document is None else str(document.fields["result"])

    def _key(self, owner: str, id: str) -> str:
        return self._cipher.index("submission", f"{len(owner)}:{owner}{id}")

    def _digest(self, submission: Submission) -> str:
        canonical = json.dumps(submission.content, sort_keys=True, separators=(",", ":"), default=_plain)
        return self._cipher.index("content", hashlib.sha256(canonical.encode()).hexdigest())


def _plain(value: object) -> str:
    """Days and instants as text; what could read differently in another process, as a set does, is a `TypeError`."""
    if isinstance(value, date):
        return str(value)
    raise TypeError(type(value))
