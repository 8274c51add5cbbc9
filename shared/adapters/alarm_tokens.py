"""Signed calls: what the embedded alarm keeper shows instead of a cloud platform's identity token."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

from shared.ports.clock import Clock

LIFE: Final = timedelta(minutes=5)
_SCHEME: Final = "Bearer "


class AlarmTokens:
    """Signs one call for one path and body, and recognises it once, within five minutes."""

    def __init__(self, secret: bytes, clock: Clock) -> None:
        """`secret` is at least 32 random bytes that only this installation knows."""
        if len(secret) < hashlib.sha256().digest_size:
            raise ValueError("the secret is too short")
        self._secret = secret
        self._clock = clock
        self._seen: dict[str, int] = {}
        self._lock = Lock()

    def sign(self, audience: str, body: bytes) -> str:
        """The `Authorization` header of one call; `audience` is the path that it is for."""
        expires = _seconds(self._clock.now() + LIFE)
        nonce = secrets.token_hex(16)
        return f"{_SCHEME}{expires}.{nonce}.{self._signature(audience, expires, nonce, body)}"

    def verify(self, authorization: str, audience: str, body: bytes) -> bool:
        """Whether we signed exactly this call, it is still fresh, and it has not been shown here before."""
        expires, _, rest = authorization.removeprefix(_SCHEME).partition(".")
        nonce, _, signature = rest.partition(".")
        if not (authorization.startswith(_SCHEME) and authorization.isascii() and _is_number(expires)):
            return False
        if not hmac.compare_digest(signature, self._signature(audience, int(expires), nonce, body)):
            return False
        return self._first_time(nonce, int(expires))

    def _first_time(self, nonce: str, expires: int) -> bool:
        now = _seconds(self._clock.now())
        with self._lock:
            self._seen = {one: until for one, until in self._seen.items() if until > now}
            if expires <= now or nonce in self._seen:
                return False
            self._seen[nonce] = expires
            return True

    def _signature(self, audience: str, expires: int, nonce: str, body: bytes) -> str:
        parts = (audience.encode(), str(expires).encode(), nonce.encode(), body)
        framed = b"".join(len(part).to_bytes(8, "big") + part for part in parts)
        return hmac.new(self._secret, framed, hashlib.sha256).hexdigest()


def _seconds(instant: datetime) -> int:
    return int(instant.timestamp())


def _is_number(text: str) -> bool:
    return text.isdigit() and len(text) <= 12  # noqa: PLR2004 - seconds until the year 33658
