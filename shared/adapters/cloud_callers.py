"""Knows the calls of Cloud Tasks and Cloud Scheduler by the identity token that Google gives their service account.

The headers that a queue adds prove nothing: nobody strips them from other callers.
"""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from shared import log
from shared.adapters.https_json import HttpsJson
from shared.adapters.id_tokens import claims_verified_before, machine_claims
from shared.adapters.signing_keys import SigningKeys
from shared.domain.login import BrokerUnavailable, TokenRefused
from shared.ports.alarms import Callers, ProofUnavailable
from shared.ports.clock import Clock
from shared.settings import Invoker, Settings

if TYPE_CHECKING:
    import httpx2

ISSUER: Final = "https://accounts.google.com"
KEYS: Final = "https://www.googleapis.com/oauth2/v3/certs"
LONGEST_LIFE: Final = 3600
"""Seconds that Google lets an identity token of a service account live."""
_ALGS: Final = ("RS256",)
_SCHEME: Final = "Bearer "

_Read: TypeAlias = Callable[[str], Mapping[str, Any]]


def cloud_callers(settings: Settings, clock: Clock, transport: "httpx2.BaseTransport | None" = None) -> Callers:
    """Who knows the calls of `settings.tasks_account` where `settings.tasks_invoker` can reach us."""
    if settings.tasks_invoker is Invoker.IAM:
        return IamCallers(settings, clock)
    return PublicCallers(settings, clock, transport)


class PublicCallers:
    """Anybody can call: the signature is verified with Google's keys, which are fetched with the first call."""

    def __init__(self, settings: Settings, clock: Clock, transport: "httpx2.BaseTransport | None" = None) -> None:
        client = HttpsJson(transport)
        self._settings = settings
        self._clock = clock
        self._keys = SigningKeys(lambda: client.get(KEYS), clock)

    def verify(self, authorization: str, _path: str, _body: bytes, /) -> bool:
        """Whether Google signed, for us and our service account, the token that is shown."""
        return _ours(authorization, self._read, self._settings.tasks_account)

    def _read(self, raw: str) -> Mapping[str, Any]:
        return machine_claims(
            raw,
            self._keys,
            algs=_ALGS,
            audience=self._settings.tasks_target,
            issuer=ISSUER,
            now=self._clock.now(),
            longest=LONGEST_LIFE,
        )


class IamCallers:
    """Only whom IAM names can call: the platform has verified the signature and removed it; the rest is checked again.

    Reachable by anybody else, it would believe everything: `settings.read` refuses it outside Cloud Run.
    """

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self._settings = settings
        self._clock = clock

    def verify(self, authorization: str, _path: str, _body: bytes, /) -> bool:
        """Whether the token that was let in is for us and of our service account."""
        return _ours(authorization, self._read, self._settings.tasks_account)

    def _read(self, raw: str) -> Mapping[str, Any]:
        return claims_verified_before(
            raw,
            audience=self._settings.tasks_target,
            issuer=ISSUER,
            now=self._clock.now(),
            longest=LONGEST_LIFE,
        )


def _ours(authorization: str, read: _Read, account: str) -> bool:
    if not authorization.startswith(_SCHEME):
        return _refused("scheme")
    try:
        claims = read(authorization.removeprefix(_SCHEME))
    except TokenRefused as error:
        return _refused(error.code)
    except BrokerUnavailable as error:
        raise ProofUnavailable from error
    if claims["email"] != account or claims["email_verified"] is not True:
        return _refused("email")
    return True


def _refused(code: str) -> bool:
    log.warn("alarm.token_refused", code=code)
    return False
