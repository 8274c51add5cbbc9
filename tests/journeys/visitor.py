"""A browser without a screen: keeps cookies, follows redirects, sends forms; over the wire or in the same process."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from http.cookies import SimpleCookie
from typing import TYPE_CHECKING, TypeAlias
from urllib.parse import urlencode, urljoin, urlsplit

from tests.journeys.page_forms import PageForm, forms_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

PATIENCE_S = 20.0
_HOPS = 10
_REDIRECTS = frozenset({301, 302, 303, 307, 308})


class Unreached(Exception):
    """No whole answer came: what was sent may or may not have been done."""


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent: `path` with its query."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back from `path`."""

    path: str
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    def header(self, name: str) -> str:
        """The header's value, or the empty string."""
        return next((value for key, value in self.headers if key.lower() == name.lower()), "")

    @property
    def location(self) -> str:
        """Path and query of where a redirect leads, or the whole address when it leads elsewhere."""
        return self.header("Location")

    def form(self, action: str | None = None) -> PageForm:
        """The form that posts to `action`, or the only one that is not the frame's own."""
        found = [one for one in forms_of(self.text) if one.action not in {"/lamna", "/logga-in/ut"} or action]
        wanted = [one for one in found if action is None or urlsplit(one.action).path == action]
        if not wanted:
            raise AssertionError(f"{self.path} ({self.status}) has no form for {action}")
        return wanted[0]


Send: TypeAlias = Callable[[Request], Answer]


@dataclass(slots=True)
class Visitor:
    """One browser at `origin`; every address it has asked for stands in `visited`."""

    origin: str
    send: Send
    cookies: dict[str, str] = field(default_factory=dict)
    visited: list[str] = field(default_factory=list)

    def get(self, path: str, **headers: str) -> Answer:
        """The page, redirects followed as long as they stay with us."""
        return self.follow(self.ask("GET", path, headers=headers))

    def post(self, path: str, fields: Iterable[tuple[str, str]] = (), **headers: str) -> Answer:
        """What a post is answered with, before any redirect is followed."""
        typed = {"Content-Type": "application/x-www-form-urlencoded", **headers}
        return self.ask("POST", path, urlencode(list(fields)).encode(), typed)

    def submit(self, page: Answer, action: str | None = None, /, **answers: str | list[str]) -> Answer:
        """Send the page's form with these answers; what the post is answered with."""
        form = page.form(action)
        return self.post(urljoin(page.path, form.action or page.path), form.filled(answers))

    def follow(self, answer: Answer) -> Answer:
        """The page that redirects lead to."""
        for _ in range(_HOPS):
            to = urljoin(self.origin + answer.path, answer.location)
            if answer.status not in _REDIRECTS or not to.startswith(self.origin):
                return answer
            parts = urlsplit(to)
            answer = self.ask("GET", parts.path + (f"?{parts.query}" if parts.query else ""))
        raise AssertionError(f"{answer.path} leads in circles")

    def ask(self, method: str, path: str, body: bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """One request and its answer; cookies go along and are kept."""
        self.visited.append(path)
        sent = {"Host": urlsplit(self.origin).netloc, **(headers or {})}
        if self.cookies:
            sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        answer = self.send(Request(method, path, sent, body))
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                self._keep(value)
        return answer

    def log_in(self, person: str, to: str = "/") -> Answer:
        """Log in with the test e-ID as one of its people; the page that this leads to."""
        choose = self.get(f"/logga-in?next={to}")
        people = self.follow(self.submit(choose, "/logga-in/start", broker="test-eid"))
        return self.follow(self.submit(people, person=person))

    def _keep(self, header: str) -> None:
        for name, morsel in SimpleCookie(header).items():
            if morsel["max-age"] == "0" or not morsel.value:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel.value


def over_the_wire(port: int) -> Send:
    """Requests to a server on this machine, each on a connection of its own; raises `Unreached`."""

    def send(request: Request) -> Answer:
        connection = HTTPConnection("127.0.0.1", port, timeout=PATIENCE_S)
        try:
            connection.request(request.method, request.path, request.body or None, dict(request.headers))
            response = connection.getresponse()
            return Answer(request.path, response.status, response.getheaders(), response.read())
        except (OSError, HTTPException) as error:
            raise Unreached(type(error).__name__) from error
        finally:
            connection.close()

    return send


def in_process(app: "WSGIApplication") -> Send:
    """Requests straight to a WSGI application."""
    from werkzeug.test import Client

    client = Client(app, use_cookies=False)

    def send(request: Request) -> Answer:
        parts = urlsplit(request.path)
        response = client.open(
            parts.path,
            query_string=parts.query,
            method=request.method,
            data=request.body,
            headers=dict(request.headers),
        )
        with response:
            return Answer(request.path, response.status_code, list(response.headers), response.get_data())

    return send
