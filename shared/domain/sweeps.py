"""The sweep's own report, and when its silence is an alarm."""

from dataclasses import dataclass
from datetime import datetime, timedelta

EVERY = timedelta(minutes=5)
LATE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What one run of the sweep found and did; counts and opaque ids only.

    `found` deadlines were looked at: `rang` of them had been missed and were handled, of the `armed` it is sure now
    that their alarm is set. `incomplete` are the ids of reports that lack a case or a clock (at most 100),
    until they are whole. `dropped` drafts and sessions had expired. `errors` could not be handled and are left for the
    next run. `checked_to` is the receipt instant up to which reports have been checked. `more` says that
    the run stopped at its limit.
    """

    at: datetime
    found: int = 0
    rang: int = 0
    armed: int = 0
    incomplete: tuple[str, ...] = ()
    dropped: int = 0
    errors: int = 0
    checked_to: datetime | None = None
    more: bool = False


def sweep_is_late(last: datetime | None, now: datetime) -> bool:
    """Whether the sweep has been silent for more than 15 minutes, or never ran: nothing guards the deadlines."""
    return last is None or now - last > LATE_AFTER
