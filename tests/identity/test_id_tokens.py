"""Which ID tokens prove a person, and the many that do not."""

import hashlib
import hmac
import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from shared.adapters.signing_keys import SigningKeys
from shared.domain.login import Broker, TokenRefused
from tests.identity.hostile_tokens import (
    ACCESS_TOKEN,
    BROKER,
    CLIENT,
    KID,
    NONCE,
    NOW,
    Hands,
    Provider,
    at_hash,
    by_hand,
    claims,
    ec_jwk,
    ec_key,
    public_pem,
    rsa_jwk,
    rsa_key,
    token,
    verify,
)

SECONDS = int(NOW.timestamp())
RSA_BROKER = replace(BROKER, algs=("RS256",))


def keys(*published: dict[str, Any]) -> SigningKeys:
    return SigningKeys(Provider(*published).fetch, Hands())


def refused(raw: str, code: str, **how: Any) -> None:
    with pytest.raises(TokenRefused) as refusal:
        verify(raw, **how)
    assert refusal.value.code == code


def bent(claim: str, value: object, **also: object) -> str:
    """A signed token with this one claim changed or taken away."""
    changed: dict[str, Any] = {claim: value, **also}
    return token(**changed)


# ── Good tokens ───────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_token_right_in_every_part_proves_the_person() -> None:
    found = verify(token(organisation="exempelskolan"))
    assert (found.personnummer, found.name, found.assurance) == ("197909212388", "Elsa Exempel", 3)
    assert (found.organisation, found.employee, found.broker) == ("exempelskolan", None, "freja")


def test_a_token_with_us_as_the_only_listed_audience_is_accepted() -> None:
    assert verify(token(aud=[CLIENT], azp=CLIENT)).name == "Elsa Exempel"


def test_a_token_without_at_hash_is_accepted_because_the_code_flow_does_not_demand_it() -> None:
    assert verify(token(at_hash=...)).name == "Elsa Exempel"


def test_an_rsa_token_is_accepted_from_a_broker_that_uses_rsa() -> None:
    raw = token(key=rsa_key(2048), alg="RS256")
    assert verify(raw, broker=RSA_BROKER, keys=keys(rsa_jwk())).name == "Elsa Exempel"


def test_a_clock_half_a_minute_off_is_forgiven() -> None:
    assert verify(token(iat=SECONDS + 25, auth_time=SECONDS + 25)).name == "Elsa Exempel"


def test_claims_are_read_under_the_names_the_broker_uses() -> None:
    swedish = "https://id.oidc.se/claim/personalIdentityNumber"
    broker = replace(BROKER, claims=replace(BROKER.claims, personnummer=swedish))
    assert verify(bent("personnummer", ..., **{swedish: "197909212388"}), broker=broker).personnummer == "197909212388"


# ── Signature, algorithm and key ──────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("name", ["none", "None", "NONE", "nOnE"])
def test_a_token_without_a_signature_is_refused(name: str) -> None:
    refused(by_hand({"alg": name, "kid": KID}, claims()), "algorithm")


def test_a_token_signed_with_our_public_key_as_a_shared_secret_is_refused() -> None:
    header = {"alg": "HS256", "kid": KID}
    unsigned = by_hand(header, claims()).rpartition(".")[0]
    mac = hmac.digest(public_pem(), unsigned.encode(), hashlib.sha256)
    refused(by_hand(header, claims(), mac), "algorithm")


def test_a_token_of_another_algorithm_than_the_brokers_is_refused() -> None:
    refused(token(key=rsa_key(2048), alg="RS256"), "algorithm", keys=keys(rsa_jwk()))


def test_a_key_published_for_another_algorithm_is_refused() -> None:
    refused(token(), "algorithm", keys=keys(ec_jwk(alg="ES384")))


def test_a_token_signed_with_somebody_elses_key_is_refused() -> None:
    refused(token(key=ec_key("another")), "signature")


def test_a_token_changed_after_it_was_signed_is_refused() -> None:
    head, _, tail = token().split(".")
    body = by_hand({}, claims(personnummer="198404152392")).split(".")[1]
    refused(f"{head}.{body}.{tail}", "signature")


def test_a_token_under_a_key_id_nobody_published_is_refused() -> None:
    refused(token(header={"kid": "key-2"}), "key")


def test_a_token_without_a_key_id_is_refused() -> None:
    refused(by_hand({"alg": "ES256"}, claims()), "header")


def test_a_key_id_published_twice_is_refused() -> None:
    refused(token(), "key", keys=keys(ec_jwk(), ec_jwk()))


def test_a_key_meant_for_encryption_is_refused() -> None:
    refused(token(), "use", keys=keys(ec_jwk(use="enc")))


def test_a_key_that_may_not_verify_is_refused() -> None:
    refused(token(), "use", keys=keys(ec_jwk(key_ops=["encrypt"])))


@pytest.mark.filterwarnings("ignore:The RSA key is 1024 bits long")
def test_an_rsa_key_of_1024_bits_is_refused() -> None:
    raw = token(key=rsa_key(1024), alg="RS256")
    refused(raw, "key", broker=RSA_BROKER, keys=keys(rsa_jwk(1024)))


@pytest.mark.parametrize(
    "pointer",
    [
        {"jku": "https://evil.example.se/jwks"},
        {"x5u": "https://evil.example.se/cert"},
        {"x5c": ["MIIB"]},
        {"jwk": ec_jwk()},
    ],
    ids=lambda pointer: next(iter(pointer)),
)
def test_a_token_that_brings_its_own_key_is_refused(pointer: dict[str, Any]) -> None:
    refused(token(header=pointer), "header")


