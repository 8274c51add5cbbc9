"""An application that is taken back: who said so, how, how staff know who it was, and what the person was told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from shared.domain.assessments import Answer
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId


class Caller(StrEnum):
    """Who takes it back."""

    APPLICANT = "applicant"
    REPRESENTATIVE = "representative"
    """An ombud, god man or förvaltare (FL 14 §): who and by what right is written."""


class SaidHow(StrEnum):
    PHONE = "phone"
    MEETING = "meeting"
    WRITTEN = "written"


class KnownBy(StrEnum):
    """How staff know who it was."""

    CALLED_BACK = "called_back"
    """By calling back on a number that was known before."""
    QUESTIONS = "questions"
    """By questions that only the person can answer."""
    SHOWN = "shown"
    """By an identity document that was shown."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class WithdrawalForm:
    """What staff write down (FL 27 §): nothing is taken back without it. `said_on` is an ISO date or empty."""

    said_on: str
    how: SaidHow | None
    caller: Caller | None
    known_by: KnownBy | None
    told: Answer | None
    """Whether the person has been told what it means."""
    representative: str = ""
    known_how: str = ""
    words: str = ""
    """What the person said, in the own words; may be empty."""

    @property
    def on(self) -> date | None:
        """The Swedish date on which it was said."""
        return date.fromisoformat(self.said_on) if self.said_on else None

    def missing(self, received: date, today: date) -> tuple[str, ...]:
        """Names of the fields that are empty or can not be so: it was said between the receipt and today.

        Who has not been told what it means has not taken anything back.
        """
        return tuple(self._missing(received, today))

    def _missing(self, received: date, today: date) -> Iterator[str]:
        if self.on is None or not received <= self.on <= today:
            yield "said_on"
        if self.how is None:
            yield "how"
        if self.caller is None:
            yield "caller"
        if self.caller is Caller.REPRESENTATIVE and not self.representative.strip():
            yield "representative"
        if self.known_by is None:
            yield "known_by"
        if self.known_by is KnownBy.OTHER and not self.known_how.strip():
            yield "known_how"
        if self.told is not Answer.YES:
            yield "told"


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That an application was taken back, as staff wrote it down; never changed afterwards. `form` lies sealed."""

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    by: StaffId
    title: str
    at: datetime
    form: WithdrawalForm
