"""Whatever somebody writes is shown as it was written, on every page and on paper, and does nothing."""

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from tests.journeys import acting
from tests.journeys.hostile_texts import (
    NOTHING_RAN,
    flat,
    form,
    free_texts,
    printed,
    shown,
    unbroken,
    with_hostile_texts,
)
from tests.journeys.running_host import RunningHost
from tests.journeys.visitor import Visitor
from tests.journeys.window import Window, window

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.timeout(240)]

DESK: Final = 1280
REPORT, PROTECTION, DECISION = "concern_report_professional", "protection_assessment", "preliminary_assessment"
_FOOT: Final = re.compile(r"Exempelkommun·OA\w{6}Sida\d+av\d+$")
"""Stands between two pages, and so in the middle of a text that goes on."""
Changes = Mapping[str, Mapping[str, str | list[str]]]


@dataclass(frozen=True, slots=True)
class Story:
    """One report and the decision on it: what differs from the samples."""

    report: Changes
    decision: Changes
    by: str


STORIES: Final = {
    "an investigation for a child with a name": Story(
        {
            "sprak": {"interpreter_child": "yes", "interpreter_child_language": "-"},
            "trygghet": {"police_report": "yes", "police_report_reference": "-"},
            "vet": {"guardians_informed": "yes_one", "guardians_informed_who_when": "-"},
        },
        {"beslut": {"outcome": "inleda", "violence_reason": ""}},
        by="anna.exempel",
    ),
    "no investigation for a child without a name": Story(
        {
            "vem": {
                "child_known_identity": "unknown",
                "child_given_name": "",
                "child_family_name": "",
                "child_person_id": "",
            },
            "hitta": {"child_area": "-", "child_description": "-"},
        },
        {"beslut": {"child_heard": "no", "child_view": "", "reason_not_heard": "-"}},
        by="maria.exempel",
    ),
}


def test_every_field_that_is_written_freely_in_is_tried() -> None:
    tried = {
        REPORT: [with_hostile_texts(REPORT, one.report)[1] for one in STORIES.values()],
        PROTECTION: [with_hostile_texts(PROTECTION, {})[1]],
        DECISION: [with_hostile_texts(DECISION, one.decision)[1] for one in STORIES.values()],
    }
    chosen = {"investigation"}  # one of those that are offered, never written
    left = {
        name: set(free_texts(form(name))) - {field for texts in stories for field in texts} - chosen
        for name, stories in tried.items()
    }
    assert left == {REPORT: set(), PROTECTION: set(), DECISION: set()}


def shows(at: Window, texts: Iterable[str]) -> None:
    """The page shows each text as it was written, and nothing of it has become part of the page."""
    harmless(at)
    page = flat(at.text)
    assert [one for one in texts if shown(one) not in page] == [], at.path


def holds(at: Window, texts: Mapping[str, str]) -> None:
    """The page's fields hold what was written in them."""
    harmless(at)
    fields = {name: at.page.locator(f"[name='{name}']") for name in texts}
    there = {name: flat(field.input_value()) for name, field in fields.items() if field.count()}
    assert there == {name: flat(texts[name]) for name in there}, at.path


def harmless(at: Window) -> None:
    """Nothing ran; what the console says or a dialog that opens is a fault of the window."""
    assert at.page.evaluate(NOTHING_RAN) == [], at.path


def by_reporter(elsa: Visitor, reader: Window, story: Story) -> None:
    """Write the report and send it; read it before and after, and once more when it is too late to change."""
    pages, texts = with_hostile_texts(REPORT, story.report)
    draft = acting.write_report(elsa, pages)
    for slug, page in pages.items():
        reader.go(f"{draft}/{slug}")
        holds(reader, {name: texts[name] for name in page if name in texts})
    reader.go(f"{draft}/kontrollera")
    shows(reader, texts.values())
    reader.go(f"{draft}/beskriv")
    receipt = acting.send_report(elsa, draft)
    later = f"{texts['concern_description']} Mer att berätta."
    reader.page.locator("[name='concern_description']").fill(later)
    reader.press("Fortsätt")
    assert reader.page.title().startswith("Redan skickad")
    shows(reader, [later])
    for path in (receipt.path, "/anmal/mina"):
        reader.go(path)
        harmless(reader)
    reader.go(f"{receipt.path}/innehall")
    shows(reader, texts.values())
    on_paper(elsa.get(f"{receipt.path}.pdf").body, texts)


