"""A concern report (SoL 19:1) as it was filed, and the feedback its reporter may be given (SoL 19:6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
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


class AskedHow(StrEnum):
    """How a reporter asked for feedback after the report was sent."""

    LOGGED_IN = "logged_in"
    """With the button on the own report."""
    PHONE = "phone"
    MEETING = "meeting"
    WRITTEN = "written"


@dataclass(frozen=True, slots=True)
class FeedbackRequest:
    """A request that came after the report (SoL 19:6): the local day it was made, how, and who of the staff noted it.

    Who asks logged in notes it with that: `noted_by` is None.
    """

    on: date
    how: AskedHow
    noted_by: StaffId | None = None


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
    mandated: bool = False
    """Whether it came from one of the professions that may have feedback (SoL 19:1-19:3)."""
    request: FeedbackRequest | None = None
    """The request for feedback, when it came after the report."""
