"""One person's browser: over HTTP against a server, or straight into the pages of this process."""

import gzip
import html
import http.client
import re
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Final, Protocol
from urllib.parse import urlencode, urlsplit

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

ADDRESS: Final = "127.0.0.1"
_FORM: Final = re.compile(r'<form method="post"(?: action="([^"]*)")?[^>]*>(.*?)</form>', re.DOTALL)
_HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
_FAILED: Final = 400
_TYPE: Final = "application/x-www-form-urlencoded"


class WentWrong(Exception):
    """A page answered something that the job does not expect; the figures would mean nothing."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answered; `body` as it came over the wire, `zipped` if it was compressed."""

    status: int
    location: str
    body: bytes
    zipped: bool = False

    @property
    def text(self) -> str:
        """The page."""
        return (gzip.decompress(self.body) if self.zipped else self.body).decode()

    def fields(self, action: str) -> dict[str, str]:
        """The hidden fields of the page's form that posts to `action`; "" is the page itself."""
        for found, inner in _FORM.findall(self.text):
            if html.unescape(found) == action:
                return {name: html.unescape(value) for name, value in _HIDDEN.findall(inner)}
        raise WentWrong(f"no form for '{action}'")


class Browser(Protocol):
    """What a job needs of a browser. A status of 400 or more raises `WentWrong`."""

    def get(self, path: str) -> Answer:
        """The page."""
        ...

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """What came of sending a form."""
        ...


class HttpBrowser:
    """Keeps its connection and its cookies; `times` are the milliseconds of every call."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._connection = http.client.HTTPConnection(ADDRESS, port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.times: list[float] = []

    def get(self, path: str) -> Answer:
        """The page."""
        return self._call("GET", path, None)

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """What came of sending a form."""
        return self._call("POST", path, urlencode(fields).encode())

    def close(self) -> None:
        """Let go of the connection."""
        self._connection.close()

    def _call(self, method: str, path: str, body: bytes | None) -> Answer:
        begun = perf_counter()
        answer = self._sent(method, path, body)
        self.times.append((perf_counter() - begun) * 1000)
        if answer.status >= _FAILED:
            raise WentWrong(f"{method} {path} answered {answer.status}: {answer.text[:2000]}")
        return answer

    def _sent(self, method: str, path: str, body: bytes | None) -> Answer:
        try:
            return self._once(method, path, body)
        except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
            self._connection.close()  # the server had let an idle connection go
            return self._once(method, path, body)

    def _once(self, method: str, path: str, body: bytes | None) -> Answer:
        self._connection.request(method, path, body, self._headers(body))
        response = self._connection.getresponse()
        content = response.read()
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, value = cookie.partition("=")
            self.cookies[name] = value.partition(";")[0]
        zipped = response.getheader("Content-Encoding") == "gzip"
        return Answer(response.status, response.getheader("Location", ""), content, zipped)

    def _headers(self, body: bytes | None) -> dict[str, str]:
        headers = {"Host": f"localhost:{self._port}", "Accept-Encoding": "gzip", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        return headers if body is None else {**headers, "Content-Type": _TYPE, "Origin": "null"}


class PagesBrowser:
    """Asks the pages in this process; logged in by the session token it is given."""

    def __init__(self, pages: "WSGIApplication", origin: str, session: str) -> None:
        from werkzeug.test import Client

        self._client = Client(pages)
        self._client.set_cookie("session", session, domain=urlsplit(origin).hostname or "")
        self._origin = origin

    def get(self, path: str) -> Answer:
        """The page."""
        return self._call("GET", path, {})

    def post(self, path: str, fields: Mapping[str, str]) -> Answer:
        """What came of sending a form."""
        return self._call("POST", path, fields)

    def _call(self, method: str, path: str, fields: Mapping[str, str]) -> Answer:
        with self._client.open(path, method=method, data=dict(fields) or None, base_url=self._origin) as response:
            answer = Answer(response.status_code, response.headers.get("Location", ""), response.data)
        if answer.status >= _FAILED:
            raise WentWrong(f"{method} {path} answered {answer.status}: {answer.text[:2000]}")
        return answer


def log_in(browser: HttpBrowser, person: str) -> None:
    """The whole way through the test e-ID as one of its people."""
    start = {**browser.get("/logga-in").fields("/logga-in/start"), "broker": "test-eid"}
    asked = _path(browser.post("/logga-in/start", start).location)
    back = _path(browser.post(asked, {"person": person}).location)
    if browser.get(back).location.startswith("/logga-in"):
        raise WentWrong(f"{person} was not let in")


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
