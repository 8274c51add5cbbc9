"""The decisions in an investigation, as they are stated and kept: more time, its end, following up (SoL 20:3, 23)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from shared.domain.assessments import Answer
from shared.domain.calendar import local_date, written
from shared.domain.decisions import Decision, DecisionKind
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId


class InvestigationOutcome(StrEnum):
    """What may be decided in an investigation; the values are those of `DecisionKind`."""

    EXTENDED = "forlanga_utredning"
    WITHOUT = "avsluta_utan_insats"
    FOLLOWED_UP = "avsluta_och_folja_upp"
    """Ended without a measure, and the child's situation is followed up (SoL 23:1)."""
    WITH = "avsluta_med_insats"
    """Recorded as the result alone: the measure is a decision of its own."""
    FOLLOW_UP_ENDED = "avsluta_uppfoljning"


ENDS: Final = frozenset({InvestigationOutcome.WITHOUT, InvestigationOutcome.FOLLOWED_UP, InvestigationOutcome.WITH})
"""By which the investigation is ended."""
LAGRUM: Final = {
    InvestigationOutcome.EXTENDED: "20 kap. 3 § socialtjänstlagen (2025:400)",
    InvestigationOutcome.WITHOUT: "20 kap. 3 § socialtjänstlagen (2025:400)",
    InvestigationOutcome.FOLLOWED_UP: "23 kap. 1 § socialtjänstlagen (2025:400)",
    InvestigationOutcome.WITH: "20 kap. 3 § socialtjänstlagen (2025:400)",
    InvestigationOutcome.FOLLOW_UP_ENDED: "23 kap. 5 § socialtjänstlagen (2025:400)",
}
"""The paragraph that each names. 20:3 has been read; which of 23:1-23:5 says what we know second-hand."""
FORMER_DAY: Final = "Tidigare sista dag"
LATE: Final = "För sent"
MEASURE: Final = "Insats"


@dataclass(frozen=True, slots=True)
class InvestigationForm:
    """What is stated with a decision in an investigation. Days are ISO dates or empty; free texts are as written."""

    outcome: InvestigationOutcome | None
    motivation: str
    last_day: str = ""
    """The new last day, of more time; that of the following up, when it begins (filled in by the decision)."""
    until_then: str = ""
    """What the last day was, for more time: filled in by the decision, never asked."""
    measure: str = ""
    """What the child gets, in a few words, when it ends with a measure."""
    child_heard: Answer | None = None
    child_view: str = ""
    reason_not_heard: str = ""
    best_interests: str = ""
    communicated: Answer | None = None
    """Whether the parties could read what it rests on and answer (FL 25 §), and speak to the board (SoL 14:8)."""
    communicated_on: str = ""
    comments: str = ""
    """What the parties said."""
    reason_not_communicated: str = ""
    name_stands: Answer | None = None
    """As in `PreliminaryForm`."""
    name_reason: str = ""

    @property
    def named(self) -> bool:
        """Whether whoever decides is named in what is sent."""
        return self.name_stands is not Answer.NO

    def missing(self) -> tuple[str, ...]:
        """Names of the fields that are empty and may not be."""
        return tuple(self._missing())

    def _missing(self) -> Iterator[str]:
        if self.outcome is None:
            yield "outcome"
        if self.outcome is InvestigationOutcome.EXTENDED and not self.last_day:
            yield "last_day"
        if self.outcome is InvestigationOutcome.WITH and not self.measure.strip():
            yield "measure"
        if self.outcome in ENDS:
            yield from self._missing_at_the_end()
        if not self.motivation.strip():
            yield "motivation"
        if not self.named and not self.name_reason.strip():
            yield "name_reason"

    def _missing_at_the_end(self) -> Iterator[str]:
        """Whether the child was heard (SoL 3:1-3:4), and the parties could answer (FL 25 §)."""
        needed = (
            ("child_heard", self.child_heard),
            ("child_view", self.child_heard is not Answer.YES or self.child_view.strip()),
            ("reason_not_heard", self.child_heard is not Answer.NO or self.reason_not_heard.strip()),
            ("best_interests", self.best_interests.strip()),
            ("communicated", self.communicated),
            ("communicated_on", self.communicated is not Answer.YES or self.communicated_on),
            ("reason_not_communicated", self.communicated is not Answer.NO or self.reason_not_communicated.strip()),
        )
        yield from (name for name, there in needed if not there)


@dataclass(frozen=True, slots=True)
class InvestigationDecision:
    """One decision in an investigation; never changed afterwards (a change is a new decision)."""

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    by: StaffId
    title: str
    decided_at: datetime
    lagrum: str
    form: InvestigationForm

    @property
    def decided(self) -> Decision:
        """What it shares with every other decision; raises `ValueError` while no outcome is stated."""
        if self.form.outcome is None:
            raise ValueError("nothing is decided")
        return Decision(
            self.id,
            self.case,
            self.key,
            DecisionKind(self.form.outcome.value),
            self.lagrum,
            self.form.motivation,
            self.by,
            self.title,
            self.decided_at,
            self.form.named,
            self.details,
        )

    @property
    def late(self) -> int:
        """By how many days more time was decided after the time was out; 0 when it was in time."""
        if not self.form.until_then:
            return 0
        return max((local_date(self.decided_at) - date.fromisoformat(self.form.until_then)).days, 0)

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """What is decided besides the outcome, in Swedish."""
        form = self.form
        rows = {
            InvestigationOutcome.EXTENDED: (
                ("Ny sista dag", _day(form.last_day)),
                (FORMER_DAY, _day(form.until_then)),
                (LATE, f"Beslutet fattades {_days(self.late)} efter den dagen." if self.late else ""),
            ),
            InvestigationOutcome.WITH: ((MEASURE, form.measure.strip()),),
            InvestigationOutcome.FOLLOWED_UP: (("Uppföljningen avslutas senast", _day(form.last_day)),),
        }
        found = () if form.outcome is None else rows.get(form.outcome, ())
        return tuple((term, words) for term, words in found if words)


def _day(iso: str) -> str:
    return written(date.fromisoformat(iso)) if iso else ""


def _days(count: int) -> str:
    return "en dag" if count == 1 else f"{count} dagar"
