"""Quiet hours: when nobody's phone or inbox is disturbed by us, whatever season, midnight or change of clocks."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from shared.domain import calendar


@dataclass(frozen=True, slots=True)
class QuietHours:
    """From `begins` to `ends` by the local wall clock, usually over midnight; equal times mean never quiet."""

    begins: time = time(22)
    ends: time = time(7)

    def over(self, instant: datetime) -> datetime:
        """The instant itself when it is not quiet then, otherwise when the quiet ends (an aware UTC instant)."""
        clock = calendar.local(instant)
        if not self._hold(clock.time()):
            return instant
        today = clock.date()
        day = today if clock.time() < self.ends else today + timedelta(days=1)
        # In the hour that autumn repeats, the first of two equal times may lie behind us.
        return max(calendar.at(day, self.ends), instant)

    def _hold(self, clock: time) -> bool:
        if self.begins <= self.ends:
            return self.begins <= clock < self.ends
        return clock >= self.begins or clock < self.ends
