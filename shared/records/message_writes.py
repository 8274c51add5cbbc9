"""Writing how far a message has come; with a page that did not arrive, the lead is told in the same batch.

A code that has left, or never will, is deleted with it.
"""

from shared.domain.message_routes import unreached
from shared.domain.messages import Message
from shared.records.item_rows import notice_row
from shared.records.message_rows import message_row
from shared.records.outbox import Outbox
from shared.records.sent_codes import gone
from shared.records.vault import Vault


class MessageWrites:
    """The one writer of messages that are on their way."""

    def __init__(self, vault: Vault, outbox: Outbox) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._outbox = outbox

    def write(self, message: Message) -> list[Message]:
        """Write the message as it is now; the new messages that this leads to, which nobody has been woken for yet.

        Raises `Conflict`, `NotFound` or `AlreadyExists` when it has changed since it was read.
        """
        notice = unreached(message, self._clock.now())
        told = [] if notice is None or self._store.get("notices", notice.id) is not None else [notice]
        leaving = self._outbox.new(told)
        rows = [message_row(message), *map(notice_row, told)]
        over = [gone(message.id)] if message.waited_for and not message.open else []
        self._store.commit([*(row.write(self._sealing) for row in rows), *over, *self._outbox.writes(leaving)])
        return leaving
