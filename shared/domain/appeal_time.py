"""Whether an appeal came in time: counted from what we know, proposed to a person, and decided by that person.

FL 44 §: three weeks from the day on which the party was told of the decision. For a letter in the inbox we count from
the day on which it was opened; no court has said so, and another day may be known to whoever decides. Nobody is late
because of what we do not know.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shared.domain import calendar
from shared.domain.appeals import WEEKS
from shared.domain.letters import Letter


class Told(StrEnum):
    """What we know of when the party was told."""

    OPENED = "opened"
    """The letter was opened in the inbox that day."""
    POSTED = "posted"
    """It was put in the post that day; nobody knows when it arrived."""
    UNOPENED = "unopened"
    """It lies in the inbox and has not been opened."""
    UNKNOWN = "unknown"
    """No letter is found."""


@dataclass(frozen=True, slots=True)
class TimeCheck:
    """The proposal. `in_time` None: what we know does not tell, and the party has the benefit of it.

    `last_day` is the last day of the three weeks counted from `day`, moved to a working day (lag 1930:173, 1-2 §§).
    """

    told: Told
    day: date | None
    last_day: date | None
    received: date
    in_time: bool | None

    @property
    def late(self) -> bool:
        """Whether it seems to be late: then a person looks for what excuses it (FL 45 §)."""
        return self.in_time is False


def last_day_after(told_on: date) -> date:
    """The last day for the appeal to have come in, for who was told that day (FL 44 §, lag 1930:173, 1-2 §§)."""
    return calendar.rolled(calendar.add_weeks(told_on, WEEKS))


def time_check(letters: Iterable[Letter], received_at: datetime) -> TimeCheck:
    """What the letters that told of the decision say about an appeal received at that instant.

    Of several the one that was opened first counts. A letter that had not been opened when the appeal came in had
    started no time.
    """
    received, found = calendar.local_date(received_at), list(letters)
    opened = min((one.read_at for one in found if one.read_at is not None), default=None)
    if opened is not None:
        day = calendar.local_date(opened)
        last = last_day_after(day)
        return TimeCheck(Told.OPENED, day, last, received, in_time=received <= last)
    posted = min((one.posted_at for one in found if one.posted_at is not None), default=None)
    if posted is not None:
        day = calendar.local_date(posted)
        last = last_day_after(day)
        return TimeCheck(Told.POSTED, day, last, received, in_time=True if received <= last else None)
    if found:
        return TimeCheck(Told.UNOPENED, None, None, received, in_time=True)
    return TimeCheck(Told.UNKNOWN, None, None, received, in_time=None)
