"""The preliminary assessment of a report and the decision to open an investigation or not (SoL 20:2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.assessments import Answer
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId


class Outcome(StrEnum):
    """What may be decided about a report."""

    OPEN = "inleda"
    NOT_OPEN = "inte_inleda"
    ONGOING = "pagar_redan"


LAGRUM = "20 kap. 2 § socialtjänstlagen (2025:400)"
"""The paragraph every decision of this kind names."""


@dataclass(frozen=True, slots=True)
class PreliminaryForm:
    """What the caseworker states before and with the decision. Free texts are as written."""

    outcome: Outcome | None
    motivation: str
    child_heard: Answer | None = None
    child_view: str = ""
    reason_not_heard: str = ""
    guardians_view: str = ""
    contacts: str = ""
    needs_and_risks: str = ""
    best_interests: str = ""
    violence_reason: str = ""
    """The lead's written reason for not opening in spite of suspected violence."""
    investigation: str = ""
    """The ongoing investigation's case id, for `pagar_redan`."""

    def missing(self) -> tuple[str, ...]:
        """Names of the fields that must be filled before the decision counts."""
        lacking = [
            name
            for name, there in (
                ("outcome", self.outcome),
                ("child_heard", self.child_heard),
                ("best_interests", self.best_interests.strip()),
                ("motivation", self.motivation.strip()),
            )
            if not there
        ]
        if self.child_heard is Answer.YES and not self.child_view.strip():
            lacking.append("child_view")
        if self.child_heard is Answer.NO and not self.reason_not_heard.strip():
            lacking.append("reason_not_heard")
        if self.outcome is Outcome.ONGOING and not self.investigation:
            lacking.append("investigation")
        return tuple(lacking)


@dataclass(frozen=True, slots=True)
class PreliminaryDecision:
    """One decision; never changed afterwards (a change is a new decision)."""

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    by: StaffId
    title: str
    decided_at: datetime
    lagrum: str
    form: PreliminaryForm
