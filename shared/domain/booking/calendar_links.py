"""A staff member's secret link to the own meetings, for the calendar program: who may have one, and when it holds."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final

from shared.domain.booking.resources import Span
from shared.domain.principals import CASE_ROLES, Kind, Principal

MOST_AN_HOUR: Final = 60
"""As often as any calendar program asks; more is a mistake or an attack."""
_BACK: Final = timedelta(days=14)
_AHEAD: Final = timedelta(days=180)
_HOUR: Final = 3600


class LinkAction(StrEnum):
    """What happened to it; the audit entry's and the process event's name."""

    MADE = "calendar_link_made"
    """The first one, or another in the place of the one before, which is dead from then on."""
    ENDED = "calendar_link_ended"
    """By the staff member."""
    DIED = "calendar_link_died"
    """Somebody asked with it who has left, or opens no cases any more."""


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """One staff member's only link. `proof` is a keyed hash of its secret, which is kept nowhere; empty: none holds.

    `hour` is the hour since 1970 of the last fetch, and `count` how often it was fetched in it.
    """

    id: str
    staff: str
    proof: str
    made_at: datetime
    fetched_at: datetime | None = None
    hour: int = 0
    count: int = 0
    audit_number: int = 0
    audit_head: str = ""
    rev: int = 0


def may_have(principal: Principal | None) -> bool:
    """Whether the principal has meetings of the own: staff who open cases. None, who is not here any more, has not."""
    return principal is not None and principal.kind is Kind.STAFF and bool(principal.roles & CASE_ROLES)


def fetched(link: CalendarLink, now: datetime) -> CalendarLink | None:
    """The link after one more fetch, or None when it has been fetched often enough this hour."""
    hour = int(now.timestamp()) // _HOUR
    count = link.count + 1 if link.hour == hour else 1
    return None if count > MOST_AN_HOUR else replace(link, fetched_at=now, hour=hour, count=count)


def shown(now: datetime) -> Span:
    """Which meetings it shows: those of two weeks back, and half a year ahead."""
    return Span(now - _BACK, now + _AHEAD)
