"""One running deadline: when it is due, whom it reminds and when, and how it looks at a given moment.

The stored deadline is the truth. An alarm only wakes somebody to look at it again: `hop` counts the alarms,
`epoch` the times the deadline itself was moved, and an alarm of another hop or epoch means nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from itertools import takewhile

from shared.domain import calendar
from shared.domain.deadline_law import Roll, Rule, rule
from shared.domain.ids import CaseId, DeadlineId, UnitId
from shared.domain.own_law import AS_THE_LAW, OwnRule

REMINDED_AT = time(8)
LONGEST_HOP = timedelta(days=25)
"""Cloud Tasks takes 30 days and forgets after 31; five days are left for what goes wrong."""
UNARMED_GRACE = timedelta(seconds=60)
RUNG_GRACE = timedelta(minutes=5)
SOON_WORKING_DAYS = 3

ACUTE = "acute"
UNASSIGNED = "unassigned"
OVERDUE = "overdue"
_INSTANT = timedelta(microseconds=1)
_JUST_ASKED = timedelta(days=1)


class State(StrEnum):
    RUNNING = "running"
    MET = "met"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One deadline of one case. `due` is the first instant that is too late: the local midnight after the last day.

    `wake_at` is when the next alarm rings, `sweep_at` when the sweep looks if it did. `warned` names the
    reminders that are done; of the daily overdue ones only the latest, so that it never grows.
    """

    id: DeadlineId
    case: CaseId
    unit: UnitId
    name: str
    anchor_at: datetime
    due: datetime
    wake_at: datetime
    sweep_at: datetime
    state: State = State.RUNNING
    epoch: int = 1
    hop: int = 1
    warned: tuple[str, ...] = ()
    own: OwnRule = AS_THE_LAW
    """What the municipality had decided when it began."""
    rev: int = 0

    @property
    def open(self) -> bool:
        """Whether anybody still waits for it."""
        return self.state is State.RUNNING

    @property
    def rule(self) -> Rule:
        """The row of the law that held when it began, as the municipality followed it then."""
        return self.own.over(rule(self.name, calendar.local_date(self.anchor_at)))

    @property
    def last_day(self) -> date:
        """The last local day on which the thing is done in time."""
        return last_day(self.due)

    @property
    def latest_lawful_day(self) -> date:
        """The last day as lag (1930:173) 2 § may be read; for the legal view only, never for a reminder."""
        return self.last_day if self.rule.roll is Roll.NEVER else calendar.rolled(self.last_day)


@dataclass(frozen=True, slots=True)
class Reminder:
    """One reminder of a deadline: `T-3`, `acute`, `unassigned` or `overdue 2026-12-27`."""

    name: str
    at: datetime

    @property
    def kind(self) -> str:
        """The name without the day of an overdue one: words are chosen by it."""
        return self.name.partition(" ")[0]


def start(
    name: str,
    anchor_at: datetime,
    *,
    id: DeadlineId,
    case: CaseId,
    unit: UnitId,
    own: OwnRule = AS_THE_LAW,
    until: date | None = None,
) -> Deadline:
    """The deadline that begins at `anchor_at` (receipt, decision or opening), not yet armed.

    `own` is what the municipality has decided where the law leaves it open, `until` the last day where a person has
    chosen one. Raises `NoSuchDeadline` when the law has
    no such deadline on that day.
    """
    anchor = calendar.local_date(anchor_at)
    law = own.over(rule(name, anchor))
    due = calendar.end_of_day(until or law.last_day(anchor))
    new = Deadline(id, case, unit, name, anchor_at, due, anchor_at, anchor_at + UNARMED_GRACE, own=own)
    return replace(new, wake_at=_wake_at(new, anchor_at))


def met(deadline: Deadline, now: datetime) -> Deadline:
    """The thing is done: nobody is reminded any more. An alarm still out there will find nothing to do."""
    return replace(deadline, state=State.MET, sweep_at=now)


def cancelled(deadline: Deadline, now: datetime) -> Deadline:
    """The thing need not be done any more: nobody is reminded."""
    return replace(deadline, state=State.CANCELLED, sweep_at=now)


def moved(deadline: Deadline, day: date, now: datetime) -> Deadline:
    """The deadline with another last day, decided at `now`, not yet armed: an alarm out there is of another epoch.

    Whoever decides it knows what is left: a reminder whose time is already past for the new day is not given.
    """
    later = replace(deadline, due=calendar.end_of_day(day), epoch=deadline.epoch + 1, hop=1, warned=())
    return watched_from(later, now)


