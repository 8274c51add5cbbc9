"""Rings the embedded alarms and starts the sweep: what Cloud Tasks and Cloud Scheduler do elsewhere."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from threading import Event, Lock, Thread
from typing import Final, TypeAlias

from shared import log
from shared.adapters.alarm_tokens import AlarmTokens
from shared.adapters.embedded_alarms import EmbeddedAlarms, Ringing
from shared.adapters.wakes import path_of
from shared.domain.sweeps import EVERY
from shared.ports.alarms import AlarmsUnavailable
from shared.ports.clock import Clock

SWEEP_PATH: Final = "/intern/svep"
QUEUE: Final = "deadlines"
_POLL_S: Final = 1.0
_ROUNDS: Final = 1000
_AT_ONCE: Final = 5
"""Few: what is more urgent than those that wait, and comes while they ring, is next."""
_NO_ANSWER: Final = 599

Post: TypeAlias = Callable[[str, bytes, Mapping[str, str]], int]
"""Posts a JSON body with headers to a path of our own functions; answers the HTTP status."""


class AlarmRunner:
    """A thread that rings what is due and sweeps every five minutes by the house's clock."""

    def __init__(self, alarms: EmbeddedAlarms, tokens: AlarmTokens, clock: Clock, post: Post) -> None:
        self._alarms = alarms
        self._tokens = tokens
        self._clock = clock
        self._post = post
        self._swept_at: datetime | None = None
        self._stopping = Event()
        self._stepping = Lock()
        self._thread = Thread(target=self._run, name="alarms", daemon=True)

    def start(self) -> None:
        """Begin to ring; the first sweep comes at once, for whatever happened while nobody was running."""
        self._thread.start()

    def stop(self) -> None:
        """Finish the call that is under way and end."""
        self._stopping.set()
        self.hurry()
        if self._thread.is_alive():
            self._thread.join()

    def hurry(self) -> None:
        """Look at the clock now instead of within a second: it has been moved."""
        self._alarms.changed.set()

    def step(self) -> None:
        """Ring everything that is due, also what that sets anew, then sweep if it is time; one caller at a time."""
        with self._stepping:
            for _ in range(_ROUNDS):
                if self._stopping.is_set() or not self._alarms.deliver(self._ring, _AT_ONCE):
                    break
            self._sweep_if_due(self._clock.now())

    def _sweep_if_due(self, now: datetime) -> None:
        if self._swept_at is None or not self._swept_at <= now < self._swept_at + EVERY:
            self._swept_at = now
            self._call(SWEEP_PATH, b"{}", {})

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._alarms.changed.clear()
            try:
                self.step()
            except AlarmsUnavailable as error:
                log.alarm("alarms.unavailable", error)
            self._alarms.changed.wait(_POLL_S)

    def _ring(self, ringing: Ringing) -> int:
        named = {
            "X-CloudTasks-QueueName": QUEUE,
            "X-CloudTasks-TaskName": ringing.name,
            "X-CloudTasks-TaskRetryCount": str(ringing.retries),
            "X-CloudTasks-TaskExecutionCount": str(ringing.retries),
            "X-CloudTasks-TaskETA": f"{ringing.at.timestamp():.6f}",
        }
        return self._call(path_of(ringing.payload), json.dumps(dict(ringing.payload)).encode(), named)

    def _call(self, path: str, body: bytes, headers: Mapping[str, str]) -> int:
        signed = {**headers, "Content-Type": "application/json", "Authorization": self._tokens.sign(path, body)}
        try:
            status = self._post(path, body, signed)
        except Exception as error:  # noqa: BLE001 - whatever breaks in a call, the next alarm must still ring
            log.alarm("alarm.unanswered", error, route=path)
            return _NO_ANSWER
        if status >= 400:  # noqa: PLR2004 - the errors of HTTP
            log.alarm("alarm.refused", status=status, route=path)
        return status
