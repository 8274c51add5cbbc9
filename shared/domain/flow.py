"""What a flow is made of: one row per act, with where it is done, who may, what it takes and what follows.

The rows themselves are in `shared/domain/flows`, one file per kind of case; `shared/domain/transitions.py` applies
them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, TypeAlias

from shared.domain.cases import CaseKind, Step
from shared.domain.change import Action
from shared.domain.notices import NoticeKind
from shared.domain.principals import Role


class Who(StrEnum):
    """Who may do it, seen from the case as it stands."""

    REPORTER = "reporter"
    """A professional who is logged in."""
    RESIDENT = "applicant"
    """A private person who is logged in."""
    UNIT = "staff of the unit"
    """Who work with reports."""
    CASEWORKER = "caseworker"
    """The case's own caseworker."""
    DECIDER = "caseworker or lead"
    """The case's own caseworker, or a lead of the unit."""
    LEAD = "lead"
    """A lead of the unit."""
    ASKER = "the report's reporter, caseworker or lead"
    """Who filed the report, at the workplace it was filed for; or who decides in the case and was asked."""
    ITS_APPLICANT = "the case's applicant"
    """Who applied, in a private login."""
    SYSTEM = "the system"
    """Nobody: it follows from what the directory says of the case's caseworker."""
    WITH_ANOTHER = "with another case"
    """Nobody by itself: it comes with the same act in another case."""


class Takes(StrEnum):
    """What must be there, besides the right person and the right step."""

    SOCIONOM = "socionom"
    """Assessing children's cases takes a socionom (SoL 25:1), or `NotAllowed`."""
    NO_CASEWORKER = "no caseworker yet"
    """Else `AlreadyDone`."""
    A_CASEWORKER = "a caseworker"
    """Else `AlreadyDone`."""
    ANOTHER_CASEWORKER = "another colleague of the unit"
    """Who works with reports, or `NotAllowed`; who does not have the case, or `AlreadyDone`."""
    ASSESSMENT = "protection assessment"
    """Made (SoL 20:1), or `AssessmentMissing`."""
    EVERY_FIELD = "every field"
    """Of its form, or `Incomplete` with the empty ones."""
    ONGOING_INVESTIGATION = "ongoing investigation of the child"
    """Or `Incomplete`."""
    REPORTER_WITH_A_RIGHT = "reporter of SoL 19:1-19:3"
    """The report came from one of those professions, or `NotOpen`: there is no such right to ask for (SoL 19:6)."""
    NO_REQUEST = "no request for feedback yet"
    """Else `AlreadyDone`."""
    NO_SUPPLEMENT = "no open supplement"
    """Else `AlreadyDone`."""
    A_SUPPLEMENT = "an open supplement"
    """Or `NotOpen`."""
    NO_APPEAL = "nothing appealed, or taken back or dismissed"
    """Else `AlreadyDone`: what comes after it is an addition."""
    A_DECISION = "a decision"
    """Or `NotOpen`: what was taken back is not decided, and there is nothing to appeal."""
    OWN_DECISION = "appeal of the case's own decision"
    """Or `NotOpen`: what dismissed an appeal is only for the court."""
    IN_COURT = "an appeal that the court has"
    """Or `NotOpen`."""
    A_DISMISSAL = "an appeal dismissed as too late"
    """Or `NotOpen`: nothing is to be lifted, or what dismissed it is appealed itself."""
    NOT_IN_COURT = "an appeal that is still here"
    """Or `NotOpen`: who wants something of the court turns to the court."""
    DELEGATION = "delegated to the role"
    """The decision that the act is, by the dated table (`delegation`), or `NotAllowed`."""
    LEAD_IF_VIOLENCE = "lead with a reason if violence"
    """`LeadNeeded` or `Incomplete` when violence is suspected or the child needed protection (HSLF-FS 2022:39)."""


class When(StrEnum):
    """On what something depends that an act brings with it."""

    ALWAYS = "always"
    ACUTE = "acute"
    """The report says that it is urgent."""
    URGENT = "urgent"
    """The application tells of something that can not wait, by the signals of its form."""
    FEEDBACK_REQUESTED = "feedback requested"
    """The reporter asked for feedback (SoL 19:6)."""
    COMPLETE = "nothing is missing any more"
    """Of what the applicant was asked for."""
    ENDED = "the case had ended"


class Whom(StrEnum):
    """Who is told, when it is not a role: the case's caseworker, or the lead while there is none."""

    CASEWORKER = "caseworker"


Hearer: TypeAlias = Role | Whom


@dataclass(frozen=True, slots=True)
class Way:
    """Where the act leads when `when` holds: the step (None: it stays) and the deadlines that start.

    One that runs already starts anew. `meets` and `cancels` are deadlines that it ends too, those of them that run.
    """

    to: Step | None = None
    starts: tuple[str, ...] = ()
    when: When = When.ALWAYS
    meets: tuple[str, ...] = ()
    cancels: tuple[str, ...] = ()

    @property
    def ends(self) -> tuple[str, ...]:
        """The deadlines that do not run on after it as they ran, those of them that run."""
        return (*self.meets, *self.cancels, *self.starts)


@dataclass(frozen=True, slots=True)
class Told:
    """A notice that the act brings; nobody is told of what they did themselves."""

    kind: NoticeKind
    whom: tuple[Hearer, ...]
    when: When = When.ALWAYS
    acute: bool = False


