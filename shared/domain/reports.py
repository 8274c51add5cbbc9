"""A concern report (SoL 19:1) as it was filed, and the feedback its reporter may be given (SoL 19:6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from shared.domain.ids import CaseId, ItemId, KeyId, OrganisationId, PersonIndex, StaffId


class FeedbackOutcome(StrEnum):
    """All that the law lets the reporter know (SoL 19:6): opened, not opened, or already ongoing."""

    OPENED = "inleds"
    NOT_OPENED = "inleds_inte"
    ONGOING = "pagar_redan"


@dataclass(frozen=True, slots=True)
class Feedback:
    """What was released to the reporter, when, by whom; `withheld` when the secrecy check said no."""

    outcome: FeedbackOutcome
    released_at: datetime
    released_by: StaffId
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """One filed report. Everything in `snapshot` and `contact` is written once and lies sealed.

    `snapshot` is what was asked and answered; `contact` are the contact details as reported,
    kept apart because no register vouches for them.
    """

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    reporter: PersonIndex
    organisation: OrganisationId | None
    received_at: datetime
    feedback_requested: bool
    snapshot: Mapping[str, Any] = field(default_factory=dict)
    contact: Mapping[str, Any] = field(default_factory=dict)
    feedback: Feedback | None = None
    acute: bool = False
    stopped_files: int = 0
    """How many of its files were found infected after it was sent."""
