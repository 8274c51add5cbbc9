"""An objection: what a person says of a released note, and what they were answered."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.ids import CaseId, DeadlineId, ItemId, KeyId, StaffId, UnitId


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer, in words for the person."""

    by: StaffId
    title: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Objection:
    """One objection. `due` is the first instant at which its answer is too late."""

    id: ItemId
    rev: int
    note: ItemId
    case: CaseId
    unit: UnitId
    key: KeyId
    at: datetime
    text: str
    deadline: DeadlineId
    due: datetime
    answer: Answered | None = None
