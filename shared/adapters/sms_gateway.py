"""Text messages by an HTTP gateway that speaks as 46elks does (46elks.se/docs/send-sms).

One POST of a form: `from`, `to` (E.164), `message`, `whendelivered` (where it tells of the delivery), with basic
authentication; the answer is a JSON object with `id` and `status`. docs/sms.md has an example.
"""

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final

from shared import log
from shared.ports.notices import NotTaken, Outgoing, Refused, Unclear

if TYPE_CHECKING:
    import httpx2

TIMEOUT: Final = 5.0
"""Seconds for connecting and for each piece of the answer; who bounds the whole call is `WarySender`."""
LARGEST: Final = 65_536
_TAKEN: Final = frozenset({"created", "sent", "delivered"})
_OURS_TO_MEND: Final = frozenset({401, 402, 403})
"""The account: password, money, rights. The message may go when somebody has seen to it."""
_ANOTHER_TIME: Final = frozenset({408, 421, 425, 429})
"""Nothing was read, or too much at once: the message itself is not at fault."""


class SmsGateway:
    """Sends by the gateway at `url`, as `sender` (a number, or a name of at most 11 letters and digits).

    `login` gives user and password; `transport` stands in for the network in tests.
    """

    connected = True

    def __init__(
        self,
        url: str,
        sender: str,
        login: Callable[[], tuple[str, str]],
        *,
        transport: "httpx2.BaseTransport | None" = None,
        seconds: float = TIMEOUT,
    ) -> None:
        self._url = url
        self._sender = sender
        self._login = login
        self._transport = transport
        self._seconds = seconds

    def send(self, out: Outgoing) -> None:
        """Hand it over."""
        import httpx2

        form = {"from": self._sender, "to": out.to, "message": out.text}
        if out.report_to:
            form["whendelivered"] = out.report_to
        login = self._login()
        try:
            with (
                httpx2.Client(
                    trust_env=False, follow_redirects=False, timeout=self._seconds, transport=self._transport
                ) as client,
                client.stream("POST", self._url, data=form, auth=login) as response,
            ):
                _judge(response.status_code)
                body = _body(response)
        except (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.InvalidURL) as error:
            raise NotTaken(type(error).__name__) from error
        except httpx2.HTTPError as error:
            raise Unclear(type(error).__name__) from error
        _read(body)


def _judge(status: int) -> None:
    """Nothing when the gateway says that all is well.

    An error on their side leaves it open: a proxy answers 502, 503 or 504 also after it has passed the message on, and
    a program that breaks down may do so after it has taken it.
    """
    if status // 100 == 2:  # noqa: PLR2004 - the 2xx of HTTP
        return
    if status in _OURS_TO_MEND:
        log.alarm("sms.misconfigured", status=status)
        raise NotTaken(str(status))
    if status // 100 == 5:  # noqa: PLR2004 - the 5xx of HTTP
        raise Unclear(str(status))
    if status // 100 == 4 and status not in _ANOTHER_TIME:  # noqa: PLR2004 - the 4xx of HTTP
        raise Refused(str(status))
    raise NotTaken(str(status))


def _body(response: "httpx2.Response") -> bytes:
    body = b""
    for piece in response.iter_bytes():
        body += piece
        if len(body) > LARGEST:
            raise Unclear("too_large")
    return body


def _read(body: bytes) -> None:
    """Nothing when the gateway has taken it."""
    try:
        said: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Unclear("no_json") from error
    if not isinstance(said, dict) or not isinstance(said.get("id"), str):
        raise Unclear("no_id")
    if said.get("status") == "failed":
        raise Refused("failed")
    if said.get("status") not in _TAKEN:
        raise Unclear("no_status")
