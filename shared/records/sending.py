"""Sends what lies in the outbox: claimed before it is handed over, so that two senders never both send it.

A crash between claim and answer leaves a message of which nobody knows whether it left. It is sent again, a bounded
number of times (`Message.most_unsure`).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from threading import Event
from time import monotonic
from typing import Any, Final

from shared import log
from shared.domain import addressees, messages
from shared.domain.addressees import Addressee
from shared.domain.ids import MessageId
from shared.domain.message_texts import place, words
from shared.domain.messages import KEPT_FOR, LATE_AFTER, Channel, Message, Reason, State
from shared.domain.queries import MESSAGES_SETTLED, MESSAGES_TO_SEND, MESSAGES_WAITING
from shared.domain.quiet import QuietHours
from shared.ports.notices import NotSent, NotTaken, Outgoing, Refused, Sender
from shared.ports.store import AlreadyExists, Conflict, Delete, NotFound, Unavailable, Value
from shared.records.companions import joined, older
from shared.records.delivery import report_path
from shared.records.directory_store import DirectoryStore
from shared.records.message_rows import read_message
from shared.records.message_writes import MessageWrites
from shared.records.noting import Noting
from shared.records.outbox import Outbox
from shared.records.reach import Reach
from shared.records.vault import Vault

_AT_ONCE: Final = 50
_LONGEST_SWEEP_S: Final = 40.0
_SOON: Final = timedelta(days=1)
_TICK: Final = timedelta(microseconds=1)


class Outcome(StrEnum):
    """What came of a call to send a message."""

    SENT = "sent"
    LATER = "later"
    """It could not be sent now; another try is set."""
    DEAD = "dead"
    DROPPED = "dropped"
    """There was nothing left to look at."""
    EARLY = "early"
    """It may not leave yet, or another sender has it."""
    OVER = "over"
    """It has left, or will not."""
    GONE = "gone"
    """There is no such message."""


_OF: Final[Mapping[State, Outcome]] = {
    State.WAITING: Outcome.LATER,
    State.SENT: Outcome.SENT,
    State.DEAD: Outcome.DEAD,
    State.DROPPED: Outcome.DROPPED,
}


@dataclass(frozen=True, slots=True)
class Backlog:
    """What waits: at most 100 are counted; `oldest` is the instant since which the oldest could have left."""

    waiting: int
    oldest: datetime | None

    def late(self, now: datetime) -> bool:
        """Whether something should have left more than 15 minutes ago."""
        return self.oldest is not None and now - self.oldest > LATE_AFTER


class Sending:
    """Claims, sends and notes; `origin` is where gateways tell of deliveries and residents log in, `wait` lets seconds
    pass.
    """

    def __init__(
        self,
        vault: Vault,
        outbox: Outbox,
        senders: Mapping[Channel, Sender],
        *,
        directory: DirectoryStore,
        reach: Reach,
        origin: str,
        elapsed: Callable[[], float] = monotonic,
        wait: Callable[[float], object] | None = None,
    ) -> None:
        self._store = vault.store
        self._writes = MessageWrites(vault, outbox)
        self._noting = Noting(vault.store, self._writes, outbox, wait or Event().wait)
        self._cipher = vault.cipher
        self._clock = vault.clock
        self._outbox = outbox
        self._senders = senders
        self._directory = directory
        self._reach = reach
        self._origin = origin
        self._elapsed = elapsed
        self._warned = False

    @property
    def unconnected(self) -> tuple[Channel, ...]:
        """The ways out of the house that are not there: what is to go by them waits, and dies in the end."""
        return tuple(channel for channel, sender in self._senders.items() if not sender.connected)

    def send(self, id: MessageId) -> Outcome:
        """Send the message if it is time and nobody else has it. `Unavailable` without a store: call again."""
        document = self._store.get("messages", id)
        if document is None:
            return Outcome.GONE
        message, now = read_message(document), self._clock.now()
        if not message.open:
            return Outcome.OVER
        if not messages.ready(message, now):
            self._outbox.wake([message])
            return Outcome.EARLY
        known = self._directory.present()
        to = self._reach.of(message, known)
        decided = self._decided(message, to, now)
        try:
            self._outbox.wake(self._writes.write(decided))
        except (AlreadyExists, Conflict, NotFound):
            return Outcome.EARLY
        decided = _written(decided)
        if decided.state is State.WAITING:
            self._outbox.wake([decided])
        elif decided.open and to is not None:
            decided = self._hand_over(decided, to, known.quiet)
        self._tell(decided)
        return _OF.get(decided.state, Outcome.OVER)

    def sweep(self) -> int:
        """Send what no alarm has sent, the longest due first; how many were looked at.

        Bounded in number and time, so that a dead gateway never keeps the next sweep waiting. Whoever watches over the
        operation is alarmed when something should have left 15 minutes ago.
        """
        began, now = self._elapsed(), self._clock.now()
        page = self._store.query(MESSAGES_TO_SEND, {"open": True}, limit=_AT_ONCE, stop=now + _TICK)
        looked_at = 0
        for document in page.documents:
            if self._elapsed() - began > _LONGEST_SWEEP_S:
                break
            self._send_one(MessageId(document.id))
            looked_at += 1
        self._forget(now)
        backlog = self.backlog()
        if backlog.late(self._clock.now()):
            log.alarm("messages.late", count=backlog.waiting)
        self._tell_of_no_way_out(backlog)
        return looked_at

    def _tell_of_no_way_out(self, backlog: Backlog) -> None:
        """An alarm while something waits, and a warning at the first sweep of every process."""
        for channel in self.unconnected:
            if backlog.waiting:
                log.alarm("messages.no_way_out", kind=channel)
            elif not self._warned:
                log.warn("messages.no_way_out", kind=channel)
        self._warned = True

    def backlog(self) -> Backlog:
        """What waits now, or may leave within a day: reminders of what is weeks away do not wait. At most two reads."""
        soon = self._clock.now() + _SOON
        oldest = self._store.query(MESSAGES_WAITING, {"open": True}, limit=1, stop=soon).documents
        if not oldest:
            return Backlog(0, None)
        count = self._store.count(MESSAGES_WAITING, {"open": True}, cap=100, stop=soon)
        since = oldest[0].fields["not_before"]
        return Backlog(count, since if isinstance(since, datetime) else None)

    def _forget(self, now: datetime) -> None:
        """Let go of what left, or was dropped or settled, a month ago."""
        over: dict[str, Value] = {"troubled": False, "open": False}
        page = self._store.query(MESSAGES_SETTLED, over, limit=MESSAGES_SETTLED.page, stop=now - KEPT_FOR)
        if page.documents:
            self._store.commit([Delete("messages", one.id) for one in page.documents])

    def _send_one(self, id: MessageId) -> None:
        try:
            self.send(id)
        except Unavailable:
            raise
        except (LookupError, TypeError, ValueError) as error:
            log.alarm("sweep.failed", error, collection="messages")

    def _decided(self, message: Message, to: Addressee | None, now: datetime) -> Message:
        """The message claimed for this sender, put behind another, or closed because it need not, or may not, go."""
        if closed := self._closed(message, now):
            return closed
        if first := older(message, self._store):
            return messages.behind(message, first, now)
        channel = addressees.choose(message, to, [one for one in Channel if one not in self.unconnected])
        if isinstance(channel, Reason):
            return addressees.unreachable(message, channel)
        return messages.claimed(message, channel, now)

    def _closed(self, message: Message, now: datetime) -> Message | None:
        running, assigned = self._case(message)
        if not addressees.worth_sending(message, running, assigned=assigned):
            return messages.dropped(message)
        if now >= message.gives_up_at:
            return messages.dead(message, Reason.TOO_LATE)
        if messages.lost(message):
            return messages.dead(message, Reason.UNCLEAR)
        return joined(message, self._store)

    def _case(self, message: Message) -> tuple[set[str] | None, bool]:
        """The names of the clocks that run in the message's case, None without a case; whether it has a caseworker."""
        document = self._store.get("cases", message.case)
        if document is None:
            return None, False
        fields: Any = document.fields
        running = {name for name, clock in fields["clocks"].items() if clock["state"] == "running"}
        return running, bool(fields["assignee"])

    def _hand_over(self, message: Message, to: Addressee, quiet: QuietHours) -> Message:
        """The claimed message after it was handed over, or after it was not; noted."""
        said = words(message.template, to.language).filled(place=place(self._origin), code=to.code, when=to.when)
        report_to = f"{self._origin}{report_path(message.id, self._cipher)}" if message.channel is Channel.SMS else ""
        out = Outgoing(message.id, to.addresses[message.channel], said.subject, said.text, report_to, message.urgent)
        refusal = self._refusal(message, out)
        now = self._clock.now()
        match refusal:
            case None:
                after = messages.sent(message, now)
            case Refused():
                after = messages.dead(message, Reason.REFUSED)
            case NotTaken():
                after = messages.tried(message, quiet, now)
            case _:
                after = messages.tried(message, quiet, now, unsure=True)
        return self._noting.note(message, after)

    def _refusal(self, message: Message, out: Outgoing) -> NotSent | None:
        """None when it was taken, else why it was not."""
        try:
            self._senders[message.channel].send(out)
        except NotSent as error:
            log.warn("message.not_sent", error=type(error).__name__, kind=message.channel, code=error.code)
            return error
        except Exception as error:  # noqa: BLE001 - a defect in one way out must not hold up the others
            log.alarm("message.failed", error, kind=message.channel)
            return NotSent()
        return None

    def _tell(self, message: Message) -> None:
        if message.state is State.DEAD and not message.waited_for:
            log.alarm("message.dead", kind=message.channel, code=message.reason, count=message.tries)
        else:
            log.info("message.looked_at", outcome=message.state, kind=message.channel, count=message.tries)


def _written(message: Message) -> Message:
    """The message as it is stored after it was written."""
    return replace(message, rev=message.rev + 1)
