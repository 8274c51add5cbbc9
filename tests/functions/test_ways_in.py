"""On every public page, errors included, stands whom to call, where to come and when; who answers now comes first."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from shared.adapters.municipality_file import load_versions
from shared.app import House
from shared.settings import EXAMPLE
from tests.access.routes import IN, ROUTES
from tests.houses import DEMO, HandClock, kept
from tests.journeys.town import PEOPLE, Town, town
from tests.journeys.visitor import Answer

OPEN = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
CLOSED = datetime(2026, 11, 2, 19, 0, tzinfo=UTC)
HOLIDAY = datetime(2026, 12, 25, 11, 0, tzinfo=UTC)
HELD = "\N{WORD JOINER}"
"""Holds hours together on a line, and is no part of the words."""
_NOT_PAGES = ("/static", "/theme", "/robots", "/favicon", "/halsa", "/lamna", "/logga-in/retur")
PUBLIC = sorted(
    {one.rule for one in ROUTES if one.method == "GET" and one.who["anonymous"] is IN and "<" not in one.rule}
    - {one.rule for one in ROUTES if one.rule.startswith(_NOT_PAGES)}
)
each_page = pytest.mark.parametrize("path", PUBLIC)


def office(here: Town) -> tuple[str, str]:
    """The number of the office and of the out-of-hours line."""
    known = here.house.municipality
    return known.contact.phone, known.emergency.out_of_hours_phone


def footer(answer: Answer) -> str:
    return answer.text.partition('<footer class="tf-foot">')[2]


def foot_first(here: Town, foot: str) -> str:
    """Which of the two the foot of the page names first."""
    day, night = office(here)
    return "office" if foot.index(day) < foot.index(night) else "out of hours"


@each_page
def test_every_public_page_says_whom_to_call_where_and_when(path: str) -> None:
    with town() as here:
        foot, known = footer(here.visitor().get(path)), here.house.municipality
        for words in (
            *office(here),
            known.contact.hours["sv"],
            known.contact.visit["sv"],
            known.emergency.out_of_hours["sv"],
        ):
            assert words in foot.replace(HELD, "")


@each_page
@pytest.mark.parametrize(
    ("now", "first"),
    [(OPEN, "office"), (CLOSED, "out of hours"), (HOLIDAY, "out of hours")],
    ids=["open", "closed", "holiday"],
)
def test_whoever_answers_now_comes_first(path: str, now: datetime, first: str) -> None:
    with town() as here:
        here.clock.at = now
        assert foot_first(here, footer(here.visitor().get(path))) == first


@pytest.mark.parametrize("path", ["/finns-inte", "/anmal/finns-inte", "/arbete/finns-inte", "/forvaltning/finns-inte"])
@pytest.mark.parametrize("who", ["anonymous", "resident", "caseworker", "administrator"])
def test_an_error_page_says_it_in_the_same_order(path: str, who: str) -> None:
    with town() as here:
        for now, first in ((OPEN, "office"), (CLOSED, "out of hours")):
            here.clock.at = now
            main = here.visitor(PEOPLE[who]).get(path).text.partition("<main")[2].partition("</main>")[0]
            if "Felkod" in main:
                assert foot_first(here, main) == first


def test_without_a_store_the_page_says_it_too() -> None:
    with town() as here:
        visitor = here.visitor(PEOPLE["caseworker"])
        here.store.fail_reads(50)
        here.clock.at = CLOSED
        answer = visitor.get("/arbete")
        assert answer.status == 503
        assert foot_first(here, answer.text) == "out of hours"


def test_a_refused_login_says_it_too() -> None:
    with town() as here:
        here.clock.at = CLOSED
        answer = here.visitor().get("/logga-in/retur/test-eid?state=x&error=access_denied")
        main = answer.text.partition("<main")[2].partition("</main>")[0]
        assert foot_first(here, main) == "out of hours"


def test_a_new_number_in_the_file_holds_from_its_day(tmp_path: Path) -> None:
    file = tmp_path / "kommun.toml"
    later = '\n[[changes]]\nvalid_from = 2026-11-03\n[changes.contact]\nphone = "031-390 06 50"\n'
    file.write_text(EXAMPLE.read_text("utf-8") + later, "utf-8")
    clock = HandClock(OPEN)
    house = House(DEMO, kept(clock=clock), load_versions(file))
    assert house.municipality.contact.phone == "031-390 06 00"
    clock.at = datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    assert house.municipality.contact.phone == "031-390 06 50"


def test_the_front_page_leads_with_the_line_that_answers() -> None:
    with town() as here:
        for now, shown in ((OPEN, False), (CLOSED, True)):
            here.clock.at = now
            assert ("Ring socialjouren" in here.visitor().get("/").text) is shown
