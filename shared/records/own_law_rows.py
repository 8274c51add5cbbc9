"""What a municipality had decided when a deadline began, as it is kept with it: later changes move no running clock."""

from collections.abc import Mapping
from datetime import time, timedelta
from typing import Any

from shared.domain.own_law import AS_THE_LAW, OwnRule
from shared.ports.store import Value

_MINUTE = timedelta(minutes=1)


def own_fields(own: OwnRule) -> dict[str, Value]:
    """The field `own` of the deadline's row; none at all where it follows the law as written."""
    if own == AS_THE_LAW:
        return {}
    kept: dict[str, Value] = {"rolls": own.rolls, "why": own.why}
    if own.remind_days is not None:
        kept["remind_days"] = list(own.remind_days)
    if own.duty_from is not None:
        kept["duty_from"] = own.duty_from.isoformat()
    if own.unassigned_after is not None:
        kept["unassigned_minutes"] = own.unassigned_after // _MINUTE
    if own.days is not None:
        kept["days"] = own.days
    return {"own": kept}


def read_own(kept: Mapping[str, Any] | None) -> OwnRule:
    """The own rule from its field, or the law as written."""
    if kept is None:
        return AS_THE_LAW
    days, duty, minutes = kept.get("remind_days"), kept.get("duty_from"), kept.get("unassigned_minutes")
    return OwnRule(
        remind_days=None if days is None else tuple(days),
        duty_from=None if duty is None else time.fromisoformat(duty),
        unassigned_after=None if minutes is None else minutes * _MINUTE,
        rolls=kept["rolls"],
        days=kept.get("days"),
        why=kept["why"],
    )
