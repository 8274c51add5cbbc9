"""How soon a question can be read on a slow phone with a bad line: seconds from the press to the first words."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Final

from tests.bench import stock
from tests.bench.browsers import HttpBrowser, WentWrong, log_in
from tests.bench.serving import product, stocked
from tests.chromium import launched

if TYPE_CHECKING:
    from playwright.sync_api import Browser, CDPSession, Page

KBIT_S: Final = 400
ROUND_TRIP_MS: Final = 400
CPU_SLOWED: Final = 6
"""The phone and line that the goal is set for."""
TIMES: Final = 5
_PHONE: Final[Mapping[str, int]] = {"width": 360, "height": 740}
_PAINTED: Final = """() => new Promise(done => new PerformanceObserver(list => {
  const painted = list.getEntriesByName("first-contentful-paint")[0];
  if (painted) done(painted.startTime);
}).observe({type: "paint", buffered: true}))"""
_SHIFTED: Final = """() => new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(one => { sum += one.value; }))
    .observe({type: "layout-shift", buffered: true});
  requestAnimationFrame(() => setTimeout(() => done(sum), 0));
})"""


@dataclass(frozen=True, slots=True)
class Paint:
    """Median seconds with nothing in the browser's cache, and when styles and script are there already.

    `shift` is the greatest cumulative layout shift.
    """

    cold_s: float
    next_s: float
    shift: float


def measured() -> Paint:
    """A question page of a report, opened by who is logged in."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (draft,) = stocked(folder, lambda house: stock.drafts(house, 1))
        with product(folder) as server, launched() as chromium:
            reporter = HttpBrowser(server.port)
            log_in(reporter, "elsa.exempel")
            origin = f"http://localhost:{server.port}"
            page = _phone(chromium, origin, reporter.cookies)
            return _painted(page, f"{origin}/anmal/utkast/{draft}/beskriv")


def _phone(chromium: "Browser", origin: str, cookies: Mapping[str, str]) -> "Page":
    context = chromium.new_context(viewport={"width": _PHONE["width"], "height": _PHONE["height"]})
    context.add_cookies([{"name": name, "value": value, "url": origin} for name, value in cookies.items()])
    return context.new_page()


def _painted(page: "Page", address: str) -> Paint:
    devtools = page.context.new_cdp_session(page)
    _slow(devtools)
    cold: list[float] = []
    following: list[float] = []
    shifts: list[float] = []
    for _ in range(TIMES):
        devtools.send("Network.clearBrowserCache")
        for found in (cold, following):
            page.goto("about:blank")
            answer = page.goto(address)
            if answer is None or not answer.ok or page.url != address:
                raise WentWrong(f"the question did not open: {page.url}")
            found.append(page.evaluate(_PAINTED) / 1000)
            shifts.append(page.evaluate(_SHIFTED))
    return Paint(median(cold), median(following), max(shifts))


def _slow(devtools: "CDPSession") -> None:
    bytes_s = KBIT_S * 1000 / 8
    line = {"offline": False, "latency": ROUND_TRIP_MS, "downloadThroughput": bytes_s, "uploadThroughput": bytes_s}
    devtools.send("Network.enable")
    devtools.send("Network.emulateNetworkConditions", line)
    devtools.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWED})
