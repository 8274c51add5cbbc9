"""The front door and the practice room in a real browser: nothing for axe to find, and a way out that holds."""

from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Final

import pytest
from playwright.sync_api import Browser
from werkzeug.serving import make_server
from werkzeug.wrappers import Response

from shared.settings import EXAMPLE
from tests.chromium import violations
from tests.host.running import DEMO, Running, running

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PATHS: Final = ["/", "/hjalp", "/dina-uppgifter", "/tillganglighet", "/finns-inte", "/lokal", "/lokal/borja-om"]
NARROW, WIDE = 320, 1280


@pytest.fixture(scope="module")
def weather() -> Iterator[str]:
    """A neutral page somewhere else."""
    server = make_server("127.0.0.1", 0, Response("<title>Vädret</title>Sol", mimetype="text/html"), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}/"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, weather: str) -> Iterator[Running]:
    """The whole installation, of a municipality whose way out leads to the weather."""
    own: Path = tmp_path_factory.mktemp("own") / "kommunen.toml"
    own.write_text(EXAMPLE.read_text("utf-8").replace("https://www.smhi.se/", weather), "utf-8")
    with running(own.parent / "var", env={**DEMO, "TROSKELFRI_MUNICIPALITY": str(own)}) as started:
        yield started


def address(server: Running, path: str) -> str:
    """The path as a person types it."""
    return f"http://localhost:{server.port}{path}"


@pytest.mark.parametrize("path", PATHS)
def test_axe_finds_nothing_and_nothing_sticks_out_on_the_smallest_phone(
    chromium: Browser, server: Running, path: str
) -> None:
    for width in (NARROW, WIDE):
        with chromium.new_context(bypass_csp=True, viewport={"width": width, "height": 800}) as context:
            page = context.new_page()
            page.goto(address(server, path))

            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_back_and_back_again_stay_with_the_weather_after_a_quick_exit(
    chromium: Browser, server: Running, weather: str, *, script: bool
) -> None:
    with chromium.new_context(java_script_enabled=script) as context:
        page = context.new_page()
        page.goto(address(server, "/?valkommen"))
        page.goto(address(server, "/hjalp"))
        page.get_by_role("button", name="Lämna sidan snabbt").click()
        page.wait_for_url(weather)
        for _ in range(3):
            page.go_back()
            assert page.url in {weather, "about:blank"}


def test_who_is_welcome_back_is_let_in(chromium: Browser, server: Running, weather: str) -> None:
    with chromium.new_context() as context:
        page = context.new_page()
        page.goto(address(server, "/lamna"))
        page.goto(address(server, "/"))
        assert page.url == weather

        page.goto(address(server, "/?valkommen"))
        assert page.url == address(server, "/")
