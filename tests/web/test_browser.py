"""The pages in a real browser: nothing for axe to find, nothing against the policy, and a quick way out."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Thread
from typing import Final

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, Page
from werkzeug.serving import make_server

from shared.settings import Settings, Stage
from tests.chromium import violations
from tests.web.fake_house import FakeHouse
from tests.web.preview.pages import preview_app

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RESIDENT: Final = [
    "/", "/fraga", "/fraga?fel", "/fraga?dir=rtl", "/text", "/text?fel", "/kontrollera", "/kvitto", "/mina",
    "/logga-in", "/fel/404", "/fel/503",
]  # fmt: skip
STAFF: Final = ["/ko", "/tom", "/arende", "/bedom", "/bedom?fel", "/krock"]
NARROW, WIDE = 320, 1280
TO_PRESS: Final = "button, input:not([type=hidden]), select, textarea, li > a"
SMALL_TARGETS: Final = """kinds => [...document.querySelectorAll(kinds)]
    .filter(one => one.getClientRects().length && one.getBoundingClientRect().height < 24).map(one => one.outerHTML)"""

UNDER_THE_STRIP: Final = """() => {
    const one = document.activeElement, strip = document.querySelector('.tf-exit').getBoundingClientRect()
    const box = one.getBoundingClientRect()
    return !one.closest('.tf-exit') && strip.top <= 0 && box.height && box.top < 0.8 * strip.bottom && box.bottom < 200
        && scrollY > 100 ? [one.outerHTML.slice(0, 90)] : []}"""
"""What has the focus and lies beneath the strip at the top of a page that is scrolled."""


@contextmanager
def serving(make: Callable[[FakeHouse], Flask]) -> Iterator[tuple[str, FakeHouse]]:
    """The app behind a port of its own, as long as it is needed."""
    house = FakeHouse(settings=Settings(stage=Stage.DEMO, origin="http://localhost"))
    server = make_server("127.0.0.1", 0, make(house), threaded=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://localhost:{server.port}", house
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The preview, for tests that only look."""
    with serving(preview_app) as (origin, _house):
        yield origin


def visitor(chromium: Browser, site: str, path: str, **options: object) -> BrowserContext:
    context = chromium.new_context(**options)  # type: ignore[arg-type]
    who = "anna" if path in STAFF else "sara"
    context.add_cookies([{"name": "session", "value": who, "url": site}])
    return context


def opened(context: BrowserContext, address: str) -> tuple[Page, list[str]]:
    """The page, and what the browser complained about (a status is no complaint)."""
    complaints: list[str] = []
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if "status of" not in said.text else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.goto(address)
    return page, complaints


@pytest.mark.parametrize(
    ("path", "language"), [*((path, "sv") for path in RESIDENT + STAFF), ("/text?fel", "en"), ("/ko", "en")]
)
def test_axe_finds_nothing(chromium: Browser, site: str, path: str, language: str) -> None:
    context = visitor(chromium, site, path, bypass_csp=True, viewport={"width": NARROW, "height": 700})
    context.add_cookies([{"name": "sprak", "value": language, "url": site}])
    page, _complaints = opened(context, site + path)
    found = violations(page)
    context.close()
    assert found == []


@pytest.mark.parametrize("path", RESIDENT + STAFF)
def test_nothing_on_the_page_breaks_the_policy_or_the_script(chromium: Browser, site: str, path: str) -> None:
    context = visitor(chromium, site, path)
    page, complaints = opened(context, site + path)
    enhanced = page.evaluate("document.body.classList.contains('js-enabled')")
    context.close()
    assert (complaints, enhanced) == ([], True)


@pytest.mark.parametrize("path", RESIDENT + STAFF)
def test_the_page_fits_a_small_phone_and_a_desk(chromium: Browser, site: str, path: str) -> None:
    context = visitor(chromium, site, path, viewport={"width": NARROW, "height": 700})
    page, _complaints = opened(context, site + path)
    small = page.evaluate(SMALL_TARGETS, TO_PRESS)
    widths = []
    for width in (NARROW, WIDE):
        page.set_viewport_size({"width": width, "height": 700})
        widths.append(page.evaluate("document.documentElement.scrollWidth"))
    context.close()
    assert (widths, small) == ([NARROW, WIDE], [])


