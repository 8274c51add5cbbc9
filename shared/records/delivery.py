"""What gateways tell of a delivery: known by a secret of the message's own, and able to change nothing else.

The secret is derived from the message's id under a key of the house, so that nothing in the store could be used to
forge a report, and every try of a message has the same one.
"""

import hmac
import re
from typing import Final

from shared import log
from shared.domain import messages
from shared.domain.ids import MessageId
from shared.domain.messages import State
from shared.ports.keys import Cipher
from shared.ports.store import AlreadyExists, Conflict, NotFound
from shared.records.message_rows import read_message
from shared.records.message_writes import MessageWrites
from shared.records.outbox import Outbox
from shared.records.vault import Vault

PATH: Final = "/aterkoppling/"
_PURPOSE: Final = "delivery"
_SECRET: Final = re.compile(r"([0-9a-f]{32})([0-9a-f]{32})")
_TRIES: Final = 5


def report_path(id: MessageId, cipher: Cipher) -> str:
    """The path at which the message's delivery is told of; 128 bits of it can be known to its gateway alone."""
    return f"{PATH}{id}{cipher.index(_PURPOSE, id)}"


class Delivery:
    """Takes reports in."""

    def __init__(self, vault: Vault, outbox: Outbox) -> None:
        self._store = vault.store
        self._writes = MessageWrites(vault, outbox)
        self._cipher = vault.cipher
        self._clock = vault.clock

    def report(self, secret: str, state: State) -> bool:
        """The message with that secret is in this state now (sent, delivered or failed), as far as it goes forward.

        False when no message has that secret; without the right one nothing is read. `Unavailable` without a store:
        the gateway reports again.
        """
        parts = _SECRET.fullmatch(secret)
        if parts is None or not hmac.compare_digest(parts[2], self._cipher.index(_PURPOSE, parts[1])):
            return False
        for _ in range(_TRIES):
            document = self._store.get("messages", parts[1])
            if document is None:
                return False
            message = read_message(document)
            after = messages.reported(message, state, self._clock.now())
            if after == message:
                return True
            try:
                self._writes.write(after)  # what it leads to the sweep sends
            except (AlreadyExists, Conflict, NotFound):
                continue
            if after.state is State.FAILED:
                log.alarm("message.undelivered", kind=after.channel)
            return True
        raise Conflict("messages")
