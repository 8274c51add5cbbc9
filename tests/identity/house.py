"""A house for identity: the real wiring, with a real provider at the other end of a wire without sockets."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from shared.app import assemble
from shared.demo.eid import create_eid
from shared.domain.municipality import Municipality
from shared.domain.principals import Principal
from shared.domain.queries import SESSIONS_EXPIRED
from shared.settings import Settings, Stage
from tests.houses import HandClock, kept

DEMO = Settings(stage=Stage.DEMO, origin="http://localhost")


class Wire(httpx2.BaseTransport):
    """Carries calls to the provider; every address is noted, and nobody answers while `cut`."""

    def __init__(self, provider: Any) -> None:
        self.inner: httpx2.BaseTransport = httpx2.WSGITransport(app=provider)
        self.addresses: list[str] = []
        self.cut = False

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        self.addresses.append(str(request.url))
        if self.cut:
            raise httpx2.ConnectError("nobody answers")
        return self.inner.handle_request(request)


class Town:
    """One installation and its e-ID provider; `key` is the provider's data folder."""

    def __init__(self, key: Path, settings: Settings = DEMO, municipality: Municipality | None = None) -> None:
        self.clock = HandClock()
        self.provider = create_eid(DEMO, self.clock, key)
        self.wire = Wire(self.provider)
        self.house = assemble(settings, kept(clock=self.clock), municipality, self.wire)

    def sessions(self) -> int:
        """How many sessions there are."""
        return len(self.house.store.query(SESSIONS_EXPIRED, {"kind": "session"}, limit=100).documents)


class Browser:
    """One person's browser, at our pages and at the provider's."""

    def __init__(self, town: Town) -> None:
        from functions.identity.main import app as pages

        self._sessions = town.house.sessions
        self.pages: FlaskClient = pages.test_client()
        self.provider: FlaskClient = town.provider.test_client()

    def token(self) -> str:
        """The token of a freshly rendered form."""
        return self.pages.get("/logga-in").text.split('name="csrf_token" value="', 1)[1].split('"', 1)[0]

    def start(self, wanted: str = "/", broker: str = "test-eid", **also: str) -> TestResponse:
        """Choose how to log in."""
        form = {"broker": broker, "next": wanted, "csrf_token": self.token(), **also}
        return self.pages.post("/logga-in/start", data=form)

    def answer(self, address: str, person: str = "elsa.exempel") -> str:
        """Where the provider sends the browser, once the person has chosen who to be (or nobody)."""
        chosen = {"person": person} if person else {"cancel": "1"}
        return self.provider.post(address, data=chosen).headers["Location"]

    def come_back(self, address: str) -> TestResponse:
        """Follow the provider's answer to our pages."""
        parts = urlsplit(address)
        return self.pages.get(f"{parts.path}?{parts.query}")

    def log_in(self, person: str = "elsa.exempel", wanted: str = "/") -> TestResponse:
        """The whole way: choose, prove, come back."""
        return self.come_back(self.answer(self.start(wanted).headers["Location"], person))

    def started(self) -> dict[str, str]:
        """The cookies that hold started logins, by name."""
        kept = self.pages._cookies or {}
        return {one.key: one.value for one in kept.values() if one.key.startswith("inloggning-")}

    def take_over(self, started: Mapping[str, str]) -> None:
        """Have the cookies of another browser's started logins."""
        for name, value in started.items():
            self.pages.set_cookie(name, value)

    @property
    def secret(self) -> str:
        """What the session cookie holds, or nothing."""
        cookie = self.pages.get_cookie("session")
        return cookie.value if cookie else ""

    def who(self) -> Principal | None:
        """Whom our store takes this browser for."""
        session = self._sessions.read(self.secret)
        return None if session is None else session.principal

    def known(self) -> Principal:
        """The same, of somebody who must be logged in."""
        who = self.who()
        assert who is not None
        return who


def query(address: str) -> dict[str, str]:
    """The query of an address, by name."""
    return dict(parse_qsl(urlsplit(address).query))
