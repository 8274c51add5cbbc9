"""Messages that did not arrive, for the lead of the unit: seen, tried again or settled, each act in their own trail."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from shared.domain import access, messages
from shared.domain.broken_rules import NotAllowed
from shared.domain.ids import MessageId
from shared.domain.messages import Message, MessageAction
from shared.domain.principals import Principal
from shared.domain.queries import MESSAGES_TROUBLED, MESSAGES_TROUBLED_BY_URGENCY
from shared.ports.store import AlreadyExists, Conflict, Create, NotFound, Refused, Value
from shared.records.directory_store import DirectoryStore
from shared.records.message_rows import message_row, read_message
from shared.records.outbox import Outbox
from shared.records.sealing import SCHEMA
from shared.records.trail import actor, entry_id, link
from shared.records.vault import Vault

CAP: Final = 101
"""Counts stop here: 101 is read as "more than 100"."""
TRAIL: Final = "message_audit"
_TRIES: Final = 5
_URGENT: Final = "1"
_USUAL: Final = "2"
"""What a cursor begins with: the list that it goes on in."""


@dataclass(frozen=True, slots=True)
class TroubledPage:
    """One page, the urgent ones first and the newest first among each; `cursor` continues it."""

    messages: list[Message]
    cursor: str | None


class TroubledMessages:
    """The dead letters. They hold nothing about a person, so reading them is no disclosure."""

    def __init__(self, vault: Vault, outbox: Outbox, directory: DirectoryStore) -> None:
        self._vault = vault
        self._store = vault.store
        self._outbox = outbox
        self._directory = directory

    def page(self, principal: Principal, cursor: str | None = None) -> TroubledPage:
        """Those of the lead's own unit, `NotAllowed` for everybody else; `Refused` for a cursor that is not ours.

        The first page holds up to 25 of each: a page that failed must not lie behind a morning's reminders.
        """
        unit, (kind, place) = _unit(principal), _placed(cursor)
        if kind == _USUAL:
            return self._page(unit, place, urgent=False)
        urgent = self._page(unit, place, urgent=True)
        if urgent.cursor is not None:
            return urgent
        usual = self._page(unit, None, urgent=False)
        return TroubledPage([*urgent.messages, *usual.messages], usual.cursor)

    def _page(self, unit: str, place: str | None, *, urgent: bool) -> TroubledPage:
        shape = MESSAGES_TROUBLED_BY_URGENCY
        equals: dict[str, Value] = {"unit": unit, "troubled": True, "urgent": urgent}
        page = self._store.query(shape, equals, limit=shape.page, cursor=place)
        cursor = page.cursor and f"{_URGENT if urgent else _USUAL}{page.cursor}"
        return TroubledPage([read_message(one) for one in page.documents], cursor)

    def count(self, principal: Principal) -> int:
        """How many there are, at most 101. One read."""
        return self._store.count(MESSAGES_TROUBLED, {"unit": _unit(principal), "troubled": True}, cap=CAP)

    def again(self, principal: Principal, id: MessageId) -> None:
        """Try once more, from the beginning; a second call does nothing.

        `NotFound` when it is none of the unit's. When what it is about is done by then, it is dropped instead of sent.
        """
        now, quiet = self._vault.clock.now(), self._directory.present().quiet
        anew = self._act(principal, id, MessageAction.AGAIN, lambda one: messages.again(one, quiet, now), now)
        if anew is not None:
            self._outbox.wake([anew])

    def settle(self, principal: Principal, id: MessageId) -> None:
        """Somebody has seen to what it was about in another way; a second call does nothing. `NotFound` as above."""
        self._act(principal, id, MessageAction.HANDLED, messages.handled, self._vault.clock.now())

    def _act(
        self,
        principal: Principal,
        id: MessageId,
        action: MessageAction,
        decide: Callable[[Message], Message],
        now: datetime,
    ) -> Message | None:
        """The message after the act, or None when somebody was first."""
        unit = _unit(principal)
        for _ in range(_TRIES):
            document = self._store.get("messages", id)
            message = None if document is None else read_message(document)
            if message is None or message.unit != unit:
                raise NotFound(id)
            if not message.troubled:
                return None
            linked, entry = _entry(decide(message), action, principal, now)
            try:
                self._store.commit([message_row(linked).write(self._vault.sealing), entry])
            except (AlreadyExists, Conflict):
                continue
            return linked
        raise Conflict("messages")


def _entry(message: Message, action: MessageAction, by: Principal, at: datetime) -> tuple[Message, Create]:
    """The message with its own chain one link longer, and the entry."""
    number = message.entries + 1
    fields: dict[str, Value] = {
        "message": message.id,
        "number": number,
        "previous": message.head,
        "action": action.value,
        "at": at,
        "schema": SCHEMA,
        **actor(by),
    }
    return replace(message, entries=number, head=link(fields)), Create(TRAIL, entry_id(message.id, number), fields)


def _placed(cursor: str | None) -> tuple[str, str | None]:
    """Which of the two lists goes on, and where; the beginning without a cursor."""
    if cursor is None:
        return _URGENT, None
    if cursor[:1] not in {_URGENT, _USUAL}:
        raise Refused("no cursor of this list")
    return cursor[:1], cursor[1:]


def _unit(principal: Principal) -> str:
    unit = principal.unit
    if unit is None or not access.may_mend_messages(principal, unit):
        raise NotAllowed("not the lead of a unit")
    return unit
