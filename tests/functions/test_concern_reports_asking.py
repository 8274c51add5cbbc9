"""A reporter asks for feedback afterwards, on the own report, and learns nothing by asking (SoL 19:6)."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from shared.app import House, use
from shared.domain.decisions import Outcome
from shared.domain.ids import OrganisationId
from tests.functions.reporter_browser import Reporter
from tests.functions.test_concern_reports_feedback import decide
from tests.houses import demo_house
from tests.people import ANNA, CIA, ELSA
from tests.records.reports import Forms, case_of

BUTTON = "Jag vill få återkoppling"
WAITING = "Har vi redan beslutat svarar vi genast, annars senast en vecka efter beslutet."


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


def sent(elsa: Reporter, **who: str) -> str:
    """Where the receipt is of a report whose reporter did not ask."""
    draft = elsa.write()
    if who:
        elsa.answer(draft, "du", **who)
    return elsa.send(draft).headers["Location"]


def press(elsa: Reporter, receipt: str, page: str = "") -> int:
    action = f"{receipt}/aterkoppling"
    return elsa.post(action, elsa.fields(page or receipt, action)).status_code


def main(elsa: Reporter, path: str) -> str:
    return elsa.get(path).text.partition("<main")[2].partition("<form")[0]


@pytest.mark.parametrize("page", ["/anmal/mina", ""], ids=["in the list", "on the receipt"])
def test_the_button_asks_and_both_pages_then_say_so(elsa: Reporter, page: str) -> None:
    receipt = sent(elsa)
    answer = elsa.post(f"{receipt}/aterkoppling", elsa.fields(page or receipt, f"{receipt}/aterkoppling"))

    assert (answer.status_code, answer.headers["Location"]) == (303, f"{receipt}#aterkoppling")
    for seen in ("/anmal/mina", receipt):
        text = elsa.get(seen).text
        assert WAITING in text
        assert BUTTON not in text


def test_each_of_several_reports_is_asked_about_by_itself(elsa: Reporter) -> None:
    first, second = sent(elsa), sent(elsa)
    assert press(elsa, first, "/anmal/mina") == 303

    assert BUTTON not in elsa.get(first).text
    assert BUTTON in elsa.get(second).text


@pytest.mark.parametrize("outcome", [Outcome.OPEN, Outcome.NOT_OPEN])
def test_asking_tells_nothing_of_whether_it_is_decided(elsa: Reporter, house: House, outcome: Outcome) -> None:
    undecided, known = sent(elsa), sent(elsa)
    decide(house, known, outcome, withhold=None)
    numbers = [elsa.get(one).text.partition('<bdi dir="ltr">OA-')[2][:7] for one in (undecided, known)]

    for ask in (False, True):
        if ask:
            assert [press(elsa, one) for one in (undecided, known)] == [303, 303]
        one, other = (
            main(elsa, path).replace(number, "").replace(path.rpartition("/")[2], "")
            for path, number in zip((undecided, known), numbers, strict=True)
        )
        assert one == other


def test_who_asks_after_the_decision_reads_the_answer_when_it_is_released(elsa: Reporter, house: House) -> None:
    receipt = sent(elsa)
    decide(house, receipt, Outcome.OPEN, withhold=None)
    press(elsa, receipt)
    case = case_of(house, receipt.rpartition("/")[2])
    house.caseworker.release(ANNA, case, withhold=False, submission=Forms(ANNA).new())

    assert "En utredning inleds<" in elsa.get(receipt).text
    assert BUTTON not in elsa.get(receipt).text


def test_pressing_twice_from_an_old_page_leads_to_the_same_place(elsa: Reporter) -> None:
    receipt = sent(elsa)
    action = f"{receipt}/aterkoppling"
    same, other = elsa.fields(receipt, action), elsa.fields(receipt, action)

    assert [elsa.post(action, form).status_code for form in (same, same, other)] == [303, 303, 303]
    assert WAITING in elsa.get(receipt).text


def test_who_asked_in_the_report_has_no_button(elsa: Reporter) -> None:
    draft = elsa.write()
    elsa.answer(draft, "sedan", feedback_requested="yes")
    receipt = elsa.send(draft).headers["Location"]

    assert BUTTON not in elsa.get(receipt).text + elsa.get("/anmal/mina").text


def test_who_did_not_say_where_she_works_is_offered_the_phone_instead(elsa: Reporter) -> None:
    receipt = sent(elsa)
    other = sent(elsa, reporter_category="")
    form = elsa.fields(receipt, f"{receipt}/aterkoppling")

    assert BUTTON not in elsa.get(other).text
    assert "Du har inte bett om återkoppling." in elsa.get(other).text
    assert elsa.post(f"{other}/aterkoppling", form).status_code == 404


def test_nobody_else_and_nobody_at_another_workplace_asks(elsa: Reporter, house: House) -> None:
    receipt = sent(elsa)
    action = f"{receipt}/aterkoppling"
    form = elsa.fields(receipt, action)
    for other in (CIA, replace(ELSA, organisation=OrganisationId("exempelvarden"))):
        browser = Reporter(house, other)
        token = browser.fields("/anmal", "/anmal/utkast")["csrf_token"]
        assert browser.post(action, {**form, "csrf_token": token}).status_code == 404
        assert BUTTON not in browser.get("/anmal/mina").text

    assert BUTTON in elsa.get(receipt).text


@pytest.mark.parametrize("id", ["x", "0" * 32, "A" * 32])
def test_a_report_that_is_not_there_is_not_found(elsa: Reporter, id: str) -> None:
    receipt = sent(elsa)
    form = elsa.fields(receipt, f"{receipt}/aterkoppling")

    assert elsa.post(f"/anmal/kvitto/{id}/aterkoppling", form).status_code == 404
