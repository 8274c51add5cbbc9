"""Google as a test sees it: a signing key, where it is published, and identity tokens of service accounts."""

from functools import cache
from typing import Any

import httpx2
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from shared.adapters.cloud_callers import KEYS
from shared.adapters.id_tokens import sign
from shared.ports.clock import Clock

ISSUER = "https://accounts.google.com"
KID = "google-1"


@cache
def google_key(name: str = "google") -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


class Google:
    """Publishes its key, unless it is `down`, and signs; what it signs is right in every part until a test bends it."""

    def __init__(self, clock: Clock, key: str = "google") -> None:
        self.down = False
        self.asked = 0
        self._clock = clock
        self._key = google_key(key)

    @property
    def transport(self) -> httpx2.MockTransport:
        return httpx2.MockTransport(self._answer)

    def token(self, audience: str, email: str, **changed: Any) -> str:
        """An identity token; a claim changed to None is left out."""
        now = int(self._clock.now().timestamp())
        right = {
            "iss": ISSUER,
            "aud": audience,
            "azp": "1" * 21,
            "sub": "1" * 21,
            "email": email,
            "email_verified": True,
            "iat": now,
            "exp": now + 3600,
        }
        claims = {name: value for name, value in {**right, **changed}.items() if value is not None}
        return sign(claims, self._pem(), alg="RS256", kid=KID)

    def _answer(self, request: httpx2.Request) -> httpx2.Response:
        assert str(request.url) == KEYS
        self.asked += 1
        if self.down:
            return httpx2.Response(503)
        public = RSAAlgorithm.to_jwk(self._key.public_key(), as_dict=True)
        return httpx2.Response(200, json={"keys": [{**public, "kid": KID, "use": "sig", "alg": "RS256"}]})

    def _pem(self) -> bytes:
        return self._key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )


def without_signature(token: str) -> str:
    """The token as the platform hands it on when it has verified the signature itself."""
    return f"{token.rpartition('.')[0]}.SIGNATURE_REMOVED_BY_GOOGLE"
