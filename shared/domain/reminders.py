"""Who is told when a deadline's reminders are due: the caseworker, the lead, the duty."""

from datetime import datetime
from typing import TypeAlias

from shared.domain import deadlines
from shared.domain.deadlines import Deadline, Reminder
from shared.domain.ids import NoticeId, StaffId, UnitId
from shared.domain.notices import Notice, NoticeKind
from shared.domain.principals import Role

_Told: TypeAlias = StaffId | Role


def notices(deadline: Deadline, *, assignee: StaffId | None, unit: UnitId, now: datetime) -> tuple[Notice, ...]:
    """The notices that are due now; `assignee` and `unit` are the case's as of now.

    After a long stop several reminders are missed at once. Each is counted as done, but nobody gets a pile:
    one notice per person or role, about the latest reminder meant for it. Ids are the same every time.
    """
    latest: dict[_Told, Reminder] = {}
    for reminder in deadlines.missed(deadline, now):
        told = _theirs(reminder, assignee) if deadline.rule.theirs else _told(reminder, assignee)
        latest.update(dict.fromkeys(told, reminder))
    return tuple(_notice(deadline, reminder, told, unit, now) for told, reminder in latest.items())


def _told(reminder: Reminder, assignee: StaffId | None) -> tuple[_Told, ...]:
    if reminder.kind == deadlines.ACUTE:
        return (Role.DUTY,)
    if reminder.kind == deadlines.UNASSIGNED:
        return () if assignee else (Role.TEAM_LEAD,)
    if reminder.kind == deadlines.OVERDUE and assignee:
        return (assignee, Role.TEAM_LEAD)
    return (assignee or Role.TEAM_LEAD,)


def _theirs(reminder: Reminder, assignee: StaffId | None) -> tuple[_Told, ...]:
    """Of what somebody else was to do: that the day has passed without it, and nothing before that."""
    return (assignee or Role.TEAM_LEAD,) if reminder.kind == deadlines.OVERDUE else ()


def to_remind(deadline: Deadline, now: datetime) -> Reminder | None:
    """The latest reminder that whoever is waited for should get now; None for none, and when the last day is over."""
    if not deadline.rule.theirs or now >= deadline.due:
        return None
    return next((one for one in reversed(deadlines.missed(deadline, now)) if one.kind != deadlines.OVERDUE), None)


def _notice(deadline: Deadline, reminder: Reminder, told: _Told, unit: UnitId, now: datetime) -> Notice:
    role = told if isinstance(told, Role) else None
    return Notice(
        id=NoticeId(deadlines.notice_id(deadline, reminder, told)),
        rev=0,
        unit=unit,
        at=now,
        kind=NoticeKind.DEADLINE,
        case=deadline.case,
        staff=None if role else StaffId(told),
        role=role,
        deadline=deadline.name,
        due=deadline.due,
        warning=reminder.kind,
        acute=reminder.kind == deadlines.ACUTE,
    )
