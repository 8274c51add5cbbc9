"""Deciding an application: what goes together, who may, and what everybody is told (SoL 12:1-12:2, FL 20, 31-33 §§)."""

from dataclasses import replace
from datetime import date

import pytest

from shared.domain import applying, assistance
from shared.domain.allocation import take
from shared.domain.appeals import can_be_appealed
from shared.domain.assessments import Answer
from shared.domain.assistance import ACTIONS, Making
from shared.domain.assistance_decisions import (
    DISMISSAL,
    PARAGRAPHS,
    AssistanceDecision,
    AssistanceForm,
    AssistanceOutcome,
    in_kronor,
)
from shared.domain.broken_rules import AlreadyDone, Incomplete, NotAllowed, NotOpen
from shared.domain.cases import Case, ClockState, Step
from shared.domain.change import Change
from shared.domain.deadlines import Deadline
from shared.domain.ids import ItemId, PersonIndex, StaffId
from shared.domain.letters import How, Letter
from shared.domain.municipality import Municipality
from shared.domain.principals import Principal
from tests.applications import received
from tests.houses import demo_house
from tests.people import ANNA, MARIA, MONDAY, SAMIR, Ids, staff

NEW = Making(ItemId("d" * 32), ItemId("1" * 32), PersonIndex("5a" * 16))
GRANTED = AssistanceForm(
    AssistanceOutcome.GRANTED,
    "Hushållet saknar inkomster.",
    "sol_12_1",
    "Försörjningsstöd",
    amount=845_000,
    first_day="2026-12-01",
    last_day="2026-12-31",
    name_stands=Answer.YES,
)
REFUSED = replace(GRANTED, outcome=AssistanceOutcome.REFUSED, amount=None, first_day="", last_day="")
PARTLY = replace(GRANTED, outcome=AssistanceOutcome.PARTLY, refused="Glasögonen.")
DISMISSED = AssistanceForm(AssistanceOutcome.DISMISSED, "Ingen svarade.", name_stands=Answer.YES)
EVERY = (GRANTED, REFUSED, PARTLY, DISMISSED)
every_outcome = pytest.mark.parametrize("form", EVERY, ids=[str(one.outcome) for one in EVERY])


@pytest.fixture(scope="module")
def town() -> Municipality:
    return demo_house().municipality


def read() -> tuple[Case, list[Deadline]]:
    """An application that Anna has read, with the deadlines that still run."""
    came = received()
    running = [one for one in came.items if isinstance(one, Deadline)]
    case = take(came.case, by=ANNA, now=MONDAY, fresh=Ids()).case
    first = [one for one in running if one.name == "bistand_genomgang"]
    case = applying.review(case, first, by=ANNA, now=MONDAY, fresh=Ids()).case
    return case, [one for one in running if one.name != "bistand_genomgang"]


def decided(town: Municipality, form: AssistanceForm, by: Principal = ANNA) -> Change:
    case, running = read()
    who = town.staff[StaffId(str(ANNA.staff))]
    return assistance.decide(case, running, form, NEW, who=who, municipality=town, by=by, now=MONDAY, fresh=Ids())


def letter(change: Change) -> Letter:
    (one,) = [item for item in change.items if isinstance(item, Letter)]
    return one


@every_outcome
def test_every_outcome_ends_the_case_stops_its_clocks_and_sends_the_letter_at_once(
    town: Municipality, form: AssistanceForm
) -> None:
    change = decided(town, form)
    (made,) = [item for item in change.items if isinstance(item, AssistanceDecision)]
    sent = letter(change)

    assert form.outcome is not None
    assert change.action is ACTIONS[form.outcome]
    assert (change.case.step, change.case.open, change.case.decision) == (Step.AVSLUTAT, False, made.id)
    assert {one.state for one in change.case.clocks.values()} == {ClockState.MET}
    assert (sent.recipient.index, sent.how, sent.decision) == (NEW.applicant, How.INBOX, made.id)
    assert (made.by, made.lagrum, made.decided.details) == (ANNA.staff, form.lagrum, form.details)


