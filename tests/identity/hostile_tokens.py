"""Builders: an e-ID provider's keys and tokens, right in every part until a test bends one."""

import base64
import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from jwt.algorithms import ECAlgorithm, RSAAlgorithm

from shared.adapters.id_tokens import verify_id_token
from shared.adapters.signing_keys import SigningKeys
from shared.domain.login import Audience, Broker, BrokerUnavailable, Claims

NOW = datetime(2026, 11, 20, 9, 30, tzinfo=UTC)
ISSUER = "https://eid.example.se"
CLIENT = "exempelkommun"
NONCE = "n-" + "x" * 30
ACCESS_TOKEN = "an-access-token"
LOA3 = "http://id.elegnamnden.se/loa/1.0/loa3"
KID = "key-1"

BROKER = Broker(
    id="freja",
    names={"sv": "Freja", "en": "Freja"},
    hints={"sv": "", "en": ""},
    issuer=ISSUER,
    client_id=CLIENT,
    algs=("ES256",),
    acr={LOA3: 3},
    audiences=frozenset(Audience),
    hosts=frozenset({"eid.example.se"}),
)


class Hands:
    """A clock moved by hand."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def advance(self, **span: float) -> None:
        self.at += timedelta(**span)


@cache
def ec_key(name: str = "ours") -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


@cache
def rsa_key(bits: int) -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, bits)


def public_pem() -> bytes:
    return (
        ec_key().public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    )


def ec_jwk(**changed: Any) -> dict[str, Any]:
    return {**ECAlgorithm.to_jwk(ec_key().public_key(), as_dict=True), "kid": KID, "use": "sig", **changed}


def rsa_jwk(bits: int = 2048, **changed: Any) -> dict[str, Any]:
    return {**RSAAlgorithm.to_jwk(rsa_key(bits).public_key(), as_dict=True), "kid": KID, "use": "sig", **changed}


class Provider:
    """Publishes keys and counts how often it is asked; down while `down`."""

    def __init__(self, *keys: dict[str, Any]) -> None:
        self.keys = list(keys)
        self.asked = 0
        self.down = False

    def fetch(self) -> Mapping[str, Any]:
        self.asked += 1
        if self.down:
            raise BrokerUnavailable
        return {"keys": list(self.keys)}


def at_hash(access_token: str = ACCESS_TOKEN) -> str:
    half = hashlib.sha256(access_token.encode()).digest()[:16]
    return base64.urlsafe_b64encode(half).rstrip(b"=").decode()


def claims(**changed: Any) -> dict[str, Any]:
    """Good claims with some changed; `...` takes a claim away."""
    now = int(NOW.timestamp())
    good = {
        "iss": ISSUER,
        "aud": CLIENT,
        "sub": "a-pairwise-subject",
        "iat": now,
        "exp": now + 300,
        "auth_time": now - 5,
        "nonce": NONCE,
        "acr": LOA3,
        "at_hash": at_hash(),
        "personnummer": "197909212388",
        "name": "Elsa Exempel",
    }
    return {name: value for name, value in {**good, **changed}.items() if value is not ...}


def token(header: Mapping[str, Any] | None = None, key: Any = None, alg: str = "ES256", **changed: Any) -> str:
    headers = {"kid": KID, **(header or {})}
    return jwt.encode(claims(**changed), key or ec_key(), algorithm=alg, headers=headers)


def by_hand(header: Mapping[str, Any], payload: Mapping[str, Any], signature: bytes = b"") -> str:
    """A token whose parts a careful library would not make."""
    parts = [json.dumps(header).encode(), json.dumps(payload).encode(), signature]
    return ".".join(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts)


def verify(
    raw: str,
    *,
    broker: Broker = BROKER,
    keys: SigningKeys | None = None,
    nonce: str = NONCE,
    access_token: str = ACCESS_TOKEN,
    now: datetime = NOW,
) -> Claims:
    known = keys or SigningKeys(Provider(ec_jwk()).fetch, Hands())
    return verify_id_token(raw, broker, known, nonce=nonce, access_token=access_token, now=now)
