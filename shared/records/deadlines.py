"""Deadlines as they are stored, set and rung: the stored deadline is the truth, an alarm only asks to look at it."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from shared import log
from shared.domain import deadlines
from shared.domain.calendar import local_date
from shared.domain.deadlines import Deadline, State
from shared.domain.ids import CaseId, DeadlineId, PersonIndex, StaffId, UnitId
from shared.domain.messages import Message
from shared.domain.reminders import notices
from shared.domain.substitutes import told_for
from shared.ports.alarms import Alarms, AlarmsUnavailable, Wake
from shared.ports.clock import Clock
from shared.ports.store import AlreadyExists, Conflict, Create, Document, NotFound, Store, StoreError, Value, Write
from shared.records.directory_store import DirectoryStore
from shared.records.item_rows import notice_row
from shared.records.outbox import Outbox
from shared.records.own_law_rows import own_fields, read_own
from shared.records.rows import Row
from shared.records.sealing import SCHEMA, Sealing

CHANNEL: Final = "alarm"
_TRIES: Final = 5


class Outcome(StrEnum):
    """What came of an alarm; all but RANG and EARLY wrote nothing."""

    RANG = "rang"
    EARLY = "early"
    """It rang before its time: it was set anew."""
    STALE = "stale"
    """It belongs to another hop or epoch: a later alarm has been set already."""
    OVER = "over"
    """The thing was done or cancelled."""
    GONE = "gone"
    """There is no such deadline any more."""


class Deadlines:
    """Sets alarms for what is stored, and answers them."""

    def __init__(
        self,
        store: Store,
        sealing: Sealing,
        alarms: Alarms,
        *,
        outbox: Outbox,
        clock: Clock,
        directory: DirectoryStore,
        fresh: Callable[[], str],
    ) -> None:
        self._store = store
        self._sealing = sealing
        self._alarms = alarms
        self._outbox = outbox
        self._clock = clock
        self._directory = directory
        self._fresh = fresh

    def arm(self, written: Sequence[Deadline]) -> None:
        """Set the alarms of deadlines just written. Never fails: the sweep makes sure of each."""
        if written:
            self._set(written)

    def confirm(self, stored: Sequence[Deadline]) -> int:
        """Set the alarms of deadlines as they are stored, if need be, and note that they are set; how many are.

        Without the alarm keeper they go to the back of the sweep's line.
        """
        if not stored:
            return 0
        if self._set(stored):
            self._note([deadlines.armed(one) for one in stored])
            return len(stored)
        later = self._clock.now() + deadlines.UNARMED_GRACE
        self._note([replace(one, sweep_at=later) for one in stored])
        return 0

    def ring(self, id: DeadlineId, epoch: int, hop: int) -> Outcome:
        """Answer an alarm: tell whom it concerns, once, and set the next alarm.

        Notices, messages, event and deadline are written in one batch, so that a second or parallel call finds nothing
        left to do. Raises `Conflict` when others keep changing the deadline and `Unavailable` without a store:
        ring again.
        """
        for _ in range(_TRIES):
            document = self._store.get("deadlines", id)
            if document is None:
                return Outcome.GONE
            deadline, now = read_deadline(document), self._clock.now()
            if not deadline.open:
                return Outcome.OVER
            if (epoch, hop) != (deadline.epoch, deadline.hop):
                return Outcome.STALE
            after = deadlines.reminded(deadline, now)
            told, leaving = self._told(deadline, now)
            try:
                self._store.commit([self._write(deadline_row(after)), *told])
            except (AlreadyExists, Conflict, NotFound):
                continue
            self.arm([after])
            self._outbox.wake(leaving)
            return Outcome.RANG if now >= deadline.wake_at else Outcome.EARLY
        raise Conflict("deadlines")

    def _set(self, wanted: Sequence[Deadline]) -> bool:
        """Set the alarms; those that are set already stay. False without the alarm keeper."""
        try:
            self._alarms.arm([_wake(one) for one in wanted])
        except AlarmsUnavailable as error:
            log.alarm("alarms.unavailable", error, count=len(wanted))
            return False
        return True

    def _told(self, deadline: Deadline, now: datetime) -> tuple[list[Write], list[Message]]:
        """The notices due now, their messages, and one process event about the latest reminder, without any person."""
        missed = deadlines.missed(deadline, now)
        if not missed:
            return [], []
        case = self._store.get("cases", deadline.case)
        if case is None:
            log.alarm("deadline.without_case", name=deadline.name)
        unit = UnitId(_text(case, "unit") or deadline.unit)
        event: dict[str, Value] = {
            "kind": _text(case, "kind") or deadline.name,
            "step": f"{deadline.name}:{missed[-1].kind}",
            "at": now,
            "unit": unit,
            "channel": CHANNEL,
            "schema": SCHEMA,
        }
        told = notices(deadline, assignee=self._assignee(case), unit=unit, now=now)
        leaving = [*self._outbox.new(told), *self._outbox.reminding(deadline, _applicant(case))]
        writes = [*(self._write(notice_row(one)) for one in told), *self._outbox.writes(leaving)]
        return [*writes, Create("events", self._fresh(), event)], leaving

    def _assignee(self, case: Document | None) -> StaffId | None:
        """Who reads for the case's caseworker: the person or the substitute, else nobody, so that the lead does."""
        assignee = StaffId(_text(case, "assignee"))
        return told_for(assignee, self._directory.present().staff, local_date(self._clock.now())) if assignee else None

    def _note(self, changed: Sequence[Deadline]) -> None:
        """Write them all at once; if one has moved on meanwhile, the others one by one."""
        try:
            self._store.commit([self._write(deadline_row(one)) for one in changed])
        except (Conflict, NotFound):
            if len(changed) > 1:
                for one in changed:
                    self._note([one])
        except StoreError as error:
            log.warn("deadline.not_noted", error=type(error).__name__, count=len(changed))

    def _write(self, row: Row) -> Write:
        return row.write(self._sealing)