@pytest.mark.parametrize(
    ("form", "missing"),
    [
        (replace(GRANTED, outcome=None), {"outcome", "amount"}),
        (replace(GRANTED, amount=None), {"amount"}),
        (replace(GRANTED, amount=0), {"amount"}),
        (replace(PARTLY, amount=-1), {"amount"}),
        (replace(PARTLY, refused=" "), {"refused"}),
        (replace(REFUSED, amount=1), {"amount"}),
        (replace(DISMISSED, amount=1), {"amount"}),
        (replace(GRANTED, first_day=""), {"first_day"}),
        (replace(GRANTED, last_day=""), {"last_day"}),
        (replace(GRANTED, last_day="2026-11-30"), {"last_day"}),
        (replace(REFUSED, paragraph=""), {"paragraph"}),
        (replace(REFUSED, paragraph="sol_12_5"), {"paragraph"}),
        (replace(REFUSED, what=""), {"what"}),
        (replace(DISMISSED, motivation="\n"), {"motivation"}),
        (replace(GRANTED, name_stands=Answer.NO), {"name_reason"}),
    ],
)
def test_what_does_not_go_together_is_not_decided(town: Municipality, form: AssistanceForm, missing: set[str]) -> None:
    with pytest.raises(Incomplete) as broken:
        decided(town, form)
    assert set(broken.value.fields) == missing


def test_one_day_is_a_time() -> None:
    assert replace(GRANTED, last_day=GRANTED.first_day).missing() == ()


@every_outcome
def test_it_is_decided_once(town: Municipality, form: AssistanceForm) -> None:
    after = decided(town, form).case
    for by in (ANNA, MARIA):
        with pytest.raises(AlreadyDone):
            assistance.demand_decidable(after, GRANTED, by, date(2026, 11, 2))


@pytest.mark.parametrize("by", [SAMIR, staff("ali")], ids=["a colleague", "somebody without a role"])
def test_only_its_caseworker_and_the_lead_decide(town: Municipality, by: Principal) -> None:
    assert decided(town, GRANTED, MARIA).by == MARIA
    with pytest.raises(NotAllowed):
        decided(town, GRANTED, by)


def test_what_nobody_has_read_is_not_decided() -> None:
    case = take(received().case, by=ANNA, now=MONDAY, fresh=Ids()).case
    with pytest.raises(NotOpen):
        assistance.demand_decidable(case, GRANTED, ANNA, date(2026, 11, 2))


def test_nothing_is_decided_by_roles_that_were_not_given_it_yet() -> None:
    case, _ = read()
    with pytest.raises(NotAllowed):
        assistance.demand_decidable(case, GRANTED, ANNA, date(2025, 6, 30))


@pytest.mark.parametrize(
    ("lagrum", "open_to_appeal"), [(PARAGRAPHS["sol_12_1"], True), (PARAGRAPHS["sol_12_2"], False), (DISMISSAL, True)]
)
def test_the_letter_says_of_an_appeal_what_the_original_says(
    town: Municipality, lagrum: str, *, open_to_appeal: bool
) -> None:
    form = next(one for one in (REFUSED, replace(REFUSED, paragraph="sol_12_2"), DISMISSED) if one.lagrum == lagrum)
    said = "\n".join(line for part in letter(decided(town, form)).text.parts for line in part.lines)

    assert can_be_appealed(lagrum) is open_to_appeal
    assert ("Så överklagar du" in said) is open_to_appeal
    assert ("kan inte överklagas" in said) is not open_to_appeal


def test_an_unnamed_decision_gives_the_title_and_the_phone_of_the_unit(town: Municipality) -> None:
    unnamed = replace(REFUSED, name_stands=Answer.NO, name_reason="Hot på telefon.")
    text = letter(decided(town, unnamed)).text

    assert text.sender["name"] == ""
    assert "Namnet är utelämnat" in text.sender["instead"]
    assert town.staff[StaffId(str(ANNA.staff))].name not in repr(text)
    assert "Hot på telefon" not in repr(text)


@pytest.mark.parametrize(
    ("ore", "words"), [(845_000, "8 450 kronor"), (99_900, "999 kronor"), (845_050, "8 450,50 kronor")]
)
def test_amounts_are_written_as_letters_write_them(ore: int, words: str) -> None:
    spaced = in_kronor(ore).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert spaced == words
