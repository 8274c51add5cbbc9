"""A new month: who has applied before answers only what may have changed, without writing a word."""

from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.journeys.applicant import KARIN, START, TENANT, apply, decide, read, send, write
from tests.journeys.manners import CROSSED, Manner, made_in
from tests.journeys.running_host import RunningHost
from tests.journeys.window import Window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]
NEW_MONTH: Final = {
    "nu": {"urgent": "none"},
    "vistelse": {"stays_in_municipality": "yes"},
    "andringar": {"changes_since_last": "no"},
    "flytt": {"housing_changed": "no"},
    "hyra": {"rent_debt": "no", "eviction_notice": "no"},
    "besked": {"has_pending_benefits": "no"},
    "samma-konto": {"payment_same_as_before": "yes"},
    "papper": {"papers_when": "none"},
}
"""All that is asked, beside which month it is about: each is one choice."""

_MOST_PAGES: Final = 18
"""With the list of parts before them and the page that sends. Ten answers are chosen, and nothing is written: at three
seconds to go on and four for a choice, that is a minute and a half.
"""


def renew(karin: Window) -> list[str]:
    """From the front door to what is to be read through; the pages that were met."""
    karin.go(START)
    karin.press("Logga in och börja")
    karin.log_in(KARIN)
    karin.press("Sök igen för en ny månad")
    return write(karin, karin.path.rpartition("/")[0], NEW_MONTH)


def look_through(anna: Window) -> None:
    """The unit has read it."""
    anna.go("/arbete")
    anna.log_in("Anna Exempel")
    anna.push(".tf-queue__case a")
    anna.press("Ta ärendet")
    anna.press("Läs ansökan")
    anna.press("Ansökan är läst")


@made_in(*CROSSED)
def test_a_new_month_is_applied_for_in_a_few_choices(browser: Browser, host: RunningHost, manner: Manner) -> None:
    apply(host.visitor(), TENANT)
    anna = host.visitor()
    decide(anna, read(anna))
    with manner.phone(browser, host) as karin, manner.desk(browser, host) as desk:
        met = renew(karin)
        assert {*NEW_MONTH, "manad"} < {*met}
        assert len(met) <= _MOST_PAGES, met
        send(karin)
        look_through(desk)
        karin.go("/mina")
        assert karin.says("Vi arbetar med din ansökan")
