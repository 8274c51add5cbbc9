"""Feedback to the reporter: released or withheld once, after a secrecy check, and never more than the law allows."""

from collections.abc import Iterator

import pytest

from shared.app import House, use
from shared.domain.ids import CaseId
from tests.functions.reporter_browser import Reporter
from tests.functions.staff_browser import DECISION, Desk, assessed, at, taken
from tests.houses import demo_house
from tests.people import MARIA, SAMIR


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def decided(house: House, outcome: str = "inte_inleda") -> CaseId:
    """A decided case whose reporter has asked to be told."""
    case = assessed(house, feedback_requested="yes")
    Desk(house).decide(case, outcome=outcome)
    return case


def answer(desk: Desk, case: CaseId, **fields: str) -> int:
    page = f"{at(case)}/aterkoppling"
    return desk.post(page, {**desk.fields(page), **fields}).status_code


def read_by_the_reporter(house: House) -> str:
    return Reporter(house).get("/anmal/mina").text.partition("<aside")[0]


@pytest.mark.parametrize(
    ("outcome", "words"), [("inleda", "En utredning inleds"), ("inte_inleda", "En utredning inleds inte")]
)
def test_what_the_page_promises_is_what_the_reporter_reads(house: House, outcome: str, words: str) -> None:
    case, anna = decided(house, outcome), Desk(house)
    assert f"”{words}”" in anna.get(f"{at(case)}/aterkoppling").text
    assert words not in read_by_the_reporter(house)

    assert answer(anna, case, choice="release", checked="yes") == 303

    told = read_by_the_reporter(house)
    assert words in told
    assert DECISION["motivation"] not in told


def test_withheld_feedback_tells_the_reporter_neither_what_nor_why(house: House) -> None:
    case = decided(house)

    assert answer(Desk(house), case, choice="withhold", checked="yes") == 303

    told = read_by_the_reporter(house)
    assert "Besked lämnas inte här" in told
    assert "utredning inleds" not in told


def test_feedback_about_an_ongoing_investigation_is_given_at_once(house: House) -> None:
    decided(house, "inleda")
    case, anna = assessed(house, feedback_requested="yes"), Desk(house)
    (ongoing,) = house.files.investigations(anna.case(case))
    anna.decide(case, outcome="pagar_redan", investigation=ongoing.id)

    page = anna.get(f"{at(case)}/aterkoppling").text

    assert "genast när en utredning redan pågår" in page
    assert "I dag" in page
    assert answer(anna, case, choice="release", checked="yes") == 303
    assert "En utredning pågår redan" in read_by_the_reporter(house)


def test_nothing_is_released_before_the_secrecy_has_been_checked(house: House) -> None:
    case, anna = decided(house), Desk(house)

    assert answer(anna, case) == 422
    assert answer(anna, case, choice="release") == 422
    assert answer(anna, case, choice="tell everything", checked="yes") == 422
    assert "utredning inleds" not in read_by_the_reporter(house)


def test_feedback_sent_twice_is_given_once(house: House) -> None:
    case, anna = decided(house), Desk(house)
    page = f"{at(case)}/aterkoppling"
    form = {**anna.fields(page), "choice": "release", "checked": "yes"}

    assert [anna.post(page, form).status_code for _ in range(2)] == [303, 303]


def test_the_same_form_with_another_choice_changes_nothing(house: House) -> None:
    case, anna = decided(house), Desk(house)
    page = f"{at(case)}/aterkoppling"
    form = {**anna.fields(page), "choice": "withhold", "checked": "yes"}
    anna.post(page, form)

    assert anna.post(page, {**form, "choice": "release"}).status_code == 409
    assert "Besked lämnas inte här" in read_by_the_reporter(house)


def test_the_lead_may_release_and_a_colleague_may_not(house: House) -> None:
    case = decided(house)

    assert Desk(house, SAMIR).get(f"{at(case)}/aterkoppling").status_code == 403
    assert answer(Desk(house, MARIA), case, choice="release", checked="yes") == 303


def test_there_is_no_feedback_page_before_the_decision_and_after_the_release(house: House) -> None:
    early, late = taken(house, feedback_requested="yes"), decided(house)
    anna = Desk(house)
    answer(anna, late, choice="release", checked="yes")

    for case in (early, late):
        page = anna.get(f"{at(case)}/aterkoppling")
        assert page.status_code == 409
        assert "Det steget är passerat" in page.text
