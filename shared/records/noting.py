"""Notes what came of a try to send, also when the store is away for a moment just then.

The message was claimed before it was handed over. When the note is lost for good the claim stays, and whoever finds it
knows that the message may have left.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from shared import log
from shared.domain.messages import Message, State
from shared.ports.store import AlreadyExists, Conflict, NotFound, Store, Unavailable
from shared.records.message_rows import read_message
from shared.records.message_writes import MessageWrites
from shared.records.outbox import Outbox

_TRIES: Final = 5
_PAUSES: Final = (0.1, 0.5, 2.0, 5.0)
"""Seconds between tries while the store does not answer: far less than a claim lasts."""


class Noting:
    """The one who writes after a try; `wait` lets so many seconds pass."""

    def __init__(self, store: Store, writes: MessageWrites, outbox: Outbox, wait: Callable[[float], object]) -> None:
        self._store = store
        self._writes = writes
        self._outbox = outbox
        self._wait = wait

    def note(self, ours: Message, after: Message) -> Message:
        """Write `after`, what came of our try; the message as it then is.

        `Unavailable`, and an alarm, when the store stays away: the claim then tells that nobody knows.
        """
        for pause in _PAUSES:
            try:
                return self._settled(ours, after)
            except Unavailable:
                self._wait(pause)
        try:
            return self._settled(ours, after)
        except Unavailable as error:
            log.alarm("message.not_noted", error, kind=after.channel, outcome=after.state)
            raise

    def _settled(self, ours: Message, after: Message) -> Message:
        """A word from the gateway may have come before ours, and then holds."""
        for _ in range(_TRIES):
            try:
                leaving = self._writes.write(after)
            except NotFound:
                return after
            except (AlreadyExists, Conflict):
                document = self._store.get("messages", ours.id)
                if document is None:
                    return after
                found = read_message(document)
                if not found.open or (found.tries != ours.tries and after.state is not State.SENT):
                    return found
                after = _moved(after, found)
            else:
                self._outbox.wake([*leaving, after] if after.open else leaving)
                return after
        raise Conflict("messages")


def _moved(after: Message, found: Message) -> Message:
    """What came of our try, on top of what somebody else has written."""
    return replace(after, rev=found.rev, entries=found.entries, head=found.head)
