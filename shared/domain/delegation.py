"""Who may decide what on the board's behalf: dated data, and what stands in no row nobody may decide.

A board decides by delegation to its staff (KL 6:37-39, 7:5-8), within what only the board or its committee may decide
(SoL 30:6-30:8). The board's own delegation order wins over this table; where they differ, the table is changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from shared.domain.change import Action
from shared.domain.decisions import DecisionKind
from shared.domain.principals import Principal, Role


class Confidence(StrEnum):
    """How well a row is known."""

    READ = "read"
    """In the statute or an official text."""
    KNOWN = "known"
    """Common practice; the board's own order has the last word."""


@dataclass(frozen=True, slots=True)
class Delegation:
    """From `valid_from` on, who holds one of `roles` may decide `kind`; `source` says where that is written."""

    kind: DecisionKind
    roles: frozenset[Role]
    valid_from: date
    source: str
    confidence: Confidence


_NEW_LAW: Final = date(2025, 7, 1)
_INTAKE: Final = frozenset({Role.INTAKE_CASEWORKER, Role.TEAM_LEAD, Role.DUTY})
_NOT_RESERVED: Final = "not reserved by SoL 30:6-30:8; delegated to the socionom or the lead (SoL 20:2, 25:1)"
_APPLICATIONS: Final = frozenset({Role.INTAKE_CASEWORKER, Role.TEAM_LEAD})
_ORDINARY: Final = "ordinary assistance is not reserved by SoL 30:6-30:8; the duty decides none until the board says so"

_INVESTIGATING: Final = frozenset({Role.INTAKE_CASEWORKER, Role.TEAM_LEAD})
_IN_INVESTIGATIONS: Final = (
    "not reserved by SoL 30:6-30:8; takes a socionom (SoL 25:1). Many boards let a lead alone give more time: compare"
)

DELEGATIONS: Final = (
    Delegation(DecisionKind.INVESTIGATION_OPENED, _INTAKE, _NEW_LAW, _NOT_RESERVED, Confidence.KNOWN),
    Delegation(DecisionKind.INVESTIGATION_NOT_OPENED, _INTAKE, _NEW_LAW, _NOT_RESERVED, Confidence.KNOWN),
    Delegation(DecisionKind.REPORT_ATTACHED, _INTAKE, _NEW_LAW, _NOT_RESERVED, Confidence.KNOWN),
    *(
        Delegation(kind, _INVESTIGATING, _NEW_LAW, _IN_INVESTIGATIONS, Confidence.KNOWN)
        for kind in (
            DecisionKind.INVESTIGATION_EXTENDED,
            DecisionKind.INVESTIGATION_ENDED,
            DecisionKind.INVESTIGATION_ENDED_WITH_MEASURE,
            DecisionKind.FOLLOW_UP_STARTED,
            DecisionKind.FOLLOW_UP_ENDED,
        )
    ),
    *(
        Delegation(kind, _APPLICATIONS, _NEW_LAW, _ORDINARY, Confidence.KNOWN)
        for kind in (
            DecisionKind.FINANCIAL_ASSISTANCE_GRANTED,
            DecisionKind.FINANCIAL_ASSISTANCE_PARTLY_GRANTED,
            DecisionKind.FINANCIAL_ASSISTANCE_REFUSED,
            DecisionKind.FINANCIAL_ASSISTANCE_DISMISSED,
            DecisionKind.APPEAL_DISMISSED,
        )
    ),
)

DECIDED: Final[Mapping[Action, DecisionKind]] = {
    Action.INVESTIGATION_OPENED: DecisionKind.INVESTIGATION_OPENED,
    Action.INVESTIGATION_NOT_OPENED: DecisionKind.INVESTIGATION_NOT_OPENED,
    Action.REPORT_ATTACHED: DecisionKind.REPORT_ATTACHED,
    Action.INVESTIGATION_EXTENDED: DecisionKind.INVESTIGATION_EXTENDED,
    Action.INVESTIGATION_ENDED: DecisionKind.INVESTIGATION_ENDED,
    Action.INVESTIGATION_ENDED_WITH_MEASURE: DecisionKind.INVESTIGATION_ENDED_WITH_MEASURE,
    Action.FOLLOW_UP_STARTED: DecisionKind.FOLLOW_UP_STARTED,
    Action.FOLLOW_UP_ENDED: DecisionKind.FOLLOW_UP_ENDED,
    Action.APPLICATION_GRANTED: DecisionKind.FINANCIAL_ASSISTANCE_GRANTED,
    Action.APPLICATION_PARTLY_GRANTED: DecisionKind.FINANCIAL_ASSISTANCE_PARTLY_GRANTED,
    Action.APPLICATION_REFUSED: DecisionKind.FINANCIAL_ASSISTANCE_REFUSED,
    Action.APPLICATION_DISMISSED: DecisionKind.FINANCIAL_ASSISTANCE_DISMISSED,
    Action.APPEAL_DISMISSED: DecisionKind.APPEAL_DISMISSED,
    Action.APPEAL_DISMISSAL_LIFTED: DecisionKind.APPEAL_DISMISSED,
    Action.APPEAL_DECISION_CHANGED: DecisionKind.FINANCIAL_ASSISTANCE_GRANTED,
}
"""The acts that are decisions on the board's behalf: their rows take `Takes.DELEGATION`."""


def may_decide(by: Principal, kind: DecisionKind, on: date) -> bool:
    """Whether the principal's role has been given this decision on that Swedish date; unknown is no."""
    in_force = [one for one in DELEGATIONS if one.kind is kind and one.valid_from <= on]
    if not in_force:
        return False
    return bool(by.roles & max(in_force, key=lambda one: one.valid_from).roles)
