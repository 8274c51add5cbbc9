"""Authorization codes of the test e-ID: each for one client, return address and code challenge, used once."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock
from typing import Final

LIFE: Final = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Asked:
    """A checked authorization request."""

    client: str
    back: str
    state: str
    nonce: str
    challenge: str


@dataclass(frozen=True, slots=True)
class Grant:
    """What a code stands for: the request it answers, who was chosen, and when."""

    asked: Asked
    person: str
    at: datetime


class Codes:
    """The codes given out and not used yet; they live in memory, as the whole test e-ID does."""

    def __init__(self) -> None:
        self._grants: dict[str, Grant] = {}
        self._lock = Lock()

    def give(self, grant: Grant) -> str:
        """A new code for the grant; forgets those that have grown too old."""
        code = secrets.token_urlsafe(32)
        with self._lock:
            self._grants = {one: kept for one, kept in self._grants.items() if abs(grant.at - kept.at) < LIFE}
            self._grants[code] = grant
        return code

    def redeem(self, code: str, *, client: str, back: str, verifier: str, now: datetime) -> Grant | None:
        """The grant, once, to the client that asked and can show the verifier (RFC 7636 4.6); otherwise None."""
        with self._lock:
            grant = self._grants.pop(code, None)
        if grant is None or abs(now - grant.at) >= LIFE:
            return None
        fits = (grant.asked.client, grant.asked.back) == (client, back)
        return grant if fits and hmac.compare_digest(_challenge(verifier), grant.asked.challenge) else None


def _challenge(verifier: str) -> str:
    return base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
