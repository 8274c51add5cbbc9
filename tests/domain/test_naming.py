"""Who is named in what is sent, when the name of whoever decided is left out (FL 33 §)."""

from dataclasses import replace

import pytest

from shared.domain import naming
from shared.domain.assessments import Answer
from shared.domain.broken_rules import Incomplete
from shared.domain.decisions import Decision, DecisionKind, Outcome, PreliminaryDecision
from shared.domain.ids import StaffId
from shared.domain.letters import LetterKind
from shared.domain.naming import Naming
from shared.domain.unbroken import unbroken
from tests.cases import decided, preliminary_form, received
from tests.domain.test_originals import DECIDED, TOWN, words

ANNA, SAMIR = StaffId("anna.exempel"), StaffId("samir.exempel")
NAMED = replace(DECIDED, kind=DecisionKind.INVESTIGATION_OPENED)
OPENED = replace(NAMED, named=False)
ATTACHED = replace(OPENED, kind=DecisionKind.REPORT_ATTACHED)


@pytest.mark.parametrize("by", [ANNA, SAMIR])
@pytest.mark.parametrize(
    ("kind", "decision"),
    [
        (LetterKind.DECISION, OPENED),
        (LetterKind.DECISION, ATTACHED),
        (LetterKind.DECISION, replace(DECIDED, named=False)),
        (LetterKind.INVESTIGATION_OPENED, OPENED),
    ],
)
def test_a_letter_that_tells_of_such_a_decision_names_nobody_whoever_sends_it(
    kind: LetterKind, decision: Decision, by: StaffId
) -> None:
    assert naming.in_letter(kind, [decision], by) is Naming.LEFT_OUT


@pytest.mark.parametrize("kind", LetterKind)
def test_where_every_decision_names_its_maker_every_letter_names_its_sender(kind: LetterKind) -> None:
    assert naming.in_letter(kind, [], ANNA) is Naming.NAMED
    assert naming.in_letter(kind, [NAMED], ANNA) is Naming.NAMED


@pytest.mark.parametrize("kind", [LetterKind.COMMUNICATION, LetterKind.DELAY_NOTICE])
def test_in_other_letters_the_same_person_is_not_named_and_a_colleague_is(kind: LetterKind) -> None:
    assert naming.in_letter(kind, [NAMED, ATTACHED], ANNA) is Naming.UNSIGNED
    assert naming.in_letter(kind, [NAMED, ATTACHED], SAMIR) is Naming.NAMED


def test_a_report_that_was_attached_later_says_nothing_of_the_decision_that_opened_the_investigation() -> None:
    assert naming.in_letter(LetterKind.INVESTIGATION_OPENED, [NAMED, ATTACHED], SAMIR) is Naming.NAMED


@pytest.mark.parametrize("kind", LetterKind)
def test_a_decision_that_cannot_be_read_names_nobody(kind: LetterKind) -> None:
    assert naming.in_letter(kind, [NAMED, None], SAMIR) is Naming.UNSIGNED


def test_the_original_says_title_and_unit_why_and_how_to_reach_the_unit() -> None:
    said = words(replace(DECIDED, named=False))

    assert "Anna" not in str(said)
    assert "anna.exempel" not in str(said)
    left_out = "Namnet är utelämnat (33\N{NO-BREAK SPACE}§ förvaltningslagen (2017:900))."
    assert said["by"] == [f"Socialsekreterare på {TOWN.intake.name}", left_out]
    assert said["reach"] == unbroken("031-390 06 01")
    assert words()["reach"] == ""


@pytest.mark.parametrize("reason", ["", " \n"])
def test_a_name_is_not_left_out_without_a_written_reason(reason: str) -> None:
    with pytest.raises(Incomplete, match="name_reason"):
        decided(received(), preliminary_form(name_stands=Answer.NO, name_reason=reason))


@pytest.mark.parametrize("outcome", [Outcome.OPEN, Outcome.NOT_OPEN])
def test_the_case_the_audit_and_the_decision_keep_who_decided(outcome: Outcome) -> None:
    change = decided(received(), preliminary_form(outcome, name_stands=Answer.NO, name_reason="Hot på telefon."))

    assert change.by.staff == ANNA
    (made,) = [one for one in change.items if isinstance(one, PreliminaryDecision)]
    assert (made.by, made.form.named, made.form.name_reason) == (ANNA, False, "Hot på telefon.")
    assert made.decision is not None
    assert not made.decision.named


@pytest.mark.parametrize("stands", [None, Answer.YES])
def test_what_was_decided_before_it_was_asked_is_named(stands: Answer | None) -> None:
    assert preliminary_form(name_stands=stands).named
