"""Logins that were started: each sealed in the browser that started it, and used once at most.

Nothing is stored before a login has succeeded, so that nobody fills the store by beginning logins.
"""

import hashlib
import json
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol

from shared.domain.login import Attempt
from shared.ports.clock import Clock
from shared.ports.keys import Tampered
from shared.ports.store import AlreadyExists, Create, Store, Value
from shared.records.day_seals import ATTEMPT, COLLECTION

LIFE: Final = timedelta(minutes=10)
_LATER: Final = timedelta(minutes=1)
"""Clocks of instances differ by less."""


class Seals(Protocol):
    """Texts that only this installation can read when they come back."""

    def seal(self, plain: bytes) -> str:
        """`plain` sealed, in letters that may stand in a cookie."""
        ...

    def open(self, sealed: str) -> bytes:
        """What was sealed; `Tampered` when it was changed or is not ours."""
        ...


class LoginAttempts:
    """Keeps what must be remembered while the person is at its e-ID provider."""

    def __init__(self, store: Store, seals: Seals, clock: Clock) -> None:
        self._store = store
        self._seals = seals
        self._clock = clock

    def seal(self, attempt: Attempt) -> str:
        """The attempt for its browser's cookie: to be opened here, within ten minutes."""
        started = {"at": self._clock.now().timestamp(), **asdict(attempt)}
        return self._seals.seal(json.dumps(started, separators=(",", ":")).encode())

    def open(self, sealed: str) -> Attempt | None:
        """The attempt that a cookie brings back; None when it is ten minutes old, changed, or not ours."""
        try:
            started = json.loads(self._seals.open(sealed))
        except Tampered:
            return None
        age = self._clock.now() - datetime.fromtimestamp(started.pop("at"), UTC)
        return Attempt(**started) if -_LATER < age < LIFE else None

    def used(self, attempt: Attempt) -> bool:
        """Whether somebody has logged in with the attempt: its code must not be shown to the provider again."""
        return self._store.get(COLLECTION, _id(attempt.state)) is not None

    def use(self, attempt: Attempt) -> bool:
        """Whether this is the attempt's first login, for one caller only, however many ask at once."""
        mark: dict[str, Value] = {"kind": ATTEMPT, "expires_at": self._clock.now() + LIFE}
        try:
            self._store.commit([Create(COLLECTION, _id(attempt.state), mark)])
        except AlreadyExists:
            return False
        return True


def _id(state: str) -> str:
    return hashlib.sha256(f"used.{state}".encode()).hexdigest()
