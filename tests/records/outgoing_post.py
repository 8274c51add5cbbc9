"""Builders: a house whose messages go to a gateway that answers as it is told to, and that remembers what it took."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from shared.app import assemble
from shared.domain.ids import CaseId, MessageId
from shared.domain.messages import Channel, Message
from shared.domain.municipality import Municipality
from shared.domain.queries import MESSAGES_WAITING
from shared.ports.notices import Outgoing, Sender
from shared.ports.store import Document, Store
from shared.records.message_rows import message_row, read_message
from shared.records.sending import Outcome, Sending
from tests.cases import filed
from tests.houses import DEMO, HandClock, NotedAlarms, kept
from tests.people import MONDAY
from tests.records.reports import filed_case
from tests.towns import TOWN


class Gateway:
    """One way out. `answers` are used up first: an exception is raised, anything else is called with the message."""

    def __init__(self) -> None:
        self.connected = True
        self.taken: list[Outgoing] = []
        self.answers: list[BaseException | Callable[[Outgoing], None]] = []
        self.always: Exception | None = None
        self.asked = 0

    def send(self, out: Outgoing) -> None:
        """Take it, unless something else is said."""
        self.asked += 1
        answer = self.answers.pop(0) if self.answers else self.always
        if isinstance(answer, BaseException):
            raise answer
        self.taken.append(out)
        if answer is not None:
            answer(out)


class Post:
    """An installation over memory keepers: alarms ring when `pass_time` says so, sweeps run when they are asked to."""

    def __init__(self, store: Store | None = None, town: Municipality = TOWN, origin: str = DEMO.origin) -> None:
        self.clock = HandClock(MONDAY)
        self.alarms = NotedAlarms()
        self.house = assemble(DEMO, replace(kept(store, self.clock), alarms=self.alarms), town)
        self.sms, self.email = Gateway(), Gateway()
        self.senders: dict[Channel, Sender] = {Channel.SMS: self.sms, Channel.EMAIL: self.email}
        self.origin = origin
        self.paused = 0.0
        """Seconds that senders have let pass."""
        self.sending = self.another_sender()
        self.rung: set[str] = set()

    def another_sender(self) -> Sending:
        """A second process that sends from the same outbox."""
        return Sending(
            self.house._vault,
            self.house._outbox,
            self.senders,
            directory=self.house.directory,
            reach=self.house._reach,
            origin=self.origin,
            wait=self._pause,
        )

    def _pause(self, seconds: float) -> None:
        self.paused += seconds

    def report(self, *, acute: bool = False) -> CaseId:
        """A school's report comes in."""
        return filed_case(self.house, filed(acute=acute))

    def ring(self) -> None:
        """Every alarm that is due rings, also those that this sets."""
        while due := [
            one for one in self.alarms.wakes.values() if one.name not in self.rung and one.at <= self.clock.now()
        ]:
            for wake in due:
                self.rung.add(wake.name)
                if "message" in wake.payload:
                    self.sending.send(MessageId(wake.payload["message"]))
                else:
                    said = wake.payload
                    self.house.deadlines.ring(said["deadline"], int(said["epoch"]), int(said["hop"]))  # type: ignore[arg-type]

    def pass_time(self, span: timedelta, every: timedelta = timedelta(seconds=15)) -> None:
        """Time goes by and alarms ring; nobody sweeps."""
        end = self.clock.now() + span
        while self.clock.now() < end:
            self.clock.advance(every)
            self.ring()

    @property
    def messages(self) -> list[Message]:
        """Every message there is, oldest first."""
        inner: Any = self.house.store
        while not hasattr(inner, "_documents") and hasattr(inner, "_store"):
            inner = inner._store
        found = self._found(inner) if hasattr(inner, "_documents") else self._asked_for()
        return sorted(map(read_message, found), key=lambda one: (one.at, not one.urgent, one.id))

    def _found(self, inner: Any) -> Iterable[Document]:
        ids = [id for collection, id in inner._documents if collection == "messages"]
        return self.house.store.get_many("messages", ids).values()

    def _asked_for(self) -> Iterable[Document]:
        """From a store that shows nothing but what is asked for: at most a hundred of each."""
        for open in (True, False):
            yield from self.house.store.query(MESSAGES_WAITING, {"open": open}, limit=100).documents

    @property
    def page(self) -> Message:
        """The one message to the duty phone."""
        (found,) = (one for one in self.messages if one.urgent)
        return found

    def stored(self, message: Message) -> Message:
        """The message as it is now."""
        return read_message(self.document("messages", message.id))

    def document(self, collection: str, id: str) -> Document:
        document = self.house.store.get(collection, id)
        assert document is not None
        return document

    def write(self, message: Message) -> Message:
        """Somebody else writes the message."""
        self.house.store.commit([message_row(message).write(self.house._vault.sealing)])
        return self.stored(message)

    def send(self, message: Message) -> Outcome:
        return self.sending.send(message.id)
