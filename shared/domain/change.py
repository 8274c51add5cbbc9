"""A change: everything one decision means, written together or not at all.

A change without an audit action, an actor and a process event can not be built.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TypeAlias

from shared.domain.appeal_items import Appeal, AppealDismissal, AppealRuling
from shared.domain.applications import Application
from shared.domain.assessments import ProtectionAssessment
from shared.domain.assistance_decisions import AssistanceDecision
from shared.domain.attachments import Attachment
from shared.domain.booking.invitations import Invitation
from shared.domain.cases import Case
from shared.domain.deadlines import Deadline
from shared.domain.decisions import PreliminaryDecision
from shared.domain.investigation_decisions import InvestigationDecision
from shared.domain.letters import Letter
from shared.domain.notes import Contacts, Note
from shared.domain.notices import Notice
from shared.domain.objection_items import Objection
from shared.domain.persons import Akt, Person
from shared.domain.principals import Principal
from shared.domain.reports import Report
from shared.domain.reviews import Review
from shared.domain.supplements import Supplement, Supply
from shared.domain.withdrawals import Withdrawal

Item: TypeAlias = (
    Person
    | Akt
    | Report
    | Application
    | Appeal
    | AppealRuling
    | AppealDismissal
    | ProtectionAssessment
    | PreliminaryDecision
    | AssistanceDecision
    | InvestigationDecision
    | Letter
    | Invitation
    | Deadline
    | Notice
    | Attachment
    | Note
    | Contacts
    | Review
    | Objection
    | Supplement
    | Supply
    | Withdrawal
)


class Action(StrEnum):
    """What was done: `subject:act`, stable for ever; turned into words only on display."""

    REPORT_RECEIVED = "report:received"
    APPLICATION_RECEIVED = "application:received"
    APPLICATION_REVIEWED = "application:reviewed"
    APPLICATION_GRANTED = "application:granted"
    APPLICATION_PARTLY_GRANTED = "application:partly_granted"
    APPLICATION_REFUSED = "application:refused"
    APPLICATION_DISMISSED = "application:dismissed"
    APPLICATION_WITHDRAWN = "application:withdrawn"
    SUPPLEMENT_REQUESTED = "supplement:requested"
    SUPPLEMENT_SENT = "supplement:sent"
    SUPPLEMENT_ACCEPTED = "supplement:accepted"
    SUPPLEMENT_RENEWED = "supplement:renewed"
    SUPPLEMENT_CLOSED = "supplement:closed"
    SUPPLEMENT_READ = "supplement:read"
    APPEAL_RECEIVED = "appeal:received"
    APPEAL_ADDED_TO = "appeal:added_to"
    APPEAL_ADDED_AFTER = "appeal:added_after"
    APPEAL_WITHDRAWN = "appeal:withdrawn"
    APPEAL_IN_TIME = "appeal:in_time"
    APPEAL_DISMISSED = "appeal:dismissed"
    APPEAL_DISMISSAL_LIFTED = "appeal:dismissal_lifted"
    APPEAL_DECISION_KEPT = "appeal:decision_kept"
    APPEAL_DECISION_CHANGED = "appeal:decision_changed"
    APPEAL_HANDED_OVER = "appeal:handed_over"
    CASE_TAKEN = "case:taken"
    CASE_ASSIGNED = "case:assigned"
    CASE_GIVEN_BACK = "case:given_back"
    PROTECTION_ASSESSED = "protection:assessed"
    INVESTIGATION_OPENED = "preliminary:opened"
    INVESTIGATION_NOT_OPENED = "preliminary:not_opened"
    REPORT_ATTACHED = "preliminary:attached"
    INVESTIGATION_EXTENDED = "investigation:extended"
    INVESTIGATION_ENDED = "investigation:ended"
    INVESTIGATION_ENDED_WITH_MEASURE = "investigation:ended_with_measure"
    FOLLOW_UP_STARTED = "follow_up:started"
    FOLLOW_UP_ENDED = "follow_up:ended"
    FEEDBACK_REQUESTED = "feedback:requested"
    FEEDBACK_RELEASED = "feedback:released"
    DECISION_SENT = "decision:sent"
    LETTER_SENT = "letter:sent"
    LETTER_READ = "letter:read"
    LETTER_POSTED = "letter:posted"
    MEETING_INVITED = "meeting:invited"
    MEETING_BOOKED_FOR = "meeting:booked_for"
    MEETING_INVITED_ANEW = "meeting:invited_anew"
    MEETING_WITHDRAWN = "meeting:withdrawn"
    MEETING_CONFIRMED = "meeting:confirmed"
    MEETING_MOVED = "meeting:moved"
    MEETING_CANCELLED = "meeting:cancelled"
    FILE_STOPPED = "file:stopped"
    NOTE_SIGNED = "note:signed"
    NOTE_ADDED_TO = "note:added_to"
    NOTE_REVIEWED = "note:reviewed"
    NOTE_OBJECTED_TO = "note:objected_to"
    FILE_ADDED_TO = "file:added_to"
    OBJECTION_ANSWERED = "objection:answered"
    OBJECTION_HEARD = "objection:heard"


@dataclass(frozen=True, slots=True)
class Change:
    """One decision by `by` at `at`: the cases and items as they are afterwards (rev 0 is new, else as read).

    Every case in `cases` gets one entry in its audit chain; one process event without any person
    {kind, step, instant, unit, channel} goes into the same batch.
    """

    action: Action
    by: Principal
    at: datetime
    cases: tuple[Case, ...]
    items: tuple[Item, ...] = ()
    detail: str = ""
    """One more code for the audit entry, for example the staff id a case was given to; never a name or words."""

    def __post_init__(self) -> None:
        if not self.cases:
            raise ValueError("a change concerns at least one case")

    @property
    def answered(self) -> tuple[Objection, ...]:
        """What a person has said of the own file and this change answers."""
        if self.action is not Action.OBJECTION_ANSWERED:
            return ()
        return tuple(one for one in self.items if isinstance(one, Objection))

    @property
    def case(self) -> Case:
        """The case the decision was made in."""
        return self.cases[0]
