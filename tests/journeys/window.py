"""A browser window that looks at every page it comes to: accessible, within its width, quiet, and all our own."""

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any, Final
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Locator,
    Page,
    Request,
    Route,
    ViewportSize,
)

from shared.adapters.clock import SystemClock
from shared.domain.calendar import local_date
from shared.web.texts import LANGUAGES, SOURCE, catalogue
from tests.journeys.running_host import RunningHost

TAGS: Final = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
_AXE: Final = files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8")
_RUN: Final = """tags => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then(found =>
    found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target.join(' ')).join(', ')}`))"""
_PATIENCE_MS: Final = 15_000
_TOO_WIDE: Final = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
_READ: Final = """() => {
    if (document.documentElement.lang === 'sv') return ' och ';
    const read = document.body.cloneNode(true);
    read.querySelectorAll('[lang=sv], script, template').forEach(one => one.remove());
    return read.textContent}"""
"""What is not said to be in Swedish."""
_SWEDISH: Final = re.compile(r"(?i)[^.\n]*\b(?:och|inte|är|från|för|på|eller|att|ärendet?)\b[^.\n]*")
"""A sentence with a word that only Swedish has."""
_UNIT: Final = "Mottagningen barn och unga"
"""A name is not translated."""
_ID: Final = re.compile(r"[0-9a-f]{32}|[0-9]+")
_ANSWERED: Final = re.compile(r"the server responded with a status of 4\d\d")
"""What Chromium says of a page about a mistake."""
_LOOKED: Final[set[str]] = set()
"""What has been looked at in this run: each page once in each manner."""


@dataclass(slots=True)
class Window:
    """One person's window; `faults` gathers what nobody should have to meet."""

    page: Page
    origin: str
    elsewhere: str
    """Where the quick exit leads: the only other place that may be asked for anything."""
    glass: Page | None
    """Where a page without scripts is looked at: what looks is a script itself."""
    manner: str
    """Its width, and whether scripts run in it."""
    language: str = SOURCE
    faults: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        """Open an address of ours."""
        self.page.goto(self.origin + path)
        self.look()

    def words(self, swedish: str) -> str:
        """The product's text as it reads in the language of this window; what is no text of the product is itself."""
        return catalogue(self.language).gettext(swedish)

    def says(self, swedish: str) -> bool:
        """Whether this text of the product stands on the page."""
        return self.words(swedish) in self.text

    def press(self, name: str) -> None:
        """Press the button or follow the link of that name (in Swedish), and look at what it leads to."""
        words = self.words(name)
        found = self.page.get_by_role("button", name=words, exact=True).or_(
            self.page.get_by_role("link", name=words, exact=True)
        )
        self.push(found.first)

    def push(self, what: str | Locator, number: int = 0) -> None:
        """Press it, or that one of those that the selector finds, and look at what it leads to."""
        found = self.page.locator(what).nth(number) if isinstance(what, str) else what
        with self.page.expect_navigation():
            found.click()
        self.look()

    def follow(self, link: str) -> None:
        """Go where the first of these links leads."""
        path = self.page.locator(link).first.get_attribute("href")
        assert path is not None
        self.go(path)

    def write(self, name: str, text: str) -> None:
        """Write in the field."""
        self.page.locator(f"[name='{name}']").fill(text)

    def choose(self, name: str, value: str) -> None:
        """Choose one of the answers."""
        self.page.locator(f"[name='{name}'][value='{value}']").check()

    def answer(self, name: str, value: str) -> None:
        """Choose the answer where it can be chosen, else write it."""
        if self.page.locator(f'[name="{name}"][value="{value}"]').count():
            self.choose(name, value)
        else:
            self.write(name, value)

    def write_today(self, name: str) -> None:
        """Write the Swedish day of now, which the host runs in, into the three fields."""
        today = local_date(SystemClock().now())
        for part in ("day", "month", "year"):
            self.write(f"{name}-{part}", str(getattr(today, part)))

    def log_in(self, person: str) -> None:
        """From the page that asks how, to where the person was going."""
        self.push("[name=broker][value=test-eid]")
        self.press(person)

    @property
    def path(self) -> str:
        """The path of the page."""
        return urlsplit(self.page.url).path

    @property
    def text(self) -> str:
        """What stands on the page."""
        return self.page.locator("body").inner_text()

    def look(self) -> None:
        """Look at the page, unless one of its kind in the same state has been looked at in this manner."""
        kind = f"{_ID.sub('#', self.path)} ({self.page.title()}) {self.manner}"
        if kind in _LOOKED or not self.page.url.startswith(self.origin):
            return
        _LOOKED.add(kind)
        shown = self.page if self.glass is None else self._copied(self.glass)
        if self.language != SOURCE:
            read = shown.evaluate(_READ).replace(_UNIT, "")
            self.faults += [f"{kind}: in Swedish: {one}" for one in _SWEDISH.findall(read)]
        wide = shown.evaluate(_TOO_WIDE)
        if wide > 0:
            self.faults.append(f"{kind}: {wide} px too wide")
        shown.evaluate(_AXE)
        self.faults += [f"{kind}: {one}" for one in shown.evaluate(_RUN, list(TAGS))]

    def _copied(self, glass: Page) -> Page:
        """The very page, scripts of ours left out, in a window where scripts may run."""
        content, address = self.page.content(), self.page.url

        def same(route: Route) -> None:
            if route.request.url == address:
                route.fulfill(body=content, content_type="text/html; charset=utf-8")
            elif route.request.resource_type == "script":
                route.abort()
            else:
                route.continue_()

        glass.unroute_all()
        glass.route("**/*", same)
        glass.goto(address)
        return glass


@contextmanager
def window(
    browser: Browser, host: RunningHost, *, width: int, scripts: bool, language: str = SOURCE
) -> Iterator[Window]:
    """A new window of that width in pixels; when it closes, nothing may have been wrong in it."""
    size: ViewportSize = {"width": width, "height": 800}
    with ExitStack() as stack:
        context = browser.new_context(viewport=size, java_script_enabled=scripts, locale="sv-SE")
        stack.callback(context.close)
        glass = None
        if not scripts:
            copies = browser.new_context(viewport=size)
            stack.callback(copies.close)
            glass = copies.new_page()
        context.set_default_timeout(_PATIENCE_MS)
        opened = Window(context.new_page(), host.origin, host.leave_to, glass, f"{width} px, scripts {scripts}")
        _listen(context, opened)
        if language != SOURCE:
            opened.page.goto(host.origin)
            opened.language = language
            opened.press(LANGUAGES[language].name)
        yield opened
        if opened.faults:
            raise AssertionError("\n".join(opened.faults))


def _listen(context: BrowserContext, opened: Window) -> None:
    def asked(request: Request) -> None:
        if not request.url.startswith((opened.origin, "data:", opened.elsewhere)):
            opened.faults.append(f"asked elsewhere: {request.url}")

    def said(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _ANSWERED.search(message.text):
            opened.faults.append(f"{opened.path}: {message.text}")

    def asked_aloud(dialog: Dialog) -> None:
        opened.faults.append(f"{opened.path}: a dialog says {dialog.message}")
        dialog.dismiss()

    def broke(error: Any) -> None:
        opened.faults.append(f"{opened.path}: {error}")

    context.on("request", asked)
    context.on("console", said)
    context.on("dialog", asked_aloud)
    context.on("weberror", lambda error: broke(error.error))
