"""Staff note that a reporter asks for feedback after the report: when, how, and what then follows (SoL 19:6)."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from shared.app import House, use
from shared.domain.ids import CaseId
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import Desk, assessed, at, taken
from tests.houses import HandClock, demo_house
from tests.people import ANNA, MARIA, SAMIR

LINK = "Anmälaren frågar nu"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def house(clock: HandClock) -> Iterator[House]:
    with use(demo_house(clock=clock)) as opened:
        yield opened


def page(case: CaseId) -> str:
    return f"{at(case)}/aterkoppling/begaran"


def decided(house: House) -> CaseId:
    """A decided case whose reporter did not ask."""
    case = assessed(house)
    Desk(house).decide(case)
    return case


def note(desk: Desk, case: CaseId, **fields: str) -> int:
    return desk.post(page(case), {**desk.fields(page(case)), "how": "phone", **fields}).status_code


def test_before_the_decision_the_case_page_leads_to_the_form_and_the_trail_then_tells(house: House) -> None:
    case, anna = taken(house), Desk(house)
    assert f'href="{page(case)}"' in anna.get(at(case)).text

    assert note(anna, case) == 303

    seen = anna.get(at(case)).text
    assert "Anmälaren bad om återkoppling, per telefon" in seen
    assert LINK not in seen


def test_after_the_decision_the_answer_is_due_today_and_the_case_ends_again(house: House, clock: HandClock) -> None:
    case, anna = decided(house), Desk(house)
    clock.advance(timedelta(days=9))
    anna.log_in(ANNA)
    assert "svaret ska lämnas genast" in anna.get(page(case)).text
    assert note(anna, case, **{"asked_on-day": "10"}) == 303

    release = anna.get(f"{at(case)}/aterkoppling").text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Anmälaren bad om återkoppling tisdag 10 november 2026, per telefon." in release.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert "genast när en utredning redan pågår eller anmälaren frågar efter beslutet" in release
    assert "I dag" in release
    form = {**anna.fields(f"{at(case)}/aterkoppling"), "choice": "release", "checked": "yes"}
    assert anna.post(f"{at(case)}/aterkoppling", form).status_code == 303

    assert not anna.case(case).open
    assert "En utredning inleds inte" in Reporter(house).get("/anmal/mina").text
    assert LINK not in anna.get(at(case)).text


def test_a_request_from_the_reporter_tells_the_caseworker_at_once(house: House) -> None:
    case, elsa, anna = decided(house), Reporter(house), Desk(house)
    action = f"/anmal/kvitto/{anna.case(case).report}/aterkoppling"
    assert elsa.post(action, elsa.fields("/anmal/mina", action)).status_code == 303

    assert "Anmälaren vill ha återkoppling: svara genast" in anna.get("/arbete/notiser").text
    assert "Anmälaren bad om återkoppling, inloggad" in anna.get(at(case)).text
    assert "Ge återkoppling till anmälaren" in anna.get(at(case)).text


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"how": ""}, "Välj hur anmälaren frågade"),
        ({"how": "logged_in"}, "Välj hur anmälaren frågade"),
        ({"how": "telepathy"}, "Välj hur anmälaren frågade"),
        ({"asked_on-day": "", "asked_on-month": "", "asked_on-year": ""}, "Skriv dagen"),
        ({"asked_on-day": "31"}, "asked_on"),
        ({"asked_on-day": "3"}, "asked_on"),
        ({"asked_on-day": "1"}, "Dagen kan inte vara före den dag då anmälan kom in"),
    ],
)
def test_what_cannot_be_noted_is_said_and_what_was_typed_stays(
    house: House, fields: dict[str, str], words: str
) -> None:
    case, anna = taken(house), Desk(house)
    answer = anna.post(page(case), {**anna.fields(page(case)), "how": "phone", **fields})

    assert answer.status_code == 422
    assert words in answer.text
    assert "Fel:" in answer.text
    assert not anna.case(case).feedback_requested


def test_everything_that_is_wrong_is_said_at_once(house: House) -> None:
    case, anna = taken(house), Desk(house)
    answer = anna.post(page(case), {**anna.fields(page(case)), "asked_on-day": "1"})

    assert answer.status_code == 422
    assert "Välj hur anmälaren frågade" in answer.text
    assert "Dagen kan inte vara före den dag då anmälan kom in" in answer.text


def test_the_same_form_twice_is_one_note_and_with_other_content_none(house: House) -> None:
    case, anna = taken(house), Desk(house)
    form = {**anna.fields(page(case)), "how": "phone"}

    assert [anna.post(page(case), form).status_code for _ in range(2)] == [303, 303]
    assert anna.post(page(case), {**form, "how": "written"}).status_code == 409
    assert anna.get(at(case)).text.count("Anmälaren bad om återkoppling") == 1


def test_a_colleague_who_was_faster_is_not_written_over(house: House) -> None:
    case, anna, maria = taken(house), Desk(house), Desk(house, MARIA)
    form = {**anna.fields(page(case)), "how": "phone"}
    assert note(maria, case, how="written") == 303

    assert anna.post(page(case), form).status_code == 409
    assert "skriftligt" in anna.get(at(case)).text


def test_a_colleague_neither_sees_the_way_nor_comes_in(house: House) -> None:
    case, samir = taken(house), Desk(house, SAMIR)

    assert LINK not in samir.get(at(case)).text
    assert samir.get(page(case)).status_code == 403


def test_there_is_no_form_where_it_was_asked_or_no_right_is_known(house: House) -> None:
    asked, unknown = taken(house, feedback_requested="yes"), taken(house, reporter_category="")
    anna = Desk(house)

    for case in (asked, unknown):
        assert LINK not in anna.get(at(case)).text
        assert anna.get(page(case)).status_code == 409
