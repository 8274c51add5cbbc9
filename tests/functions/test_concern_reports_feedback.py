"""What a reporter gets to know afterwards: what the law allows and nothing more (SoL 19:6)."""

from collections.abc import Iterator

import pytest

from shared.app import House, use
from shared.domain.decisions import Outcome
from tests.cases import PROTECTION, preliminary_form
from tests.functions.reporter_browser import Reporter
from tests.houses import demo_house
from tests.people import ANNA
from tests.records.reports import Forms, case_of

WORDS = {
    Outcome.OPEN: "En utredning inleds<",
    Outcome.NOT_OPEN: "En utredning inleds inte<",
}
REASONS = "Familjen har redan det stöd som behövs."


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


@pytest.fixture
def elsa(house: House) -> Reporter:
    return Reporter(house)


def sent(elsa: Reporter) -> str:
    draft = elsa.write()
    elsa.answer(draft, "sedan", feedback_requested="yes")
    return elsa.send(draft).headers["Location"]


def decide(house: House, receipt: str, outcome: Outcome, *, withhold: bool | None) -> None:
    """The decision, and (unless `withhold` is None) the release of the feedback."""
    case, desk, forms = case_of(house, receipt.rpartition("/")[2]), house.caseworker, Forms(ANNA)
    desk.take(ANNA, case, forms.new())
    desk.assess(ANNA, case, PROTECTION, forms.new(), None)
    form = preliminary_form(outcome, motivation=REASONS)
    desk.decide(ANNA, case, form, title="socialsekreterare", submission=forms.new(), draft=None)
    if withhold is not None:
        desk.release(ANNA, case, withhold=withhold, submission=forms.new())


def pages(elsa: Reporter, receipt: str) -> str:
    return elsa.get("/anmal/mina").text + elsa.get(receipt).text


@pytest.mark.parametrize("outcome", [Outcome.OPEN, Outcome.NOT_OPEN])
def test_released_feedback_says_which_and_gives_no_reasons(elsa: Reporter, house: House, outcome: Outcome) -> None:
    receipt = sent(elsa)
    decide(house, receipt, outcome, withhold=False)

    seen = pages(elsa, receipt)

    assert {one: words in seen for one, words in WORDS.items()} == {one: one is outcome for one in WORDS}
    assert REASONS not in seen


def test_a_decision_whose_feedback_is_not_released_looks_like_no_decision(elsa: Reporter, house: House) -> None:
    receipt = sent(elsa)
    before = elsa.get("/anmal/mina").text.partition("<main")[2]
    decide(house, receipt, Outcome.OPEN, withhold=None)

    after = elsa.get("/anmal/mina").text.partition("<main")[2]

    assert "Återkoppling: inte än" in after
    assert after.partition("<form")[0] == before.partition("<form")[0]


def test_withheld_feedback_says_neither_outcome_and_whom_to_call(elsa: Reporter, house: House) -> None:
    receipt = sent(elsa)
    decide(house, receipt, Outcome.NOT_OPEN, withhold=True)

    seen = pages(elsa, receipt)

    assert "Besked lämnas inte här" in seen
    assert "031-390 06 01" in seen
    assert [words for words in WORDS.values() if words in seen] == []


def test_who_did_not_ask_for_feedback_is_not_promised_any(elsa: Reporter) -> None:
    elsa.send(elsa.write())

    assert "Du har inte bett om återkoppling." in elsa.get("/anmal/mina").text
