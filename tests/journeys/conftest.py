"""What the journeys need: a server of their own and the browser of the run."""

from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser

from tests.emulator import Emulator
from tests.journeys.photographs import Photograph, taken
from tests.journeys.running_host import RunningHost


@pytest.fixture(scope="session")
def browser(chromium: Browser) -> Browser:
    """The one browser of the run."""
    return chromium


@pytest.fixture(scope="session")
def photographs(tmp_path_factory: pytest.TempPathFactory) -> Sequence[Photograph]:
    """Three photographs from phones."""
    return taken(tmp_path_factory.mktemp("photographs"))


class _Weather(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write("<!DOCTYPE html><title>Vädret</title><link rel=icon href=data:,><p>Soligt.".encode())

    def log_message(self, *_: object) -> None:
        """Nobody reads it."""


@pytest.fixture(scope="session")
def weather() -> Iterator[str]:
    """The address of a neutral page on a server of its own: where the quick exit leads."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Weather) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://localhost:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def host(tmp_path: Path, weather: str, request: pytest.FixtureRequest) -> Iterator[RunningHost]:
    """A server with empty data, on the keepers that the test names (`on_both_keepers`), or those of one machine."""
    firestore = None
    if getattr(request, "param", "embedded") == "cloud":
        emulator: Emulator = request.getfixturevalue("emulator")
        firestore = emulator.database(str(tmp_path))
    running = RunningHost(tmp_path, weather, firestore)
    running.start()
    yield running
    running.stop()
