"""Login with OpenID Connect: authorization code flow with PKCE, state and nonce, against the trusted brokers."""

import base64
import hashlib
import secrets
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from shared.adapters.brokers import TEST_ID, safe_address
from shared.adapters.https_json import OK, HttpsJson
from shared.adapters.id_tokens import sign, verify_id_token
from shared.adapters.signing_keys import Published, SigningKeys
from shared.domain.login import Attempt, Broker, BrokerUnavailable, Claims, LoginRefused
from shared.ports.clock import Clock
from shared.settings import Settings

if TYPE_CHECKING:
    import httpx2
    from _typeshed.wsgi import WSGIApplication

_ASSERTION: Final = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"


class Eid:
    """Logins with any of the configured brokers. Nothing is fetched before the first login.

    At stage demo `test_eid` is the test e-ID when it stands in this process: it is asked here, not over the network.
    """

    def __init__(
        self,
        brokers: Sequence[Broker],
        settings: Settings,
        clock: Clock,
        transport: "httpx2.BaseTransport | None" = None,
        test_eid: "WSGIApplication | None" = None,
    ) -> None:
        self._clock = clock
        here = {TEST_ID: test_eid} if settings.demo else {}
        self._providers = {
            one.id: _Provider(one, settings, HttpsJson(transport, here.get(one.id)), clock) for one in brokers
        }

    @property
    def brokers(self) -> tuple[Broker, ...]:
        """The brokers to choose from, in the order of the configuration."""
        return tuple(one.broker for one in self._providers.values())

    def begin(self, broker: str, *, wanted: str, language: str) -> tuple[str, Attempt]:
        """The address to send the browser to, and what to remember until it returns.

        Raises `LoginRefused` for an unknown broker and `BrokerUnavailable` when the broker does not answer.
        """
        provider = self._provider(broker)
        attempt = Attempt(
            broker=broker,
            state=secrets.token_urlsafe(32),
            nonce=secrets.token_urlsafe(32),
            verifier=secrets.token_urlsafe(48),
            next=wanted,
        )
        return provider.address(attempt, language), attempt

    def finish(self, attempt: Attempt, answer: Mapping[str, str]) -> Claims:
        """The verified claims for what the browser brought back (`code`, maybe `iss`) to this attempt.

        Raises `LoginRefused` when the broker refused or the token is not to be trusted, and `BrokerUnavailable`.
        """
        provider = self._provider(attempt.broker)
        provider.check_answer(answer)
        tokens = provider.redeem(attempt, answer["code"])
        return verify_id_token(
            _text(tokens, "id_token"),
            provider.broker,
            provider.keys,
            nonce=attempt.nonce,
            access_token=_text(tokens, "access_token"),
            now=self._clock.now(),
        )

    def broker(self, id: str) -> Broker:
        """The broker with this id; raises `LoginRefused`."""
        return self._provider(id).broker

    def _provider(self, id: str) -> "_Provider":
        if id not in self._providers:
            raise LoginRefused("unknown_broker")
        return self._providers[id]


class _Provider:
    def __init__(self, broker: Broker, settings: Settings, client: HttpsJson, clock: Clock) -> None:
        self.broker = broker
        self._demo = settings.demo
        # One return address per broker: another broker's answer can not be mixed up with this one's (RFC 9700 4.4).
        self._back = f"{settings.origin}/logga-in/retur/{broker.id}"
        self._client = client
        self._clock = clock
        self._metadata = Published(self._discover, clock)
        self.keys = SigningKeys(lambda: client.get(self._address("jwks_uri")), clock)

    def address(self, attempt: Attempt, language: str) -> str:
        challenge = base64.urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).rstrip(b"=")
        query = {
            "response_type": "code",
            "client_id": self.broker.client_id,
            "redirect_uri": self._back,
            "scope": " ".join(self.broker.scopes),
            "state": attempt.state,
            "nonce": attempt.nonce,
            "code_challenge": challenge.decode(),
            "code_challenge_method": "S256",
            # Never a login left behind by the person who used the same telephone before.
            "prompt": "login",
            "max_age": str(self.broker.max_age),
            "acr_values": " ".join(self.broker.acr),
            "ui_locales": language,
        }
        endpoint = self._address("authorization_endpoint")
        return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(query)}"

    def check_answer(self, answer: Mapping[str, str]) -> None:
        """RFC 9207: the answer names its issuer, so that another broker's answer is refused before its code is used."""
        promised = self._metadata.read().get("authorization_response_iss_parameter_supported") is True
        if ("iss" in answer or promised) and answer.get("iss") != self.broker.issuer:
            raise LoginRefused("mixed_up")
        if not answer.get("code"):
            raise LoginRefused("no_code")

    def redeem(self, attempt: Attempt, code: str) -> Mapping[str, Any]:
        form = {
            "grant_type": "authorization_code",
            "code": code,
            "redirect_uri": self._back,
            "client_id": self.broker.client_id,
            "code_verifier": attempt.verifier,
            **self._proof(),
        }
        status, tokens = self._client.post(self._address("token_endpoint"), form)
        if status != OK:
            raise LoginRefused("code")
        return tokens

    def _proof(self) -> dict[str, str]:
        """private_key_jwt (OpenID Connect Core 9), where the broker has our public key."""
        key = self.broker.client_key
        if key is None:
            return {}
        now = int(self._clock.now().timestamp())
        client = self.broker.client_id
        claims = {"iss": client, "sub": client, "aud": self.broker.issuer, "jti": secrets.token_urlsafe(16)}
        assertion = sign({**claims, "iat": now, "exp": now + 60}, key.file.read_bytes(), alg=key.alg, kid=key.id)
        return {"client_assertion_type": _ASSERTION, "client_assertion": assertion}

    def _discover(self) -> Mapping[str, Any]:
        metadata = self._client.get(f"{self.broker.issuer}/.well-known/openid-configuration")
        if metadata.get("issuer") != self.broker.issuer:
            raise BrokerUnavailable
        return metadata

    def _address(self, name: str) -> str:
        address = self._metadata.read().get(name)
        if not safe_address(address, self.broker.hosts, demo=self._demo):
            raise BrokerUnavailable
        return str(address)


def _text(tokens: Mapping[str, Any], name: str) -> str:
    value = tokens.get(name)
    if not isinstance(value, str):
        raise LoginRefused("no_token")
    return value
