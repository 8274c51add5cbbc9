"""A keeper of alarms at its worst: it loses, doubles, delays, hurries and shuffles, by a seed."""

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from random import Random  # noqa: TID251 - bad luck by a seed, so that it can be repeated

from shared.ports.alarms import AlarmsUnavailable, Wake
from tests.houses import HandClock

Ring = Callable[[Mapping[str, str]], object]


class UnreliableAlarms:
    """Every tenth alarm is lost, every tenth rung twice, others a little late or early; `down` refuses all."""

    def __init__(self, clock: HandClock, seed: int = 0) -> None:
        self.down = False
        self.armed: dict[str, Wake] = {}
        self._clock = clock
        self._random = Random(seed)
        self._waiting: list[Wake] = []

    def arm(self, wakes: Sequence[Wake]) -> None:
        if self.down:
            raise AlarmsUnavailable
        new = [one for one in wakes if one.name not in self.armed]
        self.armed.update((one.name, one) for one in new)
        self._waiting += [Wake(one.name, one.at + self._slip(), one.payload) for one in new]

    def deliver(self, ring: Ring) -> None:
        """Ring what is due, shuffled."""
        due = [one for one in self._waiting if one.at <= self._clock.now()]
        self._waiting = [one for one in self._waiting if one not in due]
        self._random.shuffle(due)
        for one in due:
            for _ in range(self._random.choice([0, 2] + 8 * [1])):
                ring(one.payload)

    def _slip(self) -> timedelta:
        return self._random.choice([timedelta(0), timedelta(0), timedelta(hours=3), timedelta(hours=-3)])
