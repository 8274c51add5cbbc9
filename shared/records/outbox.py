"""The outbox: messages written in the batch of what causes them, and the alarms that get them sent after it."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from shared import log
from shared.domain.letters import Letter
from shared.domain.message_routes import leaving
from shared.domain.messages import Channel, Message, wake_name
from shared.domain.notices import Notice
from shared.domain.resident_messages import letter_message, told_of
from shared.domain.safe_channels import channel_id
from shared.ports.alarms import Alarms, AlarmsUnavailable, Wake
from shared.ports.store import Write
from shared.records.directory_store import DirectoryStore
from shared.records.message_rows import message_row
from shared.records.safe_channel_rows import COLLECTION, is_confirmed
from shared.records.vault import Vault

_PASSING: Final = timedelta(hours=1)


class Outbox:
    """Turns notices, and letters in an inbox, into messages on their way."""

    def __init__(self, vault: Vault, alarms: Alarms, directory: DirectoryStore) -> None:
        self._store = vault.store
        self._sealing = vault.sealing
        self._clock = vault.clock
        self._alarms = alarms
        self._directory = directory

    def new(self, notices: Sequence[Notice]) -> list[Message]:
        """The messages that are to tell of these notices and are not there yet. No read when there are none."""
        if not notices:
            return []
        wanted = leaving(notices, self._directory.present(), self._clock.now())
        there = self._store.get_many("messages", [one.id for one in wanted])
        return [one for one in wanted if one.id not in there]

    def about(self, letters: Sequence[Letter]) -> list[Message]:
        """The messages that tell who has a confirmed safe channel of a letter just put in the inbox.

        Two reads for each such letter, none without any.
        """
        told = [one for one in letters if told_of(one)]
        if not told:
            return []
        ids = {one.id: [channel_id(one.recipient.index, way) for way in Channel] for one in told}
        found = self._store.get_many(COLLECTION, sorted({id for several in ids.values() for id in several}))
        safe = {id for id, one in found.items() if is_confirmed(one)}
        if not safe:
            return []
        quiet, now = self._directory.present().quiet, self._clock.now()
        return [letter_message(one, quiet, now) for one in told if safe.intersection(ids[one.id])]

    def writes(self, messages: Sequence[Message]) -> list[Write]:
        """What belongs in the batch."""
        return [message_row(one).write(self._sealing) for one in messages]

    def wake(self, messages: Sequence[Message]) -> None:
        """Have each looked at when it may leave. Never fails: the sweep finds every message that has not left."""
        if not messages:
            return
        try:
            self._alarms.arm([self._wake(one) for one in messages])
        except AlarmsUnavailable as error:
            log.alarm("alarms.unavailable", error, count=len(messages))

    def _wake(self, message: Message) -> Wake:
        """The alarm of the next try. A page that is due passes whatever else is due: alarms ring the oldest first."""
        at = message.next_try
        if message.urgent and at <= self._clock.now():
            at -= _PASSING
        return Wake(wake_name(message), at, {"message": message.id})