def on_paper(made: bytes, texts: Mapping[str, str]) -> None:
    """The PDF holds the texts, however they are broken into lines, and nothing that acts."""
    paper = PdfReader(io.BytesIO(made))
    words = "".join(_FOOT.sub("", unbroken(page.extract_text())) for page in paper.pages)
    lines = [line for text in texts.values() for line in text.split("\n")]
    assert [one for one in lines if unbroken(printed(one)) not in words] == []
    held = "".join(str(one) for page in paper.pages for one in (page.get_object(), page.get("/Annots")))
    assert [act for act in ("/JavaScript", "/JS", "/URI", "/Launch", "/AA") if act in held] == []
    assert {"/OpenAction", "/AA", "/Names"}.isdisjoint(paper.root_object)


def at_the_desk(anna: Visitor, reader: Window, case: str, texts: Mapping[str, str]) -> None:
    """Read what came in, everywhere that staff can."""
    acting.take(anna, case)
    reader.go("/arbete/ko")
    harmless(reader)
    reader.go(case)
    harmless(reader)
    said = ""
    for part in ("/anmalan", "/kontakt?forsakrat=ja"):
        reader.go(case + part)
        harmless(reader)
        said += flat(reader.text)
    assert [one for one in texts.values() if shown(one) not in said] == []


def write(by: Visitor, page: str, pages: Changes, texts: Mapping[str, str], reader: Window) -> None:
    """Fill in a staff form; read it in its fields, beside another text, read through and signed."""
    slug = next(iter(pages))
    reader.go(page)
    by.submit(by.get(page), page, **pages[slug], go="later")
    reader.press("Läs igenom")  # an empty form, beside what was just saved
    shows(reader, texts.values())
    reader.go(page)
    holds(reader, texts)
    check = by.follow(by.submit(by.get(page), page, **pages[slug]))
    reader.go(check.path)
    shows(reader, texts.values())
    reader.go(page)
    signed = by.follow(by.submit(check, check.path))
    assert signed.path.rpartition("/")[0] == "/arbete/arende", signed.text
    reader.press("Läs igenom")
    assert reader.page.title().startswith(("Du har redan", "Anna Exempel hann", "Maria Exempel hann"))
    shows(reader, texts.values())


@pytest.mark.parametrize("name", STORIES)
def test_a_hostile_text_is_shown_as_it_was_written_and_does_nothing(
    browser: Browser, host: RunningHost, name: str
) -> None:
    story = STORIES[name]
    elsa, desk = host.visitor(), host.visitor()
    elsa.log_in("elsa.exempel", "/anmal")
    desk.log_in(story.by, "/arbete")
    with (
        window(browser, host, width=DESK, scripts=True) as school,
        window(browser, host, width=DESK, scripts=True) as staff,
    ):
        school.go("/logga-in?next=/anmal/mina")
        school.log_in("Elsa Exempel")
        by_reporter(elsa, school, story)
        case = acting.newest_case(desk)
        staff.go("/logga-in?next=/arbete/ko")
        staff.log_in("Anna Exempel" if story.by.startswith("anna") else "Maria Exempel")
        at_the_desk(desk, staff, case, with_hostile_texts(REPORT, story.report)[1])
        protection = with_hostile_texts(PROTECTION, {})
        decision = with_hostile_texts(DECISION, story.decision)
        write(desk, f"{case}/skyddsbedomning", *protection, staff)
        write(desk, f"{case}/beslut", *decision, staff)
        staff.go(f"{case}/bedomningar")
        shows(staff, [*protection[1].values(), *decision[1].values()])
        staff.go(f"{case}/aterkoppling")
        harmless(staff)
        acting.release(desk, case)
        for path in (case, "/arbete/ko", "/arbete/notiser", "/lokal"):
            staff.go(path)
            harmless(staff)
        school.go("/anmal/mina")
        harmless(school)
