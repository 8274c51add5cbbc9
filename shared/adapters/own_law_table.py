"""Reads `[law]` of the municipality's file: what the law leaves open, and never laxer than a limit of the table."""

from datetime import time, timedelta
from typing import Final

from shared.adapters.toml_fields import Table
from shared.domain.deadline_law import LAW, Roll, Rule, Span
from shared.domain.own_law import OwnLaw, OwnRule

_DAYS: Final = {Span.DAYS: 1, Span.WEEKS: 7, Span.MONTHS: 30}
_SHORTEST_MINUTES: Final = 15
_FEWEST_REMINDERS: Final = 2


def read_own_law(table: Table) -> OwnLaw:
    """The municipality's own rules from one version of its file.

    Raises `BadSettings` for a deadline or field that the law does not leave open, and for a value laxer than its limit.
    """
    rows = {one.name: one for one in LAW}
    table.only(rows)
    return {name: _own(table.table(name), row) for name, row in rows.items() if table.has(name)}


def _own(table: Table, row: Rule) -> OwnRule:
    table.only({"why", *_open(row)})
    return OwnRule(
        remind_days=_remind_days(table, row) if table.has("remind_days") else None,
        duty_from=_duty_from(table, row.duty_from) if row.duty_from and table.has("duty_from") else None,
        unassigned_after=_unassigned(table, row.unassigned_after)
        if row.unassigned_after and table.has("unassigned_after_minutes")
        else None,
        rolls=table.yes("moves_to_working_day", default=False),
        days=table.number("days", 1, row.count) if row.unwritten and table.has("days") else None,
        why=table.text("why"),
    )


def _open(row: Rule) -> list[str]:
    """The fields that this deadline leaves to the municipality."""
    found = {
        "remind_days": bool(row.remind_days),
        "duty_from": row.duty_from is not None,
        "unassigned_after_minutes": row.unassigned_after is not None,
        "moves_to_working_day": row.roll is Roll.LEGAL_VIEW,
        "days": row.unwritten,
    }
    return [name for name, is_open in found.items() if is_open]


def _remind_days(table: Table, row: Rule) -> tuple[int, ...]:
    days = table.numbers("remind_days", 0, row.count * _DAYS[row.span])
    if 0 not in days or len(days) < _FEWEST_REMINDERS:
        raise table.refuse("remind_days", "must hold 0 and a day before it: nobody is told on the last day alone")
    return tuple(sorted(days, reverse=True))


def _duty_from(table: Table, latest: time) -> time:
    found = table.clock("duty_from")
    if found > latest:
        raise table.refuse("duty_from", f"must be {latest:%H:%M} or earlier")
    return found


def _unassigned(table: Table, longest: timedelta) -> timedelta:
    minutes = table.number("unassigned_after_minutes", _SHORTEST_MINUTES, longest // timedelta(minutes=1))
    return timedelta(minutes=minutes)
