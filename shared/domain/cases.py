"""A case: one matter of the board about the person whose akt it belongs to."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from shared.domain.ids import AktId, CaseId, DeadlineId, FileId, ItemId, KeyId, PersonIndex, StaffId, UnitId


class CaseKind(StrEnum):
    OROSANMALAN = "orosanmalan"
    """A report of concern for a child (SoL 19:1, 19:4)."""
    UTREDNING = "utredning"
    """An investigation opened after a report (SoL 20:3)."""
    EKONOMISKT_BISTAND = "ekonomiskt_bistand"
    """An application for money to live on (SoL 12:1-12:2)."""


class Step(StrEnum):
    """What the case waits for next."""

    SKYDDSBEDOMNING = "skyddsbedomning"
    FORHANDSBEDOMNING = "forhandsbedomning"
    ATERKOPPLING = "aterkoppling"
    UTREDNING = "utredning"
    UPPFOLJNING = "uppfoljning"
    """The investigation has ended, and the child's situation is followed up (SoL 23:1-23:5)."""
    FORSTA_GENOMGANG = "forsta_genomgang"
    """Somebody reads the application and sees what can not wait."""
    HANDLAGGNING = "handlaggning"
    RATTIDSPROVNING = "rattidsprovning"
    """The decision is appealed; the board sees whether in time (FL 45 §)."""
    OMPROVNING = "omprovning"
    """The board sees once more whether its own decision is right (FL 37-39 §§)."""
    OVERLAMNANDE = "overlamnande"
    """The appeal goes to the court with what belongs to it (FL 46 §)."""
    AVSLUTAT = "avslutat"


class ClockState(StrEnum):
    RUNNING = "running"
    MET = "met"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class CaseClock:
    """The case's own copy of one deadline, so that a page needs no further read."""

    deadline: DeadlineId
    due: datetime
    state: ClockState = ClockState.RUNNING
    ended_at: datetime | None = None

    def met(self, at: datetime) -> "CaseClock":
        """The clock stopped because the thing was done."""
        return CaseClock(self.deadline, self.due, ClockState.MET, at)

    def cancelled(self, at: datetime) -> "CaseClock":
        """The clock stopped because the thing need not be done any more."""
        return CaseClock(self.deadline, self.due, ClockState.CANCELLED, at)


class AgeBand(StrEnum):
    """Ages as lists show them."""

    UNBORN = "unborn"
    A0_3 = "0-3"
    A4_6 = "4-6"
    A7_9 = "7-9"
    A10_12 = "10-12"
    A13_15 = "13-15"
    A16_17 = "16-17"
    A18_20 = "18-20"
    ADULT = "adult"
    UNKNOWN = "unknown"


