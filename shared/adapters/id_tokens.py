"""The one wrapper of PyJWT: what an ID token must be before anything in it is believed.

Rules: OpenID Connect Core 3.1.3.7, RFC 8725, OWASP ASVS 5.0 V9 and V10. Time is judged by our own clock only.
"""

import base64
import hmac
import math
import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from shared.adapters.signing_keys import SigningKeys
from shared.domain.ids import OrganisationId, StaffId
from shared.domain.login import Broker, BrokerUnavailable, Claims, TokenRefused

LONGEST: Final = 16_384
LEEWAY: Final = 30
OLDEST: Final = 330
"""Seconds since issue: a token lives five minutes at most (Swedish OpenID Connect profile), and clocks differ."""

LONGEST_TEXT: Final = 100
_PERSONNUMMER: Final = re.compile(r"[0-9]{12}")
_REQUIRED: Final = ["exp", "iat", "iss", "aud", "sub", "nonce", "auth_time", "acr"]
_POINTERS: Final = frozenset({"jku", "jwk", "x5u", "x5c", "crit"})
"""Header fields by which a token could bring its own key or rules."""

_CODES: Final = {
    "InvalidSignatureError": "signature",
    "InvalidAudienceError": "audience",
    "InvalidIssuerError": "issuer",
    "MissingRequiredClaimError": "missing_claim",
    "InvalidKeyError": "key",
}


def verify_id_token(
    raw: str, broker: Broker, keys: SigningKeys, *, nonce: str, access_token: str, now: datetime
) -> Claims:
    """The claims of a token that passes every rule; anything else raises `TokenRefused` with the rule's code.

    Raises `BrokerUnavailable` when the provider's keys are not known and cannot be fetched.
    """
    try:
        claims = _decoded(raw, broker, keys, access_token)
        _check_person_was_here(claims, broker, nonce, now.timestamp())
        return _claims(claims, broker)
    except (TokenRefused, BrokerUnavailable):
        raise
    except Exception as error:
        # A token that surprises the checks is a hostile token: a non-string nonce, for one, ends here.
        raise TokenRefused(_CODES.get(type(error).__name__, "malformed")) from error


def sign(claims: Mapping[str, Any], private_key: str | bytes, *, alg: str, kid: str) -> str:
    """A signed compact JWT; `private_key` is PEM."""
    import jwt

    return jwt.encode(dict(claims), private_key, algorithm=alg, headers={"kid": kid})


def _decoded(raw: str, broker: Broker, keys: SigningKeys, access_token: str) -> dict[str, Any]:
    import jwt

    if len(raw) > LONGEST:
        raise TokenRefused("size")
    header = jwt.get_unverified_header(raw)
    key = _key(header, broker, keys)
    claims: dict[str, Any] = jwt.decode(
        raw,
        key,
        algorithms=list(broker.algs),
        audience=broker.client_id,
        issuer=broker.issuer,
        options={
            "require": _REQUIRED,
            "enforce_minimum_key_length": True,
            "verify_exp": False,
            "verify_iat": False,
            "verify_nbf": False,
        },
    )
    _check_audience(claims, broker)
    _check_access_token(claims, access_token, key)
    return claims


def _key(header: Mapping[str, Any], broker: Broker, keys: SigningKeys) -> Any:
    import jwt

    kid, alg = header.get("kid"), header.get("alg")
    if alg not in broker.algs:
        raise TokenRefused("algorithm")
    if _POINTERS & header.keys() or header.get("typ", "JWT") != "JWT" or not isinstance(kid, str) or not kid:
        raise TokenRefused("header")
    found = keys.find(kid)
    if found is None:
        raise TokenRefused("key")
    if found.get("use", "sig") != "sig" or "verify" not in found.get("key_ops", ["verify"]):
        raise TokenRefused("use")
    if found.get("alg", alg) != alg:
        raise TokenRefused("algorithm")
    return jwt.PyJWK(dict(found), alg)


def _check_audience(claims: Mapping[str, Any], broker: Broker) -> None:
    """For us alone: an audience we do not trust could replay the token (OpenID Connect Core 3.1.3.7, 3 to 5)."""
    if claims["aud"] not in (broker.client_id, [broker.client_id]):
        raise TokenRefused("audience")
    if claims.get("azp", broker.client_id) != broker.client_id:
        raise TokenRefused("azp")


def _check_access_token(claims: Mapping[str, Any], access_token: str, key: Any) -> None:
    if "at_hash" not in claims:
        return
    digest = key.Algorithm.compute_hash_digest(access_token.encode("ascii"))
    half = base64.urlsafe_b64encode(digest[: len(digest) // 2]).rstrip(b"=")
    if not access_token or not hmac.compare_digest(claims["at_hash"].encode("ascii"), half):
        raise TokenRefused("at_hash")


def _check_person_was_here(claims: Mapping[str, Any], broker: Broker, nonce: str, now: float) -> None:
    if not nonce or not hmac.compare_digest(claims["nonce"].encode(), nonce.encode()):
        raise TokenRefused("nonce")
    if _instant(claims["exp"]) <= now - LEEWAY:
        raise TokenRefused("expired")
    if not -LEEWAY <= now - _instant(claims["iat"]) <= OLDEST:
        raise TokenRefused("issued")
    if _instant(claims.get("nbf", 0)) > now + LEEWAY:
        raise TokenRefused("issued")
    if not -LEEWAY <= now - _instant(claims["auth_time"]) <= broker.max_age + LEEWAY:
        raise TokenRefused("auth_time")
    if claims["acr"] not in broker.acr:
        raise TokenRefused("acr")


def _instant(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise TokenRefused("malformed")
    return value


def _claims(claims: Mapping[str, Any], broker: Broker) -> Claims:
    names = broker.claims
    organisation, employee = claims.get(names.organisation), claims.get(names.employee)
    personnummer = _text(claims.get(names.personnummer))
    if not _PERSONNUMMER.fullmatch(personnummer) or not claims["sub"]:
        raise TokenRefused("person")
    return Claims(
        broker=broker.id,
        personnummer=personnummer,
        name=_text(claims.get(names.name)),
        assurance=broker.acr[claims["acr"]],
        organisation=None if organisation is None else OrganisationId(_text(organisation)),
        employee=None if employee is None else StaffId(_text(employee)),
    )


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST_TEXT:
        raise TokenRefused("person")
    return value
