"""What an e-ID provider publishes about itself, remembered for a day so that its short outages stop nobody."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from threading import Lock
from typing import Any, Final

from shared.domain.login import BrokerUnavailable
from shared.ports.clock import Clock

LIFE: Final = timedelta(hours=24)
PAUSE: Final = timedelta(seconds=30)
"""At most one fetch in this time: an unknown `kid` must not become a flood of requests."""
RETRY: Final = timedelta(seconds=5)
"""The same while there is no document at all: people in line are answered at once instead of waiting one by one."""

Fetch = Callable[[], Mapping[str, Any]]


class Published:
    """One JSON document of a provider: used for a day, longer while the provider is down, refetched with pauses."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        self._fetch = fetch
        self._clock = clock
        self._lock = Lock()
        self._document: Mapping[str, Any] | None = None
        self._tried: datetime | None = None
        self._fetched: datetime | None = None

    def read(self, *, fresh: bool = False) -> Mapping[str, Any]:
        """The document, refetched when old or when `fresh` is asked; raises `BrokerUnavailable` if there is none."""
        with self._lock:
            if self._due(fresh=fresh):
                self._refetch()
            if self._document is None:
                raise BrokerUnavailable
            return self._document

    def _due(self, *, fresh: bool) -> bool:
        now = self._clock.now()
        pause = RETRY if self._document is None else PAUSE
        if self._tried is not None and timedelta(0) <= now - self._tried < pause:
            return False
        return fresh or self._fetched is None or not timedelta(0) <= now - self._fetched < LIFE

    def _refetch(self) -> None:
        self._tried = self._clock.now()
        try:
            self._document = self._fetch()
        except BrokerUnavailable:
            return  # `read` goes on with what we have, if anything
        self._fetched = self._tried


class SigningKeys:
    """A provider's public keys (JWKS), by `kid`."""

    def __init__(self, fetch: Fetch, clock: Clock) -> None:
        self._published = Published(fetch, clock)

    def find(self, kid: str) -> Mapping[str, Any] | None:
        """The one key with this id, asking the provider again for an unknown id; None fails closed."""
        return _only(self._published.read(), kid) or _only(self._published.read(fresh=True), kid)


def _only(document: Mapping[str, Any], kid: str) -> Mapping[str, Any] | None:
    keys = document.get("keys")
    listed: Sequence[Any] = keys if isinstance(keys, list) else ()
    found = [key for key in listed if isinstance(key, dict) and key.get("kid") == kid]
    return found[0] if len(found) == 1 else None
