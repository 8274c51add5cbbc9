"""The post of the practice room: nothing leaves, and the latest hundred messages are kept to be looked at."""

from collections import deque
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Final

from shared.domain.messages import Channel
from shared.ports.clock import Clock
from shared.ports.notices import Outgoing, Sender

KEPT: Final = 100


@dataclass(frozen=True, slots=True)
class Posted:
    """One message as it would have left."""

    at: datetime
    channel: Channel
    out: Outgoing


class PracticePost:
    """Remembers, in this process alone, what was handed over."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._posted: deque[Posted] = deque(maxlen=KEPT)
        self._lock = Lock()

    def ways(self) -> "dict[Channel, Sender]":
        """Every way out, each to this place."""
        return {channel: PracticeWay(self, channel) for channel in Channel}

    def take(self, channel: Channel, out: Outgoing) -> None:
        """Remember it."""
        with self._lock:
            self._posted.append(Posted(self._clock.now(), channel, out))

    @property
    def newest(self) -> list[Posted]:
        """What was handed over, newest first."""
        with self._lock:
            return list(self._posted)[::-1]


class PracticeWay:
    """One way out, to nowhere."""

    connected = True

    def __init__(self, post: PracticePost, channel: Channel) -> None:
        self._post = post
        self._channel = channel

    def send(self, out: Outgoing) -> None:
        """Hand it to the practice room."""
        self._post.take(self._channel, out)
