"""A store in bad weather: what goes wrong with the next commit, or who comes in between."""

from collections.abc import Callable, Sequence
from enum import StrEnum

from shared.ports.store import Unavailable, Write
from tests.adapters.faulty_store import FaultyStore


class Weather(StrEnum):
    """What the next commit meets."""

    CALM = "calm"
    ONE_CONFLICT = "one conflict"
    CONFLICTS = "conflicts without end"
    NOT_WRITTEN = "unavailable, nothing written"
    LOST_ANSWER = "written, the answer lost"
    DEAF = "written, the answer lost, and nothing to be read"
    TWICE = "written and sent once more"


class WeatheredStore(FaultyStore):
    """`rival` comes in before the next commit, once."""

    rival: Callable[[], None] | None = None
    _deaf = False

    def expect(self, weather: Weather) -> None:
        """The next commit meets this, and those after it nothing."""
        self.conflict_commits({Weather.ONE_CONFLICT: 1, Weather.CONFLICTS: 99}.get(weather, 0))
        self.fail_commits_before(int(weather is Weather.NOT_WRITTEN))
        self.fail_commits_after(int(weather in {Weather.LOST_ANSWER, Weather.DEAF}))
        self.repeat_commits(int(weather is Weather.TWICE))
        self.fail_reads(0)
        self._deaf = weather is Weather.DEAF

    def commit(self, writes: Sequence[Write]) -> None:
        """As the store, if nobody comes in between and no fault is due."""
        rival, self.rival = self.rival, None
        if rival is not None:
            rival()
        try:
            super().commit(writes)
        except Unavailable:
            self.fail_reads(int(self._deaf))
            raise
