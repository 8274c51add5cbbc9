"""Karin says where she alone reads, a letter comes, and the notice about it says nothing; Omar, who said nothing, gets
none.
"""

import pytest
from playwright.sync_api import Browser

from tests.journeys.acting import newest_case, sample, sign, take
from tests.journeys.practice_post import PAGE, arrived, code
from tests.journeys.running_host import RunningHost, on_both_keepers
from tests.journeys.test_a_letter_home import invited, report_love
from tests.journeys.visitor import Visitor
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ADDRESS = "karin.privat@example.com"
NOTICE = r"Du har fått ett meddelande\. Logga in på localhost:\d+ med e-legitimation\."


def say_where(karin: Window, anybody: Visitor) -> None:
    """From the own letters to a proved address, with every mistake on the way."""
    karin.go("/meddelanden")
    karin.log_in("Karin Lindexempel")
    karin.press("Vill du veta när det kommer ett brev?")
    karin.press("Lägg till e-post")
    karin.press("Skicka en kod")
    assert "Kryssa i att ingen annan läser det här" in karin.text
    karin.write("address", ADDRESS)
    karin.choose("alone", "yes")
    karin.press("Skicka en kod")
    assert ADDRESS in karin.text
    karin.write("code", f"{(int(code(anybody, ADDRESS)) + 1) % 1_000_000:06d}")
    karin.press("Bekräfta")
    assert "Koden stämmer inte." in karin.text
    karin.press("Skicka en ny kod")
    assert "Vi skickade nyss en kod." in karin.text
    karin.write("code", code(anybody, ADDRESS))
    karin.press("Bekräfta")
    assert "Vi säger till när du får ett meddelande." in karin.text


def send_letters(anna: Visitor) -> None:
    """Anna invites both guardians."""
    anna.log_in("anna.exempel", "/arbete")
    case = newest_case(anna)
    take(anna, case)
    assessed = {**sample("protection_assessment")["bedomning"], "guardians_may_be_contacted": "yes"}
    sign(anna, f"{case}/skyddsbedomning", {**assessed, "guardians_why_not": ""})
    for whom in ("Karin", "Omar"):
        assert "I inkorgen, inte öppnat" in invited(anna, case, whom).text


def by_morning(anybody: Visitor) -> list[str]:
    """The notices that have come; at night, when we are quiet, the clock is put forward to the next day."""
    found = arrived(anybody, NOTICE, patience_s=5)
    if not found:
        anybody.submit(anybody.get("/lokal"), "/lokal/klocka", fram="1d")
        found = arrived(anybody, NOTICE)
    return found


@on_both_keepers
@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_a_guardian_who_said_where_is_told_of_the_letter(browser: Browser, host: RunningHost, scripts: bool) -> None:
    anybody = host.visitor()
    with window(browser, host, width=360, scripts=scripts) as karin:
        report_love(host.visitor())
        say_where(karin, anybody)
        send_letters(host.visitor())

        assert len(by_morning(anybody)) == 1
        page = anybody.get(PAGE).text
        assert ADDRESS in page
        assert [word for word in ("Love", "Karin Lindexempel", "Omar", "socialtjänst") if word in page] == []


def test_in_english_at_a_desk_it_is_taken_away_again(browser: Browser, host: RunningHost) -> None:
    with window(browser, host, width=1280, scripts=True) as karin:
        karin.go("/sa-nar-vi-dig")
        karin.log_in("Karin Lindexempel")
        karin.press("English")
        karin.press("Add a mobile number")
        karin.write("address", "070-174 06 11")
        karin.choose("alone", "yes")
        karin.press("Send a code")
        assert "070-174 06 11" in karin.text
        karin.press("Remove the number")
        assert "It is removed. We send nothing there." in karin.text
