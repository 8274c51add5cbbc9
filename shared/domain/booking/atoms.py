"""Quarters of an hour in UTC: what two meetings of one person or room can never both have."""

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Final

from shared.domain.booking.meeting_kinds import QUARTER

SECONDS: Final = QUARTER * 60
"""Of one quarter."""
_STEP: Final = timedelta(minutes=QUARTER)


def quarters(start: datetime, end: datetime) -> range:
    """The numbers of the quarters from `start` up to `end`, counted since 1970; touched quarters count whole.

    A datetime without a time zone raises ValueError.
    """
    if start.tzinfo is None or end.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return range(int(start.timestamp()) // SECONDS, -(-int(end.timestamp()) // SECONDS))


def instant(quarter: int) -> datetime:
    """When the quarter begins."""
    return datetime.fromtimestamp(quarter * SECONDS, UTC)


def atom(resource: str, quarter: int) -> str:
    """The id of the document that stands for this quarter of this resource: the same for all, telling nothing."""
    return hashlib.sha256(f"{len(resource)}:{resource}{quarter}".encode()).hexdigest()[:32]


def atoms(resource: str, start: datetime, end: datetime) -> tuple[str, ...]:
    """The ids of all quarters of the resource from `start` up to `end`, in order."""
    return tuple(atom(resource, one) for one in quarters(start, end))
