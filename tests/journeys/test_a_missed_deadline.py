"""Nobody decides: the clock warns, then escalates, and the lead sees it on a phone."""

import pytest
from playwright.sync_api import Browser

from tests.journeys.acting import send_report, write_report
from tests.journeys.running_host import RunningHost, on_both_keepers
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

ANSWERS = {
    "vem": {"child_given_name": "Nova", "child_person_id": "880420-2383"},
    "beskriv": {"concern_description": "Nova är hungrig varje morgon."},
}


def forward(anybody: Window, *leaps: str) -> None:
    """Put the clock forward."""
    for leap in leaps:
        anybody.go("/lokal")
        anybody.press(leap)


def notices(maria: Window) -> str:
    """What the lead is told now; time has passed, so she logs in first."""
    maria.go("/arbete/notiser")
    if maria.path == "/logga-in":
        maria.log_in("Maria Exempel")
    assert maria.path == "/arbete/notiser"
    return maria.text


@on_both_keepers
def test_a_report_that_nobody_decides_warns_and_then_escalates_to_the_lead(browser: Browser, host: RunningHost) -> None:
    school = host.visitor()
    school.log_in("elsa.exempel", "/anmal")
    send_report(school, write_report(school, ANSWERS))
    with window(browser, host, width=360, scripts=True) as maria:
        assert "Förhandsbedömning" not in notices(maria)
        forward(maria, "7 dagar", "1 dag")
        assert "dagar kvar" in notices(maria)
        assert "Fristen har gått ut" in notices(maria)  # the protection assessment of the first day
        forward(maria, "7 dagar", "1 dag")
        late = notices(maria)
        assert late.count("Fristen har gått ut") > 1
        assert "Förhandsbedömning" in late
        maria.go("/arbete/ko")
        assert "Försenad" in maria.text or "försenad" in maria.text
        maria.page.locator("a[href^='/arbete/arende/']").first.click()
        for part in ("", "/anmalan", "/bedomningar"):
            maria.go(maria.path.removesuffix("/anmalan") + part)
        maria.go("/arbete/drift")
        maria.go("/lokal")
        assert "Förhandsbedömningen är försenad" in maria.text
