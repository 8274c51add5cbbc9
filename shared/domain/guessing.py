"""How long somebody who has typed wrong codes waits before the next: everybody may err, nobody may try thousands."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

FREE: Final = 5
"""Wrong tries without a wait: letters are read wrongly."""
FIRST_WAIT: Final = timedelta(seconds=30)
LONGEST_WAIT: Final = timedelta(minutes=15)
FORGOTTEN: Final = timedelta(hours=1)
"""After so long without a try nothing is remembered: a library's computer is used by many."""


@dataclass(frozen=True, slots=True)
class Guesses:
    """The tries of one client since it last was right: how many, and when the last was."""

    count: int = 0
    last: datetime | None = None

    def wait(self, now: datetime) -> timedelta | None:
        """How long until the next try is looked at; None for at once."""
        if self.last is None or self.count < FREE or now - self.last >= FORGOTTEN:
            return None
        left = self.last + min(FIRST_WAIT * 2 ** min(self.count - FREE, 10), LONGEST_WAIT) - now
        return left if left > timedelta(0) else None

    def tried(self, now: datetime) -> "Guesses":
        """One more."""
        fresh = self.last is None or now - self.last >= FORGOTTEN
        return Guesses(1 if fresh else self.count + 1, now)
