"""Logins that were started: each bound to the browser that started it, and used once at most."""

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Final

from shared.domain.login import Attempt
from shared.ports import Clock, Conflict, Delete, NotFound, Store, Value
from shared.records.day_seals import ATTEMPT, COLLECTION, DaySeals

LIFE: Final = timedelta(minutes=10)


class LoginAttempts:
    """Keeps what must be remembered while the person is at its e-ID provider."""

    def __init__(self, store: Store, seals: DaySeals, clock: Clock) -> None:
        self._store = store
        self._seals = seals
        self._clock = clock

    def keep(self, attempt: Attempt, browser: str) -> None:
        """Remember the attempt for ten minutes, for the browser that holds the secret `browser`."""
        clear: Mapping[str, Value] = {"kind": ATTEMPT, "expires_at": self._clock.now() + LIFE}
        self._store.commit([self._seals.create(_id(browser, attempt.state), clear, asdict(attempt))])

    def take(self, state: str, browser: str) -> Attempt | None:
        """The attempt, for the same browser and for one caller only, however many ask at once; then it is gone."""
        document = self._store.get(COLLECTION, _id(browser, state)) if state and browser else None
        if document is None:
            return None
        try:
            self._store.commit([Delete(COLLECTION, document.id, document.rev)])
        except (Conflict, NotFound):
            return None
        expires_at = document.fields["expires_at"]
        if not isinstance(expires_at, datetime) or expires_at <= self._clock.now():
            return None
        content = self._seals.open(document)
        return None if content is None else Attempt(**content)


def _id(browser: str, state: str) -> str:
    return hashlib.sha256(f"{browser}.{state}".encode()).hexdigest()
