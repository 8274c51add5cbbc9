"""Builders: cases with a clock each, an unreliable keeper of alarms, and time that goes by."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from shared.app import assemble
from shared.domain import deadlines
from shared.domain.deadlines import Deadline
from shared.domain.ids import CaseId, DeadlineId, MessageId, StaffId
from shared.domain.notices import Notice
from shared.domain.queries import NOTICES_OF_ROLE, NOTICES_OF_STAFF
from shared.ports.alarms import Alarms
from shared.ports.store import Create, Document, Replace, Store, Value
from shared.records.deadlines import Outcome, deadline_row, read_deadline
from shared.records.item_rows import read_notice
from shared.records.sealing import Sealing
from tests.contracts.alarms_unreliable import UnreliableAlarms
from tests.houses import DEMO, HandClock, kept
from tests.people import UNIT, Ids

ANNA = StaffId("anna.exempel")
WEDNESDAY = datetime(2026, 11, 4, 8, 0, tzinfo=UTC)
"""Nine o'clock in Stockholm; fourteen days later is Wednesday 18 November."""


class Watch:
    """Everything that guards the deadlines of one case."""

    def __init__(self, store: Store | None = None, seed: int = 0) -> None:
        self.clock = HandClock(WEDNESDAY)
        self.alarms = UnreliableAlarms(self.clock, seed)
        self.house = assemble(DEMO, replace(kept(store, self.clock), alarms=self.alarms))
        self.deadlines = self.house.deadlines
        self.sweep = self.house.sweep
        self.store = self.house.store
        self.fresh = Ids()

    def keep_alarms_in(self, alarms: Alarms) -> None:
        """From now on another keeper has the alarms."""
        self.deadlines = assemble(DEMO, replace(self.house.kept, alarms=alarms)).deadlines

    @property
    def sealing(self) -> Sealing:
        return Sealing(self.house.cipher, DEMO.tenant)

    def begin(self, name: str = "forhandsbedomning", assignee: str | None = ANNA, *, arm: bool = True) -> Deadline:
        """A stored case with one running deadline, armed and seen by the sweep unless the process died in between."""
        case, id = CaseId(self.fresh()), DeadlineId(self.fresh())
        deadline = deadlines.start(name, self.clock.now(), id=id, case=case, unit=UNIT)
        fields: dict[str, Value] = {
            "kind": "orosanmalan",
            "unit": UNIT,
            "open": True,
            "assignee": assignee,
            "clocks": {name: {"deadline": id, "due": deadline.due, "state": "running", "ended_at": None}},
        }
        self.store.commit([Create("cases", case, fields), deadline_row(deadline).write(self.sealing)])
        if arm:
            self.deadlines.confirm([self.stored(deadline)])
        return self.stored(deadline)

    def stored(self, deadline: Deadline) -> Deadline:
        """The deadline as it is now."""
        return read_deadline(self.document("deadlines", deadline.id))

    def document(self, collection: str, id: str) -> Document:
        document = self.store.get(collection, id)
        assert document is not None
        return document

    def write(self, deadline: Deadline) -> None:
        """Somebody else writes the deadline."""
        self.store.commit([deadline_row(deadline).write(self.sealing)])

    def assign(self, deadline: Deadline, to: str | None) -> None:
        """The case changes hands."""
        case = self.document("cases", deadline.case)
        self.store.commit([Replace("cases", case.id, case.rev, {**case.fields, "assignee": to})])

    def call(self, deadline: Deadline) -> Outcome:
        """The alarm that is set for the deadline as given rings now."""
        return self.deadlines.ring(deadline.id, deadline.epoch, deadline.hop)

    def until(self, deadline: Deadline, at: datetime) -> Deadline:
        """Let one alarm after another ring on time until `at`."""
        while (deadline := self.stored(deadline)).wake_at <= at:
            self.clock.at = deadline.wake_at
            self.call(deadline)
        self.clock.at = at
        return deadline

    def deliver(self) -> None:
        """What is due rings, as well as the keeper manages."""
        self.alarms.deliver(self.answer)

    def answer(self, said: Mapping[str, str]) -> None:
        """An alarm with this payload rings."""
        if "message" in said:
            self.house.sending.send(MessageId(said["message"]))
        else:
            self.deadlines.ring(DeadlineId(said["deadline"]), int(said["epoch"]), int(said["hop"]))

    def live(self, span: timedelta, every: timedelta = timedelta(minutes=30)) -> None:
        """Time goes by with alarms and sweep at work."""
        end = self.clock.now() + span
        while self.clock.now() < end:
            self.clock.advance(every)
            self.deliver()
            self.sweep.run()

    def notices_of(self, who: str) -> list[Notice]:
        """What a person, or a role in the unit, was told; oldest first."""
        shape = NOTICES_OF_STAFF if "." in who else NOTICES_OF_ROLE
        equals: dict[str, Value] = {"staff": who} if "." in who else {"unit": UNIT, "role": who}
        found, cursor = [], None
        while True:
            page = self.store.query(shape, equals, limit=100, cursor=cursor)
            found += [read_notice(one) for one in page.documents]
            if (cursor := page.cursor) is None:
                return found[::-1]

    def told(self, who: str) -> list[str]:
        """The reminders a person or role was told of."""
        return [one.warning for one in self.notices_of(who)]
