"""The tour's own file: a note is released, read by its person, objected to and answered; nobody else sees it."""

import re
from collections.abc import Mapping, Sequence
from datetime import timedelta

import pytest
from playwright.sync_api import Browser

from tests.journeys.acting import newest_case, sample, send_report, sign, take, write_report
from tests.journeys.manners import CROSSED, SWAPPED, Manner, made_in
from tests.journeys.photographs import Photograph, attach, saved
from tests.journeys.running_host import RunningHost
from tests.journeys.town import Town, town
from tests.journeys.visitor import Visitor
from tests.journeys.window import Window

KARIN = {"child_given_name": "Karin", "child_family_name": "", "child_person_id": "19800426-2385"}
TUVA = {"child_given_name": "Tuva", "child_family_name": "", "child_person_id": "20091230-2387"}
"""A girl of sixteen; Karin is a woman of age."""
WORDS = "Karin har ordnat frukost."
WRONG = "Det var min syster som ordnade det."
ANSWER = "Tack. Vi har skrivit det vid anteckningen."
CHECKS = ["third_person", "informant", "child", "whereabouts", "weight", "working_paper"]
_NOTE = re.compile(r"/arbete/arende/[0-9a-f]{32}/journal/[0-9a-f]{32}")
_OWN = re.compile(r"/journal/[0-9a-f]{32}")


def taken_case(elsa: Visitor, anna: Visitor, about: Mapping[str, str] = KARIN) -> str:
    """Somebody reports concern for Karin, or somebody else, and Anna takes the case; its path."""
    elsa.log_in("elsa.exempel", "/anmal")
    send_report(elsa, write_report(elsa, {"vem": about, "beskriv": {"concern_description": "Oro."}}))
    anna.log_in("anna.exempel", "/arbete")
    case = newest_case(anna)
    take(anna, case)
    return case


def answers(here: Town) -> dict[str, str | list[str]]:
    """What Anna writes of yesterday."""
    day = here.clock.now() - timedelta(days=1)
    when = {"happened-day": str(day.day), "happened-month": str(day.month), "happened-year": str(day.year)}
    return {**sample("journal_note")["anteckning"], **when, "text": WORDS, "care": []}


def test_a_note_is_released_read_objected_to_and_answered() -> None:
    with town() as here:
        elsa, anna, tuva, sara, love = (here.visitor() for _ in range(5))
        case = taken_case(elsa, anna, TUVA)
        journal = sign(anna, f"{case}/journal/skriv", answers(here))
        (note,) = set(_NOTE.findall(journal.text))
        tuva.log_in("tuva.almexempel", "/journal")
        assert "Här finns inget att läsa just nu." in tuva.get("/journal").text

        review = f"{note}/lamna-ut"
        check = anna.submit(anna.get(review), review, checks=CHECKS, result="released", go="check")
        anna.submit(check, review, go="sign")
        (own,) = set(_OWN.findall(tuva.get("/journal").text))
        assert WORDS in tuva.get(own).text
        assert tuva.get("/journal/akten.pdf").body.startswith(b"%PDF")
        assert "socialsekreterare" in tuva.get("/journal/lasare").text
        said = objected(tuva, own)
        assert WRONG in tuva.get(said).text

        found = re.search(rf"{case}/sagt/[0-9a-f]{{32}}", anna.get(note).text)
        assert found is not None
        anna.submit(anna.get(found[0]), found[0], text=ANSWER, go="sign")
        assert ANSWER in tuva.get(own).text
        for other, person in ((sara, "sara.almexempel"), (love, "love.lindexempel")):
            other.log_in(person, "/journal")
            shown = other.get("/journal").text
            assert "Här finns inget att läsa just nu." in shown
            assert "är du under 15 år eller vill läsa ditt barns akt, prata med oss" in shown
            assert [other.get(path).status for path in (own, said)] == [404, 404]


def objected(tuva: Visitor, note: str) -> str:
    """Tuva says that the note is wrong; where she reads it."""
    first = tuva.submit(tuva.get(note), f"{note}/fel").location
    draft = first.rpartition("/")[0]
    tuva.submit(tuva.get(first), first, text=WRONG)
    return tuva.submit(tuva.get(f"{draft}/kontrollera"), f"{draft}/skicka").location


def test_who_is_logged_out_in_the_middle_of_a_sentence_goes_on_after_the_login() -> None:
    with town() as here:
        anna = here.visitor()
        case = taken_case(here.visitor(), anna)
        page = anna.get(f"{case}/journal/skriv")
        here.clock.advance(timedelta(minutes=40))
        kept = anna.submit(page, f"{case}/journal/skriv", text="Karin säger att", go="later")
        assert kept.location.startswith("/logga-in")
        anna.log_in("anna.exempel", f"{case}/journal/skriv")

        back = anna.get(f"{case}/journal/skriv")
        assert "Karin säger att" in back.text


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.timeout(240)
@made_in(*CROSSED, SWAPPED)
def test_the_whole_way_in_a_browser(
    browser: Browser, host: RunningHost, manner: Manner, photographs: Sequence[Photograph]
) -> None:
    case = taken_case(host.visitor(), host.visitor())
    with manner.desk(browser, host) as anna, manner.phone(browser, host) as karin:
        anna.go(f"{case}/journal")
        anna.log_in("Anna Exempel")
        anna.press("Skriv en anteckning")
        write(anna)
        if manner.scripts:
            anna.page.get_by_text(anna.words("Utkast sparat kl.")).wait_for()
        anna.press("Läs igenom")
        anna.press("Skriv under")
        release(anna)

        karin.go("/journal")
        karin.log_in("Karin Lindexempel")
        read_and_object(karin, photographs[2], scripts=manner.scripts)

        anna.go(f"{case}/journal")
        anna.follow("section li a.tf-hit")
        saved(anna, photographs[2])
        anna.write("text", ANSWER)
        anna.press("Läs igenom")
        anna.press("Skriv under svaret")
        karin.go("/journal")
        karin.follow(".tf-note footer a")
        assert ANSWER in karin.page.content()
        karin.go("/journal")


def release(anna: Window) -> None:
    """From the journal to what its person reads."""
    anna.follow(".tf-note footer a")
    anna.press("Pröva att lämna ut")
    for check in CHECKS:
        anna.choose("checks", check)
    anna.choose("result", "released")
    anna.press("Se vad personen läser")
    anna.press("Skriv under prövningen")


def read_and_object(karin: Window, photograph: Photograph, *, scripts: bool) -> None:
    """Karin reads the note, sees who has read her file, and says that the note is wrong, with a photograph."""
    assert WORDS in karin.text
    karin.go("/journal/lasare")
    assert karin.says("Socialsekreterare") or karin.says("socialsekreterare")
    karin.go("/journal")
    karin.follow(".tf-note footer a")
    karin.press("Säg vad som är fel")
    karin.press("Fortsätt")
    karin.write("text", WRONG)
    karin.press("Fortsätt")
    attach(karin, [photograph], scripts=scripts)
    karin.press("Fortsätt")
    karin.press("Skicka")
    assert photograph.kept in karin.text


def write(anna: Window) -> None:
    """Fill in a call of the year before last."""
    for name, value in (("kind", "call"), ("with_whom", "guardian"), ("source", "told"), ("weight", "fact")):
        anna.choose(name, value)
    for name, text in (("happened-day", "3"), ("happened-month", "3"), ("happened-year", "2025"), ("text", WORDS)):
        anna.write(name, text)