_BANDS = (
    (3, AgeBand.A0_3), (6, AgeBand.A4_6), (9, AgeBand.A7_9), (12, AgeBand.A10_12),
    (15, AgeBand.A13_15), (17, AgeBand.A16_17), (20, AgeBand.A18_20),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CasePerson:
    """Whom a case is about: the child as reported, or who applies. Any part may be unknown.

    `number` is 12 digits or empty, `described` free words.
    """

    name: str = ""
    number: str = ""
    born: str = ""
    """Date of birth (ISO), or the age in whole years as the reporter guessed it, when no number is known."""
    described: str = ""
    unborn: bool = False


class AppealState(StrEnum):
    """How far an appeal has come."""

    RECEIVED = "received"
    IN_TIME = "in_time"
    KEPT = "kept"
    """The board keeps its decision."""
    CHANGED = "changed"
    """The board has changed its decision itself (FL 38 §)."""
    HANDED_OVER = "handed_over"
    ADDED = "added"
    """It is with the court, and what the party has added since waits to be sent on."""
    DISMISSED = "dismissed"
    """It came too late (FL 45 §)."""
    WITHDRAWN = "withdrawn"
    """The party has taken it back, before it went to the court."""


@dataclass(frozen=True, slots=True)
class CaseAppeal:
    """The appeal of a case's decision, as lists and the own matters tell it."""

    id: ItemId
    decision: ItemId
    """What is appealed; the case's own decision is another one when the board has changed it."""
    received: date
    """The Swedish date on which it came in."""
    state: AppealState
    on: date | None = None
    """The Swedish date on which it went to the court."""
    new: ItemId | None = None
    """The decision that came of it: the changed one, or the one that dismisses it."""
    added: date | None = None
    """The Swedish date on which something was last added to it; `received` stays as it is."""

    @property
    def again(self) -> ItemId | None:
        """What can be appealed anew: what dismissed it (FL 45 §), or what stands when it was taken back; or None."""
        if self.state is AppealState.WITHDRAWN:
            return self.new or self.decision
        return self.new if self.state is AppealState.DISMISSED else None

    def covers(self, decision: ItemId) -> bool:
        """Whether it is about this decision, or about what the board changed it to (FL 46 §)."""
        return self.again is None and decision in {self.decision, self.new}


@dataclass(frozen=True, slots=True)
class CaseWithdrawal:
    """That the application was taken back: what staff wrote down, the letter that confirms it, and the Swedish date."""

    id: ItemId
    letter: ItemId
    on: date


@dataclass(frozen=True, slots=True)
class Case:
    """One case. `rev` is the revision it was read at (0: new). `due` is the nearest running clock."""

    id: CaseId
    rev: int
    kind: CaseKind
    unit: UnitId
    akt: AktId
    key: KeyId
    step: Step
    opened_at: datetime
    age_band: AgeBand
    source: str
    """How it came in: the reporter's category code, `decision`, or `application`."""
    person: CasePerson
    clocks: Mapping[str, CaseClock] = field(default_factory=dict)
    assignee: StaffId | None = None
    open: bool = True
    report: ItemId | None = None
    application: ItemId | None = None
    applicant: PersonIndex | None = None
    """Who applied, and so follows it among the own matters; nobody follows a report of concern there."""
    assessment: ItemId | None = None
    decision: ItemId | None = None
    appeal: CaseAppeal | None = None
    withdrawn: CaseWithdrawal | None = None
    """Where the application was taken back: the case has ended without a decision."""
    continues_in: CaseId | None = None
    """The investigation that took this report over."""
    violence: bool = False
    """Whether violence is suspected: not opening then needs the lead."""
    feedback_requested: bool = False
    attachments: tuple[FileId, ...] = ()
    """What it came in with; what the person has sent later belongs to what they said then."""
    unheard: int = 0
    """How much the person has said of the own file that staff have neither read nor answered."""
    supplement: ItemId | None = None
    """What its applicant is asked for, while that is open."""
    awaits: bool = False
    """Whether something is missing that only the applicant can send."""
    news: bool = False
    """Whether the applicant has sent something that its caseworker has not marked as read."""
    promised: date | None = None
    """The day by which the applicant was last told that it will be decided, since it was said to be late (FL 11 §)."""
    audit_number: int = 0
    audit_head: str = ""

    @property
    def due(self) -> datetime | None:
        """The nearest running due instant, or None when nothing runs."""
        return min((one.due for one in self.clocks.values() if one.state is ClockState.RUNNING), default=None)

    @property
    def reference(self) -> str:
        """What people say on the phone: see `reference`."""
        return reference(self.kind, self.id)


_PREFIX = {CaseKind.OROSANMALAN: "OA-", CaseKind.UTREDNING: "UT-", CaseKind.EKONOMISKT_BISTAND: "EB-"}
_LETTERS = "23456789ABCDEFGHJKMNPQRTVWXY"


def reference(kind: CaseKind, case: CaseId) -> str:
    """What people say on the phone, for example OA-4T7-X9K: display only, never a key to anything."""
    number = int.from_bytes(hashlib.sha256(case.encode()).digest()[:8], "big")
    letters = ""
    for _ in range(6):
        number, rest = divmod(number, len(_LETTERS))
        letters += _LETTERS[rest]
    return f"{_PREFIX[kind]}{letters[:3]}-{letters[3:]}"


def age_band(born: date | None, today: date) -> AgeBand:
    """The band of a person born on `born`, or UNKNOWN; a birthday counts from the day itself."""
    if born is None or born > today:
        return AgeBand.UNKNOWN
    years = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return next((band for most, band in _BANDS if years <= most), AgeBand.ADULT)


def birth_date(number: str) -> date | None:
    """Date of birth in a 12-digit personnummer or samordningsnummer (day + 60), or None."""
    if len(number) != 12 or not number.isascii() or not number.isdigit():  # noqa: PLR2004 - twelve digits
        return None
    day = int(number[6:8])
    try:
        return date(int(number[:4]), int(number[4:6]), day - 60 if day > 60 else day)  # noqa: PLR2004 - day + 60
    except ValueError:
        return None
