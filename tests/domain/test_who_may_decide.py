"""Who may decide what, and what may be appealed: what no table says is refused."""

from datetime import date

import pytest

from shared.domain.appeals import UnknownStatute, can_be_appealed
from shared.domain.decisions import LAGRUM, DecisionKind, Outcome
from shared.domain.delegation import DELEGATIONS, may_decide
from tests.people import ANNA, ELSA, MARIA, staff

TODAY = date(2026, 11, 2)


@pytest.mark.parametrize("outcome", Outcome)
def test_a_caseworker_and_a_lead_decide_on_a_report(outcome: Outcome) -> None:
    kind = DecisionKind(outcome.value)

    assert may_decide(ANNA, kind, TODAY)
    assert may_decide(MARIA, kind, TODAY)


def test_somebody_without_a_role_decides_nothing() -> None:
    for kind in DecisionKind:
        assert not may_decide(staff("ali"), kind, TODAY)
        assert not may_decide(ELSA, kind, TODAY)


def test_a_decision_that_nobody_was_given_is_refused_to_everybody() -> None:
    assert not may_decide(MARIA, DecisionKind.SUPPORT_REFUSED, TODAY)


def test_nothing_is_delegated_before_its_row_is_in_force() -> None:
    assert not may_decide(MARIA, DecisionKind.INVESTIGATION_OPENED, date(2025, 6, 30))
    assert may_decide(MARIA, DecisionKind.INVESTIGATION_OPENED, date(2025, 7, 1))


def test_every_row_says_where_it_comes_from() -> None:
    assert all(one.source and one.roles for one in DELEGATIONS)


def test_opening_an_investigation_or_not_cannot_be_appealed() -> None:
    assert not can_be_appealed(LAGRUM)


@pytest.mark.parametrize(
    ("paragraph", "appealable"),
    [
        ("11 kap. 1 §", True), ("11 kap. 4 §", False), ("12 kap. 1 §", True), ("12 kap. 2 §", False),
        ("12 kap. 7 a §", False), ("20 kap. 3 §", False), ("32 kap. 10 §", True), ("1 kap. 11 §", False),
    ],
)  # fmt: skip
def test_the_list_of_the_law_is_followed(paragraph: str, appealable: bool) -> None:
    assert can_be_appealed(f"{paragraph} socialtjänstlagen (2025:400)") is appealable


@pytest.mark.parametrize("lagrum", ["", "6 § LVU", "14 kap. 1 § socialtjänstlagen (2001:453)", LAGRUM + " och mer"])
def test_of_another_law_nobody_says_that_it_cannot_be_appealed(lagrum: str) -> None:
    with pytest.raises(UnknownStatute):
        can_be_appealed(lagrum)