def watched_from(deadline: Deadline, now: datetime) -> Deadline:
    """The deadline as it is watched from `now` on, not yet armed, although it began or was due before that.

    Reminders whose time is past are not given. One that is overdue is told of today, and then as every other.
    """
    past = [one.name for one in _fixed(deadline) if one.at <= now]
    yesterday = calendar.add_days(calendar.local_date(now), -1)
    if yesterday > deadline.last_day:
        past.append(f"{OVERDUE} {yesterday.isoformat()}")
    later = replace(deadline, warned=tuple(past), sweep_at=now + UNARMED_GRACE)
    return replace(later, wake_at=_wake_at(later, now))


def missed(deadline: Deadline, now: datetime) -> list[Reminder]:
    """The reminders whose time has come and that are not done, in order; none when it is not running."""
    if not deadline.open:
        return []
    return list(takewhile(lambda one: one.at <= now, _waiting(deadline)))


def next_wake(deadline: Deadline, after: datetime) -> tuple[datetime, str] | None:
    """The first reminder after `after` that is not done, as instant and name; None when it is not running."""
    if not deadline.open:
        return None
    reminder = next(one for one in _waiting(deadline) if one.at > after)
    return reminder.at, reminder.name


def reminded(deadline: Deadline, now: datetime) -> Deadline:
    """The deadline with everything missed until `now` done and its next alarm set, not yet armed.

    Without anything missed it is only one hop further.
    """
    done = [*deadline.warned, *(one.name for one in missed(deadline, now))]
    overdue = [name for name in done if name.startswith(OVERDUE)]
    fixed = [name for name in done if not name.startswith(OVERDUE)]
    after = replace(deadline, warned=(*fixed, *overdue[-1:]), hop=deadline.hop + 1, sweep_at=now + UNARMED_GRACE)
    return replace(after, wake_at=_wake_at(after, now))


def armed(deadline: Deadline) -> Deadline:
    """The alarm keeper has the next alarm: the sweep looks again five minutes after it should have rung."""
    return replace(deadline, sweep_at=deadline.wake_at + RUNG_GRACE)


def alarm_name(deadline: Deadline) -> str:
    """The opaque name of the next alarm: the same for the same (deadline, epoch, hop), 32 hex digits."""
    return _hash(deadline.id, str(deadline.epoch), str(deadline.hop))


def notice_id(deadline: Deadline, reminder: Reminder, told: str) -> str:
    """The id of the one notice that tells `told` of a reminder, however often the alarm rings; 32 hex digits."""
    return _hash(deadline.id, str(deadline.epoch), reminder.name, told)


def _hash(*parts: str) -> str:
    return hashlib.sha256("|".join(parts).encode()).hexdigest()[:32]


def _wake_at(deadline: Deadline, now: datetime) -> datetime:
    """The next reminder, at once if one is missed, and never further away than one hop."""
    reminder = next(_waiting(deadline))
    return min(max(reminder.at, now), now + LONGEST_HOP)


def _waiting(deadline: Deadline) -> Iterator[Reminder]:
    for one in _fixed(deadline):
        if one.name not in deadline.warned:
            yield one
    yield from _overdue(deadline)


def _fixed(deadline: Deadline) -> list[Reminder]:
    """The reminders that come once, in order of time. None stands before the anchor: it comes with it instead."""
    law, anchor = deadline.rule, deadline.anchor_at
    days = ((f"T-{ahead}", deadline.last_day - timedelta(days=ahead)) for ahead in law.remind_days)
    found = [Reminder(name, max(calendar.at(calendar.moved_back(day), REMINDED_AT), anchor)) for name, day in days]
    if law.duty_from is not None and _out_of_hours(anchor, law.duty_from):
        found.append(Reminder(ACUTE, anchor))
    if law.unassigned_after is not None:
        found.append(Reminder(UNASSIGNED, anchor + law.unassigned_after))
    if law.theirs:  # whoever has just been asked need not be reminded of it
        found = [one for one in found if one.at >= anchor + _JUST_ASKED]
    return sorted(found, key=lambda one: one.at)


def _overdue(deadline: Deadline) -> Iterator[Reminder]:
    """Every morning after the last day, weekends too, from the day after the latest one that is done.

    Where somebody else is waited for, the first morning, and then one each week.
    """
    latest = max((name for name in deadline.warned if name.startswith(OVERDUE)), default=None)
    day = deadline.last_day if latest is None else date.fromisoformat(latest.partition(" ")[2])
    while True:
        day += timedelta(days=7 if deadline.rule.theirs and day > deadline.last_day else 1)
        yield Reminder(f"{OVERDUE} {day.isoformat()}", calendar.at(day, REMINDED_AT))


def _out_of_hours(instant: datetime, duty_from: time) -> bool:
    clock = calendar.local(instant)
    return clock.time() >= duty_from or not calendar.is_working_day(clock.date())


def last_day(due: datetime) -> date:
    """The last local day before a due instant."""
    return calendar.local_date(due - _INSTANT)
