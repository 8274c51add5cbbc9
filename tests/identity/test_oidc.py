"""What is asked of a provider, and which of its answers end the login."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import httpx2
import jwt
import pytest
from cryptography.hazmat.primitives import serialization

from shared.adapters.brokers import TEST_ID, load_brokers
from shared.adapters.https_json import LARGEST, HttpsJson
from shared.adapters.oidc import Eid
from shared.demo.eid import create_eid
from shared.domain.login import Attempt, Broker, BrokerUnavailable, ClientKey, LoginRefused
from shared.settings import Settings, Stage
from tests.identity.hostile_tokens import BROKER, ISSUER, NOW, Hands, at_hash, ec_jwk, ec_key, token
from tests.identity.house import query

SETTINGS = Settings(stage=Stage.PRODUCTION, origin="https://kommun.example.se")
DEMO = Settings(stage=Stage.DEMO, origin="http://localhost:8080")
METADATA = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
}
Answer = Callable[[httpx2.Request], httpx2.Response]


class Freja:
    """A provider whose every answer a test may change; keeps what it was asked."""

    def __init__(self, **changed: Any) -> None:
        self.metadata: Mapping[str, Any] = {**METADATA, **changed}
        self.tokens: Mapping[str, Any] = {}
        self.answers: dict[str, Answer] = {}
        self.asked: list[httpx2.Request] = []

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        self.asked.append(request)
        path = request.url.path
        if path in self.answers:
            return self.answers[path](request)
        found = {"/.well-known/openid-configuration": self.metadata, "/jwks": {"keys": [ec_jwk()]}}
        return httpx2.Response(200, json=found.get(path, self.tokens))

    def eid(self, broker: Broker = BROKER, settings: Settings = SETTINGS) -> Eid:
        return Eid([broker], settings, Hands(), httpx2.MockTransport(self.answer))

    def log_in(self, broker: Broker = BROKER, **answer: str) -> str:
        """Begin and finish a login; whom it proved."""
        eid = self.eid(broker)
        _, attempt = eid.begin("freja", wanted="/", language="sv")
        self.tokens = self.tokens or proof(attempt)
        return eid.finish(attempt, {"code": "the-code", **answer}).name


def proof(attempt: Attempt) -> dict[str, str]:
    return {"id_token": token(nonce=attempt.nonce, at_hash=at_hash("access")), "access_token": "access"}


def redirecting(to: str) -> Answer:
    return lambda _: httpx2.Response(302, headers={"Location": to})


def down(_: httpx2.Request) -> httpx2.Response:
    raise httpx2.ConnectTimeout("no answer")


def test_a_login_with_a_provider_that_keeps_its_word_succeeds() -> None:
    assert Freja().log_in() == "Elsa Exempel"


def test_nothing_is_asked_of_a_provider_before_somebody_logs_in() -> None:
    freja = Freja()
    freja.eid()
    assert freja.asked == []


def test_two_logins_ask_for_its_description_and_keys_once() -> None:
    freja = Freja()
    eid = freja.eid()
    for _ in range(2):
        _, attempt = eid.begin("freja", wanted="/", language="sv")
        freja.tokens = proof(attempt)
        eid.finish(attempt, {"code": "c"})
    paths = [one.url.path for one in freja.asked]
    assert paths == ["/.well-known/openid-configuration", "/token", "/jwks", "/token"]


def test_the_person_must_prove_itself_anew_at_the_asked_level_in_its_own_language() -> None:
    address, _ = Freja().eid().begin("freja", wanted="/", language="en")
    asked = query(address)
    assert (asked["prompt"], asked["max_age"], asked["ui_locales"]) == ("login", "300", "en")
    assert asked["acr_values"] == "http://id.elegnamnden.se/loa/1.0/loa3"
    assert asked["redirect_uri"] == "https://kommun.example.se/logga-in/retur/freja"


def test_each_broker_has_a_return_address_of_its_own() -> None:
    other = replace(BROKER, id="bankid")
    eid = Eid([BROKER, other], SETTINGS, Hands(), httpx2.MockTransport(Freja().answer))
    backs = {query(eid.begin(id, wanted="/", language="sv")[0])["redirect_uri"] for id in ("freja", "bankid")}
    assert len(backs) == 2


def test_a_description_for_another_issuer_is_refused() -> None:
    with pytest.raises(BrokerUnavailable):
        Freja(issuer="https://eid.example.se/").log_in()


@pytest.mark.parametrize("endpoint", ["authorization_endpoint", "token_endpoint", "jwks_uri"])
@pytest.mark.parametrize(
    "address",
    ["http://eid.example.se/x", "https://evil.example.se/x", "http://localhost/x", "file:///etc/passwd", None],
)
def test_no_endpoint_leads_us_to_plain_http_or_to_another_host(endpoint: str, address: str | None) -> None:
    freja = Freja(**{endpoint: address})
    with pytest.raises(BrokerUnavailable):
        freja.log_in()
    assert {one.url.host for one in freja.asked} == {"eid.example.se"}


@pytest.mark.parametrize("path", ["/.well-known/openid-configuration", "/jwks", "/token"])
@pytest.mark.parametrize(
    "wrong",
    [
        redirecting(f"{ISSUER}/elsewhere"),
        down,
        lambda _: httpx2.Response(503, json={}),
        lambda _: httpx2.Response(200, text="<html>"),
        lambda _: httpx2.Response(200, json=["a list"]),
        lambda _: httpx2.Response(200, json={"x": "y" * LARGEST}),
        lambda _: httpx2.Response(200, text="[" * 100_000),
    ],
    ids=["redirect", "timeout", "503", "html", "list", "too large", "too deep"],
)
def test_a_provider_that_answers_nonsense_counts_as_down(path: str, wrong: Answer) -> None:
    freja = Freja()
    freja.answers[path] = wrong
    with pytest.raises(BrokerUnavailable):
        freja.log_in()
    assert all(one.url.path != "/elsewhere" for one in freja.asked)


def test_a_refused_code_is_no_login() -> None:
    freja = Freja()
    freja.answers["/token"] = lambda _: httpx2.Response(400, json={"error": "invalid_grant"})
    with pytest.raises(LoginRefused) as refused:
        freja.log_in()
    assert refused.value.code == "code"


@pytest.mark.parametrize("lacking", ["id_token", "access_token"])
def test_an_answer_without_both_tokens_is_no_login(lacking: str) -> None:
    freja = Freja()
    tokens = {"id_token": token(), "access_token": "access"}
    freja.tokens = {name: value for name, value in tokens.items() if name != lacking}
    with pytest.raises(LoginRefused) as refused:
        freja.log_in()
    assert refused.value.code == "no_token"


def test_a_token_of_an_earlier_login_is_no_login() -> None:
    freja = Freja()
    freja.tokens = {"id_token": token(nonce="of an earlier login"), "access_token": "an-access-token"}
    with pytest.raises(LoginRefused) as refused:
        freja.log_in()
    assert refused.value.code == "nonce"


def test_an_answer_that_names_another_issuer_is_refused_before_its_code_is_used() -> None:
    freja = Freja()
    with pytest.raises(LoginRefused) as refused:
        freja.log_in(iss="https://evil.example.se")
    assert refused.value.code == "mixed_up"
    assert all(one.url.path != "/token" for one in freja.asked)


def test_an_answer_must_name_its_issuer_where_the_provider_promised_to() -> None:
    with pytest.raises(LoginRefused):
        Freja(authorization_response_iss_parameter_supported=True).log_in()
    assert Freja(authorization_response_iss_parameter_supported=True).log_in(iss=ISSUER) == "Elsa Exempel"


def test_a_code_is_redeemed_in_the_body_with_the_verifier_and_never_in_an_address() -> None:
    freja = Freja()
    freja.log_in()
    (sent,) = [one for one in freja.asked if one.url.path == "/token"]
    form = dict(parse_qsl(sent.content.decode()))
    assert (form["code"], form["client_id"]) == ("the-code", "exempelkommun")
    assert len(form["code_verifier"]) == 64
    assert "client_assertion" not in form
    assert not sent.url.query


def test_we_prove_ourselves_with_our_key_where_the_broker_has_it(tmp_path: Path) -> None:
    file = tmp_path / "client.pem"
    formats = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    file.write_bytes(ec_key("client").private_bytes(*formats))
    freja = Freja()
    freja.log_in(replace(BROKER, client_key=ClientKey(file, "client-1", "ES256")))
    (sent,) = [one for one in freja.asked if one.url.path == "/token"]
    form = dict(parse_qsl(sent.content.decode()))
    assert form["client_assertion_type"] == "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"
    assertion, now = form["client_assertion"], int(NOW.timestamp())
    claims = jwt.decode(
        assertion,
        ec_key("client").public_key(),
        algorithms=["ES256"],
        audience=ISSUER,
        options={"verify_exp": False, "verify_iat": False},
    )
    assert (claims["iss"], claims["sub"]) == ("exempelkommun", "exempelkommun")
    assert (claims["iat"], claims["exp"]) == (now, now + 60)
    assert jwt.get_unverified_header(assertion)["kid"] == "client-1"


def test_an_unknown_broker_is_refused() -> None:
    with pytest.raises(LoginRefused) as refused:
        Freja().eid().begin("another", wanted="/", language="sv")
    assert refused.value.code == "unknown_broker"


def test_a_proxy_of_the_environment_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://evil.example.se:3128")
    client = HttpsJson()._client()
    assert client.trust_env is False
    assert not client.follow_redirects
    assert client._mounts == {}


def test_a_provider_that_drips_its_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    seconds = iter(range(0, 100, 2))
    monkeypatch.setattr("shared.adapters.https_json.monotonic", lambda: next(seconds))

    def drip(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(200, content=iter([b"{", b" ", b" ", b" ", b" ", b"}"]))

    with pytest.raises(BrokerUnavailable):
        HttpsJson(httpx2.MockTransport(drip)).get(f"{ISSUER}/x")


# ── The test e-ID in the same process ─────────────────────────────────────────────────────────────────────────────────


def never(*_: object) -> list[bytes]:
    raise AssertionError("asked here")


def test_the_test_e_id_is_asked_in_this_process_where_it_stands(tmp_path: Path) -> None:
    (broker,) = load_brokers(DEMO)
    network = Freja()
    test_eid = create_eid(DEMO, Hands(), tmp_path)
    eid = Eid([broker], DEMO, Hands(), httpx2.MockTransport(network.answer), test_eid)
    address, _ = eid.begin(broker.id, wanted="/", language="sv")
    assert address.startswith(f"{DEMO.origin}/test-eid/authorize?")
    assert network.asked == []


@pytest.mark.parametrize(("id", "settings"), [("freja", DEMO), (TEST_ID, SETTINGS)])
def test_no_other_provider_and_no_other_stage_is_answered_by_it(id: str, settings: Settings) -> None:
    freja = Freja()
    eid = Eid([replace(BROKER, id=id)], settings, Hands(), httpx2.MockTransport(freja.answer), never)
    eid.begin(id, wanted="/", language="sv")
    assert len(freja.asked) == 1