BESIDE: Final = frozenset(
    {
        Action.DECISION_SENT,
        Action.LETTER_READ,
        Action.LETTER_POSTED,
        Action.MEETING_INVITED,
        Action.MEETING_BOOKED_FOR,
        Action.MEETING_INVITED_ANEW,
        Action.MEETING_WITHDRAWN,
        Action.MEETING_CONFIRMED,
        Action.MEETING_MOVED,
        Action.MEETING_CANCELLED,
        Action.FILE_STOPPED,
        Action.NOTE_SIGNED,
        Action.NOTE_ADDED_TO,
        Action.NOTE_REVIEWED,
        Action.NOTE_OBJECTED_TO,
        Action.FILE_ADDED_TO,
        Action.OBJECTION_ANSWERED,
        Action.OBJECTION_HEARD,
        Action.SUPPLEMENT_READ,
    }
)
"""What happens to a decision, a letter, a meeting, a file or a note, not to its case: no step, also when it ended."""
STAYS: Final = (Way(),)
_APPLIED: Final = "nobody has applied for anything"
NO_APPLICATION: Final[Mapping[Action, str]] = {
    Action.APPLICATION_RECEIVED: _APPLIED,
    Action.APPLICATION_REVIEWED: _APPLIED,
    Action.APPLICATION_GRANTED: _APPLIED,
    Action.APPLICATION_PARTLY_GRANTED: _APPLIED,
    Action.APPLICATION_REFUSED: _APPLIED,
    Action.APPLICATION_DISMISSED: _APPLIED,
    Action.APPLICATION_WITHDRAWN: _APPLIED,
    Action.SUPPLEMENT_REQUESTED: _APPLIED,
    Action.SUPPLEMENT_SENT: _APPLIED,
    Action.SUPPLEMENT_ACCEPTED: _APPLIED,
    Action.SUPPLEMENT_RENEWED: _APPLIED,
    Action.SUPPLEMENT_CLOSED: _APPLIED,
    Action.APPEAL_RECEIVED: _APPLIED,
    Action.APPEAL_ADDED_TO: _APPLIED,
    Action.APPEAL_ADDED_AFTER: _APPLIED,
    Action.APPEAL_WITHDRAWN: _APPLIED,
    Action.APPEAL_IN_TIME: _APPLIED,
    Action.APPEAL_DISMISSED: _APPLIED,
    Action.APPEAL_DISMISSAL_LIFTED: _APPLIED,
    Action.APPEAL_DECISION_KEPT: _APPLIED,
    Action.APPEAL_DECISION_CHANGED: _APPLIED,
    Action.APPEAL_HANDED_OVER: _APPLIED,
}
"""Why a case that came in another way has no act of an application or its appeal."""
_INVESTIGATED: Final = "only an investigation can have it"
NO_INVESTIGATION: Final[Mapping[Action, str]] = {
    Action.INVESTIGATION_EXTENDED: _INVESTIGATED,
    Action.INVESTIGATION_ENDED: _INVESTIGATED,
    Action.INVESTIGATION_ENDED_WITH_MEASURE: _INVESTIGATED,
    Action.FOLLOW_UP_STARTED: _INVESTIGATED,
    Action.FOLLOW_UP_ENDED: _INVESTIGATED,
}
"""Why a case of another kind has no act of an investigation."""
TELLS_WHO_GETS_IT: Final = (Told(NoticeKind.CASE_ASSIGNED, (Whom.CASEWORKER,)),)


@dataclass(frozen=True, slots=True)
class Row:
    """One act in one kind of case. Its name is the process event and the audit entry.

    `at` are the steps in which it is done; none: the case begins with it. `ways` are tried in order, the last holds
    always. `stops` are the deadlines that it meets, those of them that the case has: at least one runs in every step
    of `at`. `moves` are those that go on to the last day that is said with it. `also` is the kind of the other case
    that the act is done in at the same time.
    """

    act: Action
    at: tuple[Step, ...]
    who: Who
    takes: tuple[Takes, ...] = ()
    ways: tuple[Way, ...] = STAYS
    stops: tuple[str, ...] = ()
    moves: tuple[str, ...] = ()
    also: CaseKind | None = None
    tells: tuple[Told, ...] = ()


@dataclass(frozen=True, slots=True)
class Flow:
    """Every act of one kind of case; what is in no row can not be done.

    `never` are the acts that do not happen in it, `endless` the open steps that no act leaves, `again` the acts that
    take a case on although it had ended, each with its reason.
    """

    kind: CaseKind
    rows: tuple[Row, ...]
    never: Mapping[Action, str] = field(default_factory=dict)
    endless: Mapping[Step, str] = field(default_factory=dict)
    again: Mapping[Action, str] = field(default_factory=dict)

    def row(self, act: Action) -> Row | None:
        """The row of the act, or None."""
        return next((one for one in self.rows if one.act is act), None)

    @property
    def begins(self) -> Way:
        """How a case of this kind begins: its first step and the deadlines that run from its first instant."""
        return next(one for one in self.rows if not one.at).ways[-1]

    @property
    def from_the_start(self) -> frozenset[str]:
        """The deadlines that may run from a case's first instant."""
        return frozenset(name for one in self.rows if not one.at for way in one.ways for name in way.starts)

    @property
    def first(self) -> Step:
        """The step in which every case of this kind begins."""
        if self.begins.to is None:
            raise ValueError(f"{self.kind} begins nowhere")
        return self.begins.to
