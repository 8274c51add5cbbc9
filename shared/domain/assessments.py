"""The immediate protection assessment of a child (SoL 20:1), documented in the child's personakt."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.ids import CaseId, ItemId, KeyId, StaffId


class Need(StrEnum):
    """Whether the child needs protection at once."""

    YES = "yes"
    NO = "no"
    WITH_CONDITIONS = "with_conditions"


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ProtectionForm:
    """What the caseworker states. Free texts are as written; tuples hold stable codes."""

    sources_checked: tuple[str, ...]
    need: Need | None
    reasons: str
    measures: tuple[str, ...] = ()
    safe_tonight: Answer | None = None
    siblings: str = ""
    guardians_may_be_contacted: Answer | None = None
    guardians_why_not: str = ""

    def missing(self) -> tuple[str, ...]:
        """Names of the fields that must be filled before the assessment counts."""
        lacking = [
            name
            for name, there in (
                ("sources_checked", self.sources_checked),
                ("need", self.need),
                ("reasons", self.reasons.strip()),
                ("safe_tonight", self.safe_tonight),
                ("guardians_may_be_contacted", self.guardians_may_be_contacted),
            )
            if not there
        ]
        if self.need in {Need.YES, Need.WITH_CONDITIONS} and not self.measures:
            lacking.append("measures")
        if self.guardians_may_be_contacted is Answer.NO and not self.guardians_why_not.strip():
            lacking.append("guardians_why_not")
        return tuple(lacking)


@dataclass(frozen=True, slots=True)
class ProtectionAssessment:
    """One assessment, made by a socionom (SoL 25:1) and never changed afterwards."""

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    by: StaffId
    received_at: datetime
    assessed_at: datetime
    form: ProtectionForm
