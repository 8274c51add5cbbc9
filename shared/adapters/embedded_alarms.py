"""The alarm keeper of one machine: wake-ups in a file of their own, with the edges that Cloud Tasks has.

They ring at least once, in about the order they are due, again with growing pauses until the answer is 2xx,
and they are forgotten 31 days after they were set. What is lost here the sweep finds: the stored deadline is the truth.
"""

import json
import os
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, RLock
from typing import Final, TypeAlias

from shared.adapters.wakes import checked
from shared.ports.alarms import AlarmsUnavailable, Wake
from shared.ports.clock import Clock

FORGOTTEN_AFTER: Final = timedelta(days=31)
NAME_BLOCKED: Final = timedelta(hours=24)
FIRST_PAUSE: Final = timedelta(seconds=1)
LONGEST_PAUSE: Final = timedelta(minutes=5)
_DOUBLINGS: Final = 9
_AT_ONCE: Final = 100
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_TICK: Final = timedelta(microseconds=1)

# synchronous=NORMAL: a power cut may lose the last alarms, and the sweep is there for lost alarms; a report's
# receipt should not wait for a second flush.
_OPEN: Final = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 2000;
CREATE TABLE IF NOT EXISTS alarms (
    name TEXT PRIMARY KEY,
    payload TEXT NOT NULL,
    at INTEGER NOT NULL,
    ring_at INTEGER,           -- null: it has rung, only its name is remembered
    forget_at INTEGER NOT NULL,
    tries INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS alarms_ring ON alarms (ring_at) WHERE ring_at IS NOT NULL;
CREATE INDEX IF NOT EXISTS alarms_forget ON alarms (forget_at);
"""


@dataclass(frozen=True, slots=True)
class Ringing:
    """One delivery of a wake-up: `at` is when it was due, `retries` how often it was refused before."""

    name: str
    payload: Mapping[str, str]
    at: datetime
    retries: int


Answer: TypeAlias = Callable[[Ringing], int]
"""Answers a delivery with an HTTP status: 2xx is done, everything else is tried again."""


class EmbeddedAlarms:
    """Keeps wake-ups in `path`; `changed` is set when a new one is due at once."""

    def __init__(self, path: Path, clock: Clock) -> None:
        self._clock = clock
        self._lock = RLock()
        self._closed = False
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # SQLite gives its other files the same permissions
        self._connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._connection.executescript(_OPEN)
        self.changed = Event()

    def arm(self, wakes: Sequence[Wake]) -> None:
        """Set the wake-ups, all or none; a name that is known is left as it is."""
        now = self._clock.now()
        rows = [_row(checked(wake, now), now) for wake in wakes]
        with self._writing() as connection:
            connection.execute("DELETE FROM alarms WHERE forget_at <= ?", [_ticks(now)])
            connection.executemany("INSERT OR IGNORE INTO alarms VALUES (?, ?, ?, ?, ?, 0)", rows)
        if any(wake.at <= now for wake in wakes):
            self.changed.set()

    def deliver(self, answer: Answer, most: int = _AT_ONCE) -> int:
        """Ring at most `most` of what is due now, the longest due first; how many rang."""
        due = self._due(most)
        for ringing in due:
            status = answer(ringing)
            if 200 <= status < 300:  # noqa: PLR2004 - the 2xx of HTTP
                self._done(ringing)
            else:
                self._again(ringing)
        return len(due)

    def close(self) -> None:
        """Let go of the file; a second call does nothing."""
        with self._lock:
            self._closed = True
            self._connection.close()

    def _due(self, most: int) -> list[Ringing]:
        now = _ticks(self._clock.now())
        with self._writing() as connection:
            rows = connection.execute(
                "SELECT name, payload, at, tries FROM alarms WHERE ring_at <= ? AND forget_at > ? "
                "ORDER BY ring_at, name LIMIT ?",
                [now, now, most],
            ).fetchall()
        return [Ringing(name, json.loads(payload), _EPOCH + at * _TICK, tries) for name, payload, at, tries in rows]

    def _done(self, ringing: Ringing) -> None:
        forget_at = _ticks(self._clock.now() + NAME_BLOCKED)
        with self._writing() as connection:
            connection.execute(
                "UPDATE alarms SET ring_at = NULL, forget_at = ? WHERE name = ?", [forget_at, ringing.name]
            )

    def _again(self, ringing: Ringing) -> None:
        pause = min(FIRST_PAUSE * 2 ** min(ringing.retries, _DOUBLINGS), LONGEST_PAUSE)
        ring_at = _ticks(self._clock.now() + pause)
        with self._writing() as connection:
            connection.execute(
                "UPDATE alarms SET ring_at = ?, tries = tries + 1 WHERE name = ?", [ring_at, ringing.name]
            )

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            if self._closed:
                raise AlarmsUnavailable("the alarm keeper is closed")
            try:
                with self._connection:
                    self._connection.execute("BEGIN IMMEDIATE")
                    yield self._connection
            except sqlite3.Error as error:
                raise AlarmsUnavailable(type(error).__name__) from error


def _row(wake: Wake, now: datetime) -> tuple[str, str, int, int, int]:
    return wake.name, json.dumps(dict(wake.payload)), _ticks(wake.at), _ticks(wake.at), _ticks(now + FORGOTTEN_AFTER)


def _ticks(instant: datetime) -> int:
    return (instant - _EPOCH) // _TICK
