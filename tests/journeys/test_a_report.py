"""The whole job in real browsers: a counsellor's phone without scripts, a caseworker's desk with them."""

from collections.abc import Mapping
from typing import Final

import pytest
from playwright.sync_api import Browser

from tests.journeys import acting
from tests.journeys.running_host import RunningHost, on_both_keepers
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

PHONE, DESK = 360, 1280
STORY: Final = "Nova är hungrig varje morgon och vill inte gå hem."
WRITTEN: Final[Mapping[str, Mapping[str, str]]] = {
    "vem": {"child_given_name": "Nova", "child_family_name": "Exempel", "child_person_id": "880420-2383"},
    "beskriv": {"concern_description": STORY},
}
PROTECTION: Final = {"reasons": "Barnet är i skolan och hämtas av en moster."}
DECISION: Final = {
    "child_view": "Jag vill ha frukost.",
    "best_interests": "Att stödet hemma får börja.",
    "motivation": "Behovet av stöd behöver utredas.",
}


def report(elsa: Window) -> None:
    """From the start page to the receipt, meeting a few mistakes on the way."""
    elsa.go("/anmal")
    elsa.press("Logga in och börja")
    elsa.log_in("Elsa Exempel")
    elsa.press("Börja en ny anmälan")
    while not elsa.path.endswith("/kontrollera"):
        answer(elsa)
    elsa.press("Skicka anmälan")  # without having confirmed
    assert "Kryssa i att du vill skicka" in elsa.text
    elsa.choose("confirm", "yes")
    elsa.press("Skicka anmälan")
    assert "Vi har fått din anmälan" in elsa.text


def answer(elsa: Window) -> None:
    """Answer one question, or skip it."""
    slug = elsa.path.rpartition("/")[2]
    if slug == "vem":
        elsa.write("child_person_id", "1988")
        elsa.press("Fortsätt")
        assert elsa.page.title().startswith("Fel:")
    for name, text in WRITTEN.get(slug, {}).items():
        elsa.write(name, text)
    if slug == "sedan":
        elsa.choose("feedback_requested", "yes")
    elsa.press("Fortsätt")


def work(anna: Window) -> None:
    """From the queue to the feedback, reading everything on the way."""
    anna.go("/arbete")
    anna.log_in("Anna Exempel")
    anna.page.locator("a[href^='/arbete/arende/']").first.click()
    anna.look()
    case = anna.path
    anna.press("Ta ärendet")
    for part in ("/anmalan", "/folkbokforing", "/kontakt", "/kontakt?forsakrat=ja", ""):
        anna.go(case + part)
    anna.press("Gör skyddsbedömningen")
    anna.press("Läs igenom")
    assert anna.page.title().startswith("Fel:")
    assess(anna)
    anna.press("Besluta: inleda utredning eller inte")
    anna.press("Läs igenom")
    decide(anna)
    anna.go(f"{case}/bedomningar")
    anna.go(case)
    anna.press("Ge återkoppling till anmälaren")
    give_feedback(anna)
    for page in (case, "/arbete/ko", "/arbete/notiser", "/arbete/ko?visa=mine"):
        anna.go(page)


def assess(anna: Window) -> None:
    """The protection assessment, signed."""
    anna.choose("sources_checked", "report")
    anna.choose("need", "no")
    anna.choose("safe_tonight", "yes")
    anna.choose("guardians_may_be_contacted", "yes")
    for name, text in PROTECTION.items():
        anna.write(name, text)
    anna.press("Läs igenom")
    anna.press("Skriv under")


def decide(anna: Window) -> None:
    """The decision to open an investigation, signed."""
    write_decision(anna)
    assert anna.path.endswith("/kontrollera"), anna.text
    anna.press("Skriv under")


def write_decision(anna: Window) -> None:
    """The decision, written and sent on to be read through."""
    anna.choose("child_heard", "yes")
    anna.choose("outcome", "inleda")
    for name, text in DECISION.items():
        anna.write(name, text)
    anna.press("Läs igenom")


def give_feedback(anna: Window) -> None:
    """Release it after the secrecy check."""
    anna.choose("choice", "release")
    anna.choose("checked", "yes")
    anna.press("Spara återkopplingen")


@on_both_keepers
def test_a_report_from_a_phone_comes_to_a_decision_and_back(browser: Browser, host: RunningHost) -> None:
    with (
        window(browser, host, width=PHONE, scripts=False) as elsa,
        window(browser, host, width=DESK, scripts=True) as anna,
    ):
        report(elsa)
        elsa.press("Läs det du skickade")
        assert STORY in elsa.text
        work(anna)
        elsa.go("/anmal/mina")
        assert "En utredning inleds" in elsa.text
        assert "Jag vill ha frukost" not in elsa.text


@on_both_keepers
def test_whoever_signs_second_sees_what_stands_beside_the_own_text(browser: Browser, host: RunningHost) -> None:
    elsa, desk, maria = host.visitor(), host.visitor(), host.visitor()
    elsa.log_in("elsa.exempel", "/anmal")
    acting.send_report(elsa, acting.write_report(elsa, WRITTEN))
    desk.log_in("anna.exempel", "/arbete")
    case = acting.newest_case(desk)
    acting.take(desk, case)
    acting.sign(desk, f"{case}/skyddsbedomning", acting.sample("protection_assessment")["bedomning"])
    maria.log_in("maria.exempel", "/arbete")
    with window(browser, host, width=DESK, scripts=True) as anna:
        anna.go(f"{case}/beslut")
        anna.log_in("Anna Exempel")
        theirs = {**acting.sample("preliminary_assessment")["beslut"], "motivation": "Marias skäl."}
        acting.sign(maria, f"{case}/beslut", theirs)
        write_decision(anna)
        assert "Marias skäl." in anna.text
        assert DECISION["motivation"] in anna.text


def test_public_pages_fit_the_narrowest_phone(browser: Browser, host: RunningHost) -> None:
    with window(browser, host, width=320, scripts=True) as visitor:
        for path in (
            "/",
            "/hjalp",
            "/dina-uppgifter",
            "/tillganglighet",
            "/verifiera",
            "/anmal",
            "/anmal/fara",
            "/lokal",
            "/finns-ej",
        ):
            visitor.go(path)
            visitor.go(f"{path}?sprak=en")
            visitor.go(f"{path}?sprak=sv")
