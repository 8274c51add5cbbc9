"""How long what is kept: classes with their paragraph. The erasing itself is not decided here."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from shared.domain.cases import Case, CaseKind
from shared.domain.deadline_law import Confidence


class Retention(StrEnum):
    """Retention classes (SoL 16:1-16:5 and the board's own decisions)."""

    FIVE_YEARS_NOT_OPENED = "FIVE_YEARS_NOT_OPENED"
    """A report that did not lead to an investigation: five years (SoL 16:1, 16:2 a)."""

    FIVE_YEARS = "FIVE_YEARS"
    """Support and money for an adult or a family: five years after the last note (SoL 16:1)."""

    CHILD_30 = "CHILD_30"
    """A child-protection investigation: not before the child has turned 30 (SoL 16:2 a, SFS 2025:1501)."""

    DRAFTS = "DRAFTS"
    """What has not been sent: the board's own decision, proposed at 30 days (7 for a professional's report)."""

    SESSIONS = "SESSIONS"
    """Login sessions: hours."""

    DIRECTORY = "DIRECTORY"
    """Staff, units and organisations of reporters: as long as the files that name them; the board's own decision."""

    MEETINGS = "MEETINGS"
    """A booked meeting and what the person wished for it: `PROPOSED` until the board decides."""

    SAFE_CHANNELS = "SAFE_CHANNELS"
    """Where a resident wants to be told of messages: until the resident takes it away."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a board may decide for one class: whole years after the last thing that happened.

    Nothing is erased by it. Until the board has decided, everything of the class is kept: what is erased too early
    cannot be brought back, and erasing takes a decision (arkivlagen 1990:782, 10 §).
    """

    retention: Retention
    years: int
    source: str
    confidence: Confidence
    valid_from: date


PROPOSED: Final = (
    Proposal(Retention.MEETINGS, 5, "SoL 16:1; arkivlagen (1990:782) 10 §", Confidence.UNCERTAIN, date(2025, 7, 1)),
)
"""Uncertain: whether a talk without a case belongs to a personakt, and so under SoL 16:1, is not settled."""


def proposed(retention: Retention, today: date) -> Proposal | None:
    """The proposal for the class that holds on the day: the latest that has begun, or None for none."""
    begun = [one for one in PROPOSED if one.retention is retention and one.valid_from <= today]
    return max(begun, key=lambda one: one.valid_from, default=None)


_BY_KIND: Final[Mapping[CaseKind, Retention]] = {
    CaseKind.OROSANMALAN: Retention.FIVE_YEARS_NOT_OPENED,
    CaseKind.UTREDNING: Retention.CHILD_30,
}


def kept_as(case: Case) -> Retention:
    """How long what comes to the case is kept: as the case itself, a report with its investigation."""
    if case.continues_in is not None:
        return Retention.CHILD_30
    return _BY_KIND.get(case.kind, Retention.FIVE_YEARS)
