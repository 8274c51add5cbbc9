"""Messages to the same recipient in the same words: twenty reminders at eight in the morning leave as one."""

from datetime import timedelta

from shared.domain import messages
from shared.domain.messages import Message, Reason, State
from shared.domain.queries import MESSAGES_OPEN_TO, MESSAGES_SENT_TO
from shared.ports.store import Store, Value
from shared.records.message_rows import read_message

_ARRIVED = frozenset({State.SENT, State.DELIVERED})
_LOOKED_AT = 5
_TICK = timedelta(microseconds=1)


def joined(message: Message, store: Store) -> Message | None:
    """The message dropped because the same words have left since its event; None when it has to go."""
    if not message.joins:
        return None
    same: dict[str, Value] = {"to": message.recipient.id, "template": message.template.value}
    since = store.query(MESSAGES_SENT_TO, same, limit=_LOOKED_AT, start=message.at + _TICK).documents
    if any(read_message(one).state in _ARRIVED for one in since):
        return messages.dropped(message, Reason.SAID)
    return None


def older(message: Message, store: Store) -> Message | None:
    """The oldest message to the same recipient in the same words that still has to go, when it is not this one."""
    if not message.joins:
        return None
    same: dict[str, Value] = {"to": message.recipient.id, "template": message.template.value, "open": True}
    first = store.query(MESSAGES_OPEN_TO, same, limit=1).documents
    return read_message(first[0]) if first and first[0].id != message.id else None
