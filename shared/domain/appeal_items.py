"""Appeals as they came in, what the board did about each, and the decision that dismisses one that came too late."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from shared.domain.appeals import TOO_LATE
from shared.domain.decisions import Decision, DecisionKind
from shared.domain.ids import CaseId, FileId, ItemId, KeyId, PersonIndex, StaffId


@dataclass(frozen=True, slots=True)
class Appeal:
    """One appeal as it was sent, or one addition to it. `snapshot` and `contact` are written once and lie sealed.

    `received_at` is when it came in (FL 22 §), `decision` what is appealed. `adds_to` is the appeal that this adds to,
    or takes back when it `withdraws`.
    """

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    decision: ItemId
    appellant: PersonIndex
    received_at: datetime
    form: str
    snapshot: Mapping[str, Any] = field(default_factory=dict)
    contact: Mapping[str, Any] = field(default_factory=dict)
    files: tuple[FileId, ...] = ()
    adds_to: ItemId | None = None
    stopped_files: int = 0
    withdraws: bool = False


class RulingKind(StrEnum):
    """What the board did about an appeal."""

    IN_TIME = "in_time"
    DISMISSED = "dismissed"
    LIFTED = "lifted"
    """It was wrong to dismiss it (FL 37-38 §§)."""
    KEPT = "kept"
    CHANGED = "changed"
    HANDED_OVER = "handed_over"


class Sent(StrEnum):
    """How an appeal went to the court."""

    POST = "post"
    SECURE = "secure"
    """Säker digital kommunikation, or the court's own e-service."""
    BY_HAND = "by_hand"


@dataclass(frozen=True, slots=True)
class AppealRuling:
    """One thing that staff decided or did about an appeal; never changed afterwards.

    `reasons` lie sealed. `told_on` is the day that the party is taken to have been told, `last_day` the last day of the
    three weeks as counted from it; `on` is the day of the hand-over and `how` its way.
    """

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    appeal: ItemId
    kind: RulingKind
    by: StaffId
    title: str
    at: datetime
    reasons: str = ""
    told_on: date | None = None
    last_day: date | None = None
    on: date | None = None
    how: Sent | None = None


@dataclass(frozen=True, slots=True)
class AppealDismissal:
    """The decision by which an appeal is dismissed because it came too late (FL 45 §); it can be appealed itself."""

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    by: StaffId
    title: str
    decided_at: datetime
    motivation: str
    named: bool = True

    @property
    def decided(self) -> Decision:
        """What it shares with every other decision."""
        return Decision(
            self.id,
            self.case,
            self.key,
            DecisionKind.APPEAL_DISMISSED,
            TOO_LATE,
            self.motivation,
            self.by,
            self.title,
            self.decided_at,
            self.named,
        )
