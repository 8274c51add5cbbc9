"""What the journeys need: a server of their own and one browser. Without Chromium they are left out, and it is said."""

import os
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.running_host import RunningHost

_FLAGS = (
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
)  # fmt: skip
_NOT_TRIED = pytest.StashKey[int]()


def chromium() -> str | None:
    """The browser of this machine."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the journeys out where there is no browser; on the build machine they then fail instead."""
    lacking = chromium() is None and "CI" not in os.environ  # noqa: TID251 (CI's own word)
    wanted = [item for item in items if lacking and item.get_closest_marker("browser")]
    config.stash[_NOT_TRIED] = len(wanted)
    if wanted:
        items[:] = [item for item in items if item not in wanted]
        config.hook.pytest_deselected(items=wanted)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what was not tried."""
    if config.stash.get(_NOT_TRIED, 0):
        terminalreporter.write_line(
            f"NOT TRIED, Chromium is missing: {config.stash[_NOT_TRIED]} journeys", yellow=True, bold=True
        )


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=_FLAGS)
        yield opened
        opened.close()


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
def host(tmp_path: Path, weather: str) -> Iterator[RunningHost]:
    """A server with empty data."""
    running = RunningHost(tmp_path, weather)
    running.start()
    yield running
    running.stop()