def deadline_row(deadline: Deadline) -> Row:
    """The deadline as it is stored: everything clear, nothing about a person."""
    return Row(
        "deadlines",
        deadline.id,
        deadline.rev,
        {
            "case": deadline.case,
            "unit": deadline.unit,
            "name": deadline.name,
            "anchor_at": deadline.anchor_at,
            "due": deadline.due,
            "open": deadline.open,
            "state": deadline.state.value,
            "epoch": deadline.epoch,
            "hop": deadline.hop,
            "wake_at": deadline.wake_at,
            "sweep_at": deadline.sweep_at,
            "warned": list(deadline.warned),
            **own_fields(deadline.own),
        },
    )


def read_deadline(document: Document) -> Deadline:
    """The deadline from its document."""
    fields: Any = document.fields
    return Deadline(
        id=DeadlineId(document.id),
        case=CaseId(fields["case"]),
        unit=UnitId(fields["unit"]),
        name=fields["name"],
        anchor_at=fields["anchor_at"],
        due=fields["due"],
        wake_at=fields["wake_at"],
        sweep_at=fields["sweep_at"],
        state=State(fields["state"]),
        epoch=fields["epoch"],
        hop=fields["hop"],
        warned=tuple(fields["warned"]),
        own=read_own(fields.get("own")),
        rev=document.rev,
    )


def _wake(deadline: Deadline) -> Wake:
    """The alarm: opaque ids and counters only, because the alarm keeper is outside the sealed world."""
    payload = {"deadline": deadline.id, "epoch": str(deadline.epoch), "hop": str(deadline.hop)}
    return Wake(deadlines.alarm_name(deadline), deadline.wake_at, payload)


def _applicant(case: Document | None) -> PersonIndex | None:
    """Who follows the case, or None."""
    found = _text(case, "applicant")
    return PersonIndex(found) if found else None


def _text(case: Document | None, field: str) -> str:
    """A clear field of the case, or "" when the case or the field is not there."""
    value = None if case is None else case.fields.get(field)
    return value if isinstance(value, str) else ""
