"""The one wrapper of PyJWT: what an ID token, of a person or a machine, must be before anything in it is believed.

Rules: OpenID Connect Core 3.1.3.7, RFC 8725, OWASP ASVS 5.0 V9 and V10. Time is judged by our own clock only.
"""

import base64
import hmac
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Final

from shared.adapters.signing_keys import SigningKeys
from shared.domain.ids import OrganisationId, StaffId
from shared.domain.login import Broker, BrokerUnavailable, Claims, TokenRefused

LONGEST: Final = 16_384
LEEWAY: Final = 30
LONGEST_LIFE: Final = 300
"""Seconds since issue: a person's token lives five minutes at most (Swedish OpenID Connect profile)."""

LONGEST_TEXT: Final = 100
_PERSONNUMMER: Final = re.compile(r"[0-9]{12}")
_REQUIRED: Final = ["exp", "iat", "iss", "aud", "sub", "nonce", "auth_time", "acr"]
_REQUIRED_OF_MACHINES: Final = ["exp", "iat", "iss", "aud", "sub", "email", "email_verified"]
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
    with _refusing():
        claims = _decoded(raw, broker, keys, access_token)
        _check_person_was_here(claims, broker, nonce, now.timestamp())
        return _claims(claims, broker)


def machine_claims(
    raw: str, keys: SigningKeys, *, algs: Sequence[str], audience: str, issuer: str, now: datetime, longest: int
) -> Mapping[str, Any]:
    """The claims of a machine's token, its signature verified, for one who checks whose it is.

    It lives `longest` seconds at most. Raises as `verify_id_token`.
    """
    with _refusing():
        key = _key(_header(raw), algs, keys)
        claims = _verified(raw, key, algs, audience=audience, issuer=issuer, require=_REQUIRED_OF_MACHINES)
        _check_for_us_now(claims, audience, now.timestamp(), longest)
        return claims


def claims_verified_before(raw: str, *, audience: str, issuer: str, now: datetime, longest: int) -> Mapping[str, Any]:
    """The same of a token whose signature somebody before us has verified and taken away: it is only read."""
    import jwt

    with _refusing():
        _header(raw)
        claims: dict[str, Any] = jwt.decode(
            raw,
            issuer=issuer,
            options={"verify_signature": False, "verify_iss": True, "require": _REQUIRED_OF_MACHINES},
        )
        _check_for_us_now(claims, audience, now.timestamp(), longest)
        return claims


def sign(claims: Mapping[str, Any], private_key: str | bytes, *, alg: str, kid: str) -> str:
    """A signed compact JWT; `private_key` is PEM."""
    import jwt

    return jwt.encode(dict(claims), private_key, algorithm=alg, headers={"kid": kid})


@contextmanager
def _refusing() -> Iterator[None]:
    try:
        yield
    except (TokenRefused, BrokerUnavailable):
        raise
    except Exception as error:
        # A token that surprises the checks is a hostile token: a non-string nonce, for one, ends here.
        raise TokenRefused(_CODES.get(type(error).__name__, "malformed")) from error


def _decoded(raw: str, broker: Broker, keys: SigningKeys, access_token: str) -> dict[str, Any]:
    key = _key(_header(raw), broker.algs, keys)
    claims = _verified(raw, key, broker.algs, audience=broker.client_id, issuer=broker.issuer, require=_REQUIRED)
    _check_audience(claims, broker)
    _check_access_token(claims, access_token, key)
    return claims


def _verified(
    raw: str, key: Any, algs: Sequence[str], *, audience: str, issuer: str, require: list[str]
) -> dict[str, Any]:
    """The claims under a true signature; when they hold is for the caller to judge."""
    import jwt

    claims: dict[str, Any] = jwt.decode(
        raw,
        key,
        algorithms=list(algs),
        audience=audience,
        issuer=issuer,
        options={
            "require": require,
            "enforce_minimum_key_length": True,
            "verify_exp": False,
            "verify_iat": False,
            "verify_nbf": False,
        },
    )
    return claims


def _header(raw: str) -> dict[str, Any]:
    import jwt

    if len(raw) > LONGEST:
        raise TokenRefused("size")
    return jwt.get_unverified_header(raw)


def _key(header: Mapping[str, Any], algs: Sequence[str], keys: SigningKeys) -> Any:
    import jwt

    kid, alg = header.get("kid"), header.get("alg")
    if alg not in algs:
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
    _check_life(claims, now, LONGEST_LIFE)
    if not -LEEWAY <= now - _instant(claims["auth_time"]) <= broker.max_age + LEEWAY:
        raise TokenRefused("auth_time")
    if claims["acr"] not in broker.acr:
        raise TokenRefused("acr")


def _check_for_us_now(claims: Mapping[str, Any], audience: str, now: float, longest: int) -> None:
    if claims["aud"] != audience:
        raise TokenRefused("audience")
    _check_life(claims, now, longest)


def _check_life(claims: Mapping[str, Any], now: float, longest: int) -> None:
    if _instant(claims["exp"]) <= now - LEEWAY:
        raise TokenRefused("expired")
    if not -LEEWAY <= now - _instant(claims["iat"]) <= longest + LEEWAY:
        raise TokenRefused("issued")
    if _instant(claims.get("nbf", 0)) > now + LEEWAY:
        raise TokenRefused("issued")


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
