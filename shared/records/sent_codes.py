"""Codes on their way: each in a sealed row of its own, read when it is sent and gone when it has left.

What is kept of a code afterwards is a keyed index of it.
"""

from typing import Any, Final

from shared.domain.addressees import Addressee
from shared.domain.ids import MessageId
from shared.domain.messages import Channel
from shared.domain.safe_channels import CODE_LIFE, NewCode
from shared.ports.clock import Clock
from shared.ports.store import Delete, Store, Write
from shared.records.day_seals import CODE, COLLECTION, DaySeals

_BEGINNING: Final = "code-"


class SentCodes:
    """Keeps a code until its message has left, and 15 minutes at most."""

    def __init__(self, store: Store, seals: DaySeals, clock: Clock) -> None:
        self._store = store
        self._seals = seals
        self._clock = clock

    def write(self, new: NewCode, channel: Channel, code: str) -> Write:
        """What belongs in the batch of the message."""
        content = {"address": new.address, "channel": channel.value, "language": new.language, "code": code}
        expires_at = self._clock.now() + CODE_LIFE
        return self._seals.create(_id(new.message), {"kind": CODE, "expires_at": expires_at}, content)

    def addressee(self, message: MessageId) -> Addressee | None:
        """Where the code goes, by that channel alone, and what it is; None when it was taken back or has left."""
        document = self._store.get(COLLECTION, _id(message))
        content: Any = None if document is None else self._seals.open(document)
        if content is None:
            return None
        channel = Channel(content["channel"])
        return Addressee({channel: content["address"]}, frozenset({channel}), content["language"], content["code"])


def gone(message: MessageId) -> Write:
    """The write after which the code of this message is nowhere."""
    return Delete(COLLECTION, _id(message))


def _id(message: MessageId) -> str:
    return f"{_BEGINNING}{message}"