def test_a_token_with_a_rule_we_do_not_know_is_refused() -> None:
    refused(by_hand({"alg": "ES256", "kid": KID, "crit": ["sudo"], "sudo": True}, claims()), "malformed")


def test_a_token_made_for_another_purpose_is_refused() -> None:
    refused(token(header={"typ": "logout+jwt"}), "header")


# ── From whom and for whom ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("issuer", ["https://evil.example.se", "https://eid.example.se/", "https://eid.example"])
def test_a_token_from_another_issuer_is_refused(issuer: str) -> None:
    refused(token(iss=issuer), "issuer")


def test_a_token_for_another_service_is_refused() -> None:
    refused(token(aud="another-service"), "audience")


def test_a_token_that_another_service_may_use_too_is_refused() -> None:
    refused(token(aud=[CLIENT, "another-service"], azp="another-service"), "audience")


def test_a_token_given_to_another_service_is_refused() -> None:
    refused(token(azp="another-service"), "azp")


def test_a_token_of_another_login_is_refused() -> None:
    refused(token(nonce="m-" + "y" * 30), "nonce")


def test_a_token_is_refused_when_we_remember_no_nonce() -> None:
    refused(token(nonce=""), "nonce", nonce="")


@pytest.mark.parametrize("nonce", [17, True, [NONCE], {"n": NONCE}], ids=str)
def test_a_nonce_that_is_no_text_is_refused(nonce: object) -> None:
    refused(token(nonce=nonce), "malformed")


@pytest.mark.parametrize("claim", ["exp", "iat", "iss", "aud", "sub", "nonce", "auth_time", "acr"])
def test_a_token_that_lacks_a_claim_is_refused(claim: str) -> None:
    refused(bent(claim, ...), "missing_claim")


@pytest.mark.parametrize("personnummer", [..., "", "7909212388", "19790921-2388", "١٩٧٩٠٩٢١٢٣٨٨", 197909212388])
def test_a_token_that_does_not_name_a_person_is_refused(personnummer: object) -> None:
    refused(token(personnummer=personnummer), "person")


def test_a_token_with_an_empty_subject_is_refused() -> None:
    refused(token(sub=""), "person")


# ── When and how sure ─────────────────────────────────────────────────────────────────────────────────────────────────


def test_an_expired_token_is_refused() -> None:
    refused(token(exp=SECONDS - 31), "expired")


def test_a_good_token_is_refused_six_minutes_later() -> None:
    refused(token(exp=SECONDS + 86_400), "issued", now=NOW + timedelta(minutes=6))


def test_a_token_issued_ten_years_ago_is_refused() -> None:
    refused(token(iat=SECONDS - 315_360_000), "issued")


def test_a_token_issued_in_the_future_is_refused() -> None:
    refused(token(iat=SECONDS + 60), "issued")


def test_a_token_not_valid_yet_is_refused() -> None:
    refused(token(nbf=SECONDS + 60), "issued")


def test_a_person_who_proved_itself_long_ago_is_refused() -> None:
    refused(token(auth_time=SECONDS - 331), "auth_time")


def test_a_person_who_proves_itself_in_the_future_is_refused() -> None:
    refused(token(auth_time=SECONDS + 60), "auth_time")


@pytest.mark.parametrize("claim", ["auth_time", "iat", "exp", "nbf"])
@pytest.mark.parametrize("value", ["1", True, [1], float("inf"), float("nan")], ids=str)
def test_a_time_that_is_no_number_is_refused(claim: str, value: object) -> None:
    refused(bent(claim, value), "malformed")


def test_a_login_below_assurance_level_3_is_refused() -> None:
    refused(token(acr="http://id.elegnamnden.se/loa/1.0/loa2"), "acr")


def test_an_assurance_level_that_is_no_text_is_refused() -> None:
    refused(token(acr=["http://id.elegnamnden.se/loa/1.0/loa3"]), "malformed")


# ── The access token beside it ────────────────────────────────────────────────────────────────────────────────────────


def test_a_token_bound_to_another_access_token_is_refused() -> None:
    refused(token(at_hash=at_hash("another")), "at_hash")


def test_a_token_bound_to_an_access_token_that_did_not_come_is_refused() -> None:
    refused(token(at_hash=at_hash("")), "at_hash", access_token="")


def test_an_at_hash_that_is_no_text_is_refused() -> None:
    refused(token(at_hash=[at_hash(ACCESS_TOKEN)]), "malformed")


# ── Shape ─────────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_a_token_of_two_megabytes_is_refused_before_it_is_read() -> None:
    refused(token(name="x" * 2_000_000), "size")


@pytest.mark.parametrize("raw", ["", "a", "a.b", "a.b.c", "....", "ä.ö.å", "e30.e30.e30"])
def test_what_is_no_token_is_refused(raw: str) -> None:
    with pytest.raises(TokenRefused):
        verify(raw)


def test_a_token_that_is_a_list_is_refused() -> None:
    header = json.dumps({"alg": "ES256", "kid": KID}).encode()
    import jwt

    raw = jwt.api_jws.PyJWS().encode(b"[1]", ec_key(), "ES256", headers=json.loads(header))
    refused(raw, "malformed")


def test_a_broker_without_algorithms_lets_nobody_in() -> None:
    nobody: Broker = replace(BROKER, algs=())
    refused(token(), "algorithm", broker=nobody)
