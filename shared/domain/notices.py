"""A notice to staff that something waits for them: it names a case by id and no person at all."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.cases import CaseKind
from shared.domain.ids import CaseId, NoticeId, StaffId, UnitId
from shared.domain.principals import Role


class NoticeKind(StrEnum):
    """Why the notice was written; words are chosen on display."""

    ACUTE_REPORT = "acute_report"
    URGENT_APPLICATION = "urgent_application"
    """Somebody who has applied may be without food, a home or medicine."""
    APPEAL_RECEIVED = "appeal_received"
    """A decision has been appealed."""
    APPEAL_ADDED_TO = "appeal_added_to"
    """Its party has added something to an appeal."""
    APPEAL_WITHDRAWN = "appeal_withdrawn"
    """An appeal has been taken back by its party."""
    DEADLINE = "deadline"
    PAGE_FAILED = "page_failed"
    """The duty was paged and the page did not arrive."""
    CASE_ASSIGNED = "case_assigned"
    """The lead has given somebody the case."""
    REPORT_ATTACHED = "report_attached"
    """One more report belongs to an investigation that goes on."""
    CASE_GIVEN_BACK = "case_given_back"
    """The caseworker may not have the case any more, so nobody has it."""
    FEEDBACK_REQUESTED = "feedback_requested"
    """The reporter asks after the decision: the answer is due at once."""
    NOTE_OBJECTED_TO = "note_objected_to"
    """The person whose file it is says that a note is wrong."""
    FILE_ADDED_TO = "file_added_to"
    """The person whose file it is has added something to it."""
    SUPPLEMENT_SENT = "supplement_sent"
    """The applicant has sent something of what was asked for."""
    FILE_STOPPED = "file_stopped"
    """A file that waited for the scanner turned out to be infected."""


@dataclass(frozen=True, slots=True)
class Notice:
    """To one person (`staff`) or to everybody in the unit who holds `role`."""

    id: NoticeId
    rev: int
    unit: UnitId
    at: datetime
    kind: NoticeKind
    case: CaseId
    staff: StaffId | None = None
    role: Role | None = None
    deadline: str = ""
    """The deadline's name, for a notice of kind DEADLINE."""
    due: datetime | None = None
    warning: str = ""
    """Which warning this is, for example `T-3` or `overdue`."""
    acute: bool = False
    read_at: datetime | None = None
    of: CaseKind | None = None
    """The kind of the case, where it was noted."""