@pytest.mark.parametrize("path", ["/kontrollera", "/mina", "/text?fel"])
def test_the_strip_that_leaves_quickly_hides_nothing_that_the_keyboard_comes_to(
    chromium: Browser, site: str, path: str
) -> None:
    context = visitor(chromium, site, path, viewport={"width": NARROW, "height": 500})
    page, _complaints = opened(context, site + path)
    hidden = []
    for start in range(4):
        page.evaluate(
            "start => { scrollTo(0, 9e9); [...document.querySelectorAll('a')].at(-1 - start).focus() }", start
        )
        page.evaluate("by => scrollBy(0, -by)", 60 * start)
        for _ in range(25):
            page.keyboard.press("Shift+Tab")
            hidden += page.evaluate(UNDER_THE_STRIP)
    context.close()
    assert hidden == []


@pytest.mark.parametrize("scripts", [True, False])
def test_an_empty_answer_is_explained_with_and_without_scripts(chromium: Browser, site: str, *, scripts: bool) -> None:
    context = visitor(chromium, site, "/fraga", java_script_enabled=scripts)
    page, _complaints = opened(context, site + "/fraga")
    page.get_by_role("button", name="Fortsätt", exact=True).click()
    title = page.title()
    summary = page.get_by_role("link", name="Välj om familjen vet att du anmäler").count()
    context.close()
    assert (title.startswith("Fel: "), summary) == (True, 1)


def test_without_a_connection_a_form_stays_with_what_was_written_and_says_so(chromium: Browser, site: str) -> None:
    context = visitor(chromium, site, "/text")
    page, _complaints = opened(context, site + "/text")
    page.locator("textarea").first.fill("Det här skrev jag på bussen.")
    context.set_offline(True)
    page.locator("main form button").last.click()
    said = page.get_by_role("alert").inner_text()
    context.set_offline(False)
    page.wait_for_function("!document.querySelector('[role=alert]')")
    kept = page.locator("textarea").first.input_value()
    context.close()
    assert (kept, "Inget är skickat" in said) == ("Det här skrev jag på bussen.", True)


@pytest.mark.parametrize(("language", "limit"), [("sv", "4\N{NARROW NO-BREAK SPACE}000"), ("en", "4,000")])
def test_the_count_under_a_long_text_writes_numbers_as_its_hint_does(
    chromium: Browser, site: str, language: str, limit: str
) -> None:
    hints = []
    for scripts in (True, False):
        context = visitor(chromium, site, "/text", java_script_enabled=scripts)
        context.add_cookies([{"name": "sprak", "value": language, "url": site}])
        page, _complaints = opened(context, site + "/text")
        hints.append(page.locator(".govuk-character-count__message:not(.govuk-visually-hidden)").inner_text())
        context.close()
    assert [limit in one for one in hints] == [True, True], hints


@pytest.fixture
def neutral() -> Iterator[str]:
    """The weather, as seen from here."""
    weather = Flask("weather")
    weather.add_url_rule("/", view_func=lambda: "<title>Vädret</title>Vädret")
    with serving(lambda _house: weather) as (origin, _house):
        yield f"{origin}/"


@pytest.fixture
def leaving_site(neutral: str) -> Iterator[str]:
    """The preview, with its way out on this machine."""

    def made(house: FakeHouse) -> Flask:
        house.lead_away_to(neutral)
        return preview_app(house)

    with serving(made) as (origin, _house):
        yield origin


def leave_by_button(page: Page) -> None:
    page.get_by_role("button", name="Lämna sidan snabbt").click()


def leave_by_shift(page: Page) -> None:
    for _press in range(3):
        page.keyboard.press("Shift")


@pytest.mark.parametrize(
    ("leave", "scripts"), [(leave_by_button, True), (leave_by_button, False), (leave_by_shift, True)]
)
def test_after_leaving_back_twice_shows_nothing_of_ours(
    chromium: Browser, leaving_site: str, neutral: str, leave: Callable[[Page], None], *, scripts: bool
) -> None:
    context = visitor(chromium, leaving_site, "/fraga", java_script_enabled=scripts)
    page, _complaints = opened(context, leaving_site + "/mina")
    page.goto(leaving_site + "/fraga")
    leave(page)
    page.wait_for_url(neutral)
    seen = [page.title()]
    for _back in range(2):
        page.go_back(wait_until="load")
        seen.append(page.title())
    cookies = {cookie["name"] for cookie in context.cookies()}
    context.close()
    assert set(seen) == {"Vädret"}
    assert "session" not in cookies


def test_two_quick_taps_send_once(chromium: Browser, site: str) -> None:
    context = visitor(chromium, site, "/fraga")
    page, _complaints = opened(context, site + "/fraga")
    posts: list[str] = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    with page.expect_navigation():
        page.get_by_role("button", name="Fortsätt", exact=True).dblclick()
    context.close()
    assert len(posts) == 1
