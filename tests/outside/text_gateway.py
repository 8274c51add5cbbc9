"""A gateway for text messages on this machine that answers as it is told to, and shows what it was given."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Thread
from typing import TypeAlias
from urllib.parse import parse_qsl

TAKEN = json.dumps({"id": "s" * 33, "status": "created", "direction": "outgoing", "parts": 1, "cost": 3500}).encode()


@dataclass(frozen=True, slots=True)
class Posted:
    """One call: its path, form and login."""

    path: str
    form: dict[str, str]
    login: str


Behaviour: TypeAlias = Callable[["_Call"], None]


@dataclass(slots=True)
class TextGateway:
    """`behaviours` are used up one by one, then everything is taken."""

    port: int = 0
    behaviours: list[Behaviour] = field(default_factory=list)
    always: Behaviour | None = None
    posted: list[Posted] = field(default_factory=list)
    over: Event = field(default_factory=Event)

    @property
    def url(self) -> str:
        """Where it is called."""
        return f"http://127.0.0.1:{self.port}/a1/sms"


class _Call(BaseHTTPRequestHandler):
    server: "_Server"

    @property
    def house(self) -> TextGateway:
        """The gateway."""
        return self.server.house

    def do_POST(self) -> None:
        """Note the call and behave."""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        scheme, _, shown = self.headers.get("Authorization", "").partition(" ")
        login = base64.b64decode(shown).decode() if scheme == "Basic" else ""
        self.house.posted.append(Posted(self.path, dict(parse_qsl(body, strict_parsing=True)), login))
        behave = self.house.behaviours.pop(0) if self.house.behaviours else self.house.always
        (behave or answering(200, TAKEN))(self)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - as it is called
        """Say nothing."""


def answering(status: int, body: bytes = b"{}", **headers: str) -> Behaviour:
    """Answer with this."""

    def behave(call: _Call) -> None:
        call.send_response(status)
        for name, value in {"Content-Length": str(len(body)), **headers}.items():
            call.send_header(name, value)
        call.end_headers()
        call.wfile.write(body)

    return behave


def silent(call: _Call) -> None:
    """Read everything and never answer."""
    call.house.over.wait(10)
    call.close_connection = True


def hanging_up(call: _Call) -> None:
    """Read everything and hang up."""
    call.close_connection = True


def half_an_answer(call: _Call) -> None:
    """Promise more than comes."""
    call.send_response(200)
    call.send_header("Content-Length", "1000")
    call.end_headers()
    call.wfile.write(TAKEN)
    call.close_connection = True


def dripping(call: _Call) -> None:
    """Answer a byte at a time, for ever."""
    call.send_response(200)
    call.send_header("Content-Length", "100000")
    call.end_headers()
    while not call.house.over.wait(0.05):
        call.wfile.write(b" ")


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    house: TextGateway

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is no error here."""


@contextmanager
def text_gateway() -> Iterator[TextGateway]:
    """The gateway, listening on 127.0.0.1 as long as the context lasts."""
    house = TextGateway()
    with _Server(("127.0.0.1", 0), _Call) as server:
        server.house = house
        house.port = server.server_address[1]
        thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield house
        finally:
            house.over.set()
            server.shutdown()
            thread.join(5)
