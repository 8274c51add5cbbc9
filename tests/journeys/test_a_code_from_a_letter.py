"""Karin opens the letter's square on her phone: books, moves and cancels with its code, and never logs in."""

import re
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from shared.adapters.clock import SystemClock
from shared.domain.calendar import local_date
from tests.journeys.acting import newest_case, sample, sign, take
from tests.journeys.manners import EVERY, Manner, made_in
from tests.journeys.running_host import RunningHost
from tests.journeys.test_a_letter_home import report_love
from tests.journeys.visitor import Visitor
from tests.journeys.window import Window
from tests.registers import MOTHER

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def code_of_karins_letter(host: RunningHost) -> tuple[str, tuple[str, str, str]]:
    """Anna invites Karin to choose a time; the code in the letter, and Karin's day of birth."""
    report_love(host.visitor())
    anna, karin = host.visitor(), host.visitor()
    anna.log_in("anna.exempel", "/arbete")
    case = newest_case(anna)
    take(anna, case)
    assessed = {**sample("protection_assessment")["bedomning"], "guardians_may_be_contacted": "yes"}
    sign(anna, f"{case}/skyddsbedomning", {**assessed, "guardians_why_not": ""})
    send(anna, case)
    karin.log_in("karin.lindexempel", "/meddelanden")
    (letter,) = set(re.findall(r"/meddelanden/[0-9a-f]{32}", karin.get("/meddelanden").text))
    read = karin.follow(karin.submit(karin.get(letter), letter))
    found = re.search(r'href="/boka/kod#([0-9A-Z-]+)"', read.text)
    assert found is not None, read.text
    return found[1], (MOTHER[6:8], MOTHER[4:6], MOTHER[:4])


def send(anna: Visitor, case: str) -> None:
    """The invitation is written, read through and sent."""
    page = anna.get(f"{case}/brev/skriv/meeting_invitation")
    to = re.search(r'name="recipients"[^>]*value="([0-9a-f]{32})"', page.text)
    assert to is not None, page.text
    first = local_date(SystemClock().now())  # the host runs in real time, by the Swedish day
    days = {"first_day": first, "last_day": first + timedelta(days=28)}
    parts = {
        f"{name}-{part}": str(getattr(one, part)) for name, one in days.items() for part in ("day", "month", "year")
    }
    answers = {**sample("letter_meeting_invitation")["brev"], **parts, "recipients": to[1], "how": "inbox"}
    check = anna.follow(anna.submit(page, page.path, **answers))
    assert anna.submit(check, f"{page.path}/kontrollera", checked="yes").status == 303


def enter(karin: Window, code: str, born: tuple[str, str, str], *, scripts: bool) -> None:
    """From the square of the letter, which only a script can read, or with the code written off from it."""
    if scripts:
        karin.go(f"/boka/kod#{code}")
        assert karin.page.locator("[name=code]").input_value() == code
        assert code not in karin.page.url
    else:
        karin.go("/boka/kod")
    karin.press("Fortsätt")
    assert karin.says("Skriv dagen, månaden och året när du är född")
    karin.write("code", code)
    for part, value in zip(("day", "month", "year"), born, strict=True):
        karin.write(f"born-{part}", value)
    karin.press("Fortsätt")


@made_in(*EVERY)
def test_a_meeting_is_booked_moved_and_cancelled_with_a_code(
    browser: Browser, host: RunningHost, manner: Manner
) -> None:
    code, born = code_of_karins_letter(host)
    with manner.phone(browser, host) as karin:
        enter(karin, code, born, scripts=manner.scripts)
        karin.press("Telefonsamtal")
        karin.push("button[name=start]", 2)
        karin.choose("interpreter", "no")
        karin.press("Fortsätt")
        karin.write("phone", "031-390 06 30")
        karin.press("Fortsätt")
        karin.press("Boka tiden")
        assert karin.says("Din tid är bokad")
        karin.press("Flytta mötet")
        karin.push("button[name=start]")
        karin.press("Avboka mötet")
        karin.press("Avboka mötet")
        assert karin.says("Mötet är avbokat")
        assert karin.says("Vill du ha en ny tid? Ring oss, så hjälper vi dig:")
