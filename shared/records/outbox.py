"""The outbox: messages written in the batch of what causes them, and the alarms that get them sent after it."""

import hashlib
from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from shared import log
from shared.domain.deadlines import LONGEST_HOP, Deadline
from shared.domain.ids import PersonIndex
from shared.domain.letters import Letter
from shared.domain.message_routes import leaving
from shared.domain.messages import Channel, Message, wake_name
from shared.domain.notices import Notice
from shared.domain.objection_items import Objection
from shared.domain.quiet import QuietHours
from shared.domain.reminders import to_remind
from shared.domain.resident_messages import answer_message, letter_message, told_of, waiting_message
from shared.domain.safe_channels import channel_id
from shared.ports.alarms import Alarms, AlarmsUnavailable, Wake
from shared.ports.store import Write
from shared.records.directory_store import DirectoryStore
from shared.records.message_rows import message_row
from shared.records.safe_channel_rows import COLLECTION, is_confirmed
from shared.records.vault import Vault

_PASSING: Final = timedelta(hours=1)


class Outbox:
    """Turns notices, letters in an inbox, and answers in an own file, into messages on their way."""

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
        safe = self.reachable([one.recipient.index for one in told])
        if not safe:
            return []
        quiet, now = self.quiet, self._clock.now()
        return [letter_message(one, quiet, now) for one in told if one.recipient.index in safe]

    def answering(self, answered: Sequence[Objection]) -> list[Message]:
        """The messages that tell who has a confirmed safe channel of an answer just given in the own file.

        Two reads for each, none without any.
        """
        told = {one.person: one for one in answered if one.person is not None}
        safe = self.reachable(list(told))
        if not safe:
            return []
        quiet, now = self.quiet, self._clock.now()
        return [answer_message(told[one], one, quiet, now) for one in safe]

    def reminding(self, deadline: Deadline, person: PersonIndex | None) -> list[Message]:
        """The message that reminds the person whom the deadline waits for, if now is the time and a channel is safe.

        Three reads at most, and none for a deadline of ours.
        """
        now = self._clock.now()
        reminder = None if person is None else to_remind(deadline, now)
        if person is None or reminder is None or not self.reachable([person]):
            return []
        return [waiting_message(deadline, reminder, person, self.quiet, now)]

    def reachable(self, people: Sequence[PersonIndex]) -> frozenset[PersonIndex]:
        """Those of the people who have a confirmed safe channel. Two reads for each, none without any."""
        ids = {channel_id(one, way): one for one in people for way in Channel}
        found = self._store.get_many(COLLECTION, sorted(ids)) if ids else {}
        return frozenset(ids[id] for id, one in found.items() if is_confirmed(one))

    @property
    def quiet(self) -> QuietHours:
        """When nothing leaves. One read."""
        return self._directory.present().quiet

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
        at, now, name = message.next_try, self._clock.now(), wake_name(message)
        if message.urgent and at <= now:
            at -= _PASSING
        if at > now + LONGEST_HOP:  # so far ahead no alarm is set: it wakes on the way, and the next has another name
            at = now + LONGEST_HOP
            name = hashlib.sha256(f"{name}|{at.isoformat()}".encode()).hexdigest()[:32]
        return Wake(name, at, {"message": message.id})
