"""Bounded calls to the few outside addresses we trust: no redirects, no proxies, small JSON, a few seconds."""

import json
from collections.abc import Mapping
from time import monotonic
from typing import TYPE_CHECKING, Any, Final

from shared.domain.login import BrokerUnavailable

if TYPE_CHECKING:
    import httpx2
    from _typeshed.wsgi import WSGIApplication

TIMEOUT: Final = 3.0
LONGEST_CALL: Final = 6.0
"""Seconds for a whole call: `TIMEOUT` alone is per read, and a slow drip would never end."""
LARGEST: Final = 262_144
OK: Final = 200
REFUSALS: Final = range(400, 500)


class HttpsJson:
    """A client that answers with (status, JSON object) or raises `BrokerUnavailable`; addresses are the caller's.

    `here` is an app of this very process that is called instead of the network, without taking a thread of the server.
    """

    def __init__(self, transport: "httpx2.BaseTransport | None" = None, here: "WSGIApplication | None" = None) -> None:
        self._transport = transport
        self._here = here
        self._made: httpx2.Client | None = None

    def get(self, address: str) -> Mapping[str, Any]:
        """The JSON object at the address; any status but 200 is `BrokerUnavailable`."""
        status, answer = self._call("GET", address, None)
        if status != OK:
            raise BrokerUnavailable
        return answer

    def post(self, address: str, form: Mapping[str, str]) -> tuple[int, Mapping[str, Any]]:
        """Post a form; the status (200 or 4xx) and the JSON object of the answer."""
        status, answer = self._call("POST", address, form)
        if status != OK and status not in REFUSALS:
            raise BrokerUnavailable
        return status, answer

    def _call(self, method: str, address: str, form: Mapping[str, str] | None) -> tuple[int, Mapping[str, Any]]:
        import httpx2

        try:
            with self._client().stream(method, address, data=form) as response:
                status, answer = response.status_code, json.loads(_body(response))
        except (httpx2.HTTPError, httpx2.InvalidURL, ValueError, RecursionError) as error:
            raise BrokerUnavailable from error
        if not isinstance(answer, dict):
            raise BrokerUnavailable
        return status, answer

    def _client(self) -> "httpx2.Client":
        import httpx2

        if self._made is None:
            inside = None if self._here is None else httpx2.WSGITransport(app=self._here)
            self._made = httpx2.Client(
                trust_env=False, follow_redirects=False, timeout=TIMEOUT, transport=inside or self._transport
            )
        return self._made


def _body(response: "httpx2.Response") -> bytes:
    started, body = monotonic(), b""
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST or monotonic() - started > LONGEST_CALL:
            raise BrokerUnavailable
    return body
