"""Decisions: what every decision says (FL 31, 32 §§), and the one on a report, to investigate or not (SoL 20:2)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.assessments import Answer
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId


class DecisionKind(StrEnum):
    """What is decided, of all that the product knows; who may decide it is said in `delegation`."""

    INVESTIGATION_OPENED = "inleda"
    INVESTIGATION_NOT_OPENED = "inte_inleda"
    REPORT_ATTACHED = "pagar_redan"
    INVESTIGATION_EXTENDED = "forlanga_utredning"
    INVESTIGATION_ENDED = "avsluta_utan_insats"
    FOLLOW_UP_STARTED = "avsluta_och_folja_upp"
    INVESTIGATION_ENDED_WITH_MEASURE = "avsluta_med_insats"
    FOLLOW_UP_ENDED = "avsluta_uppfoljning"
    SUPPORT_GRANTED = "bifall_stod"
    SUPPORT_REFUSED = "avslag_stod"
    FINANCIAL_ASSISTANCE_GRANTED = "bifall_ekonomiskt_bistand"
    FINANCIAL_ASSISTANCE_PARTLY_GRANTED = "delvis_ekonomiskt_bistand"
    FINANCIAL_ASSISTANCE_REFUSED = "avslag_ekonomiskt_bistand"
    FINANCIAL_ASSISTANCE_DISMISSED = "avvisning_ekonomiskt_bistand"
    APPEAL_DISMISSED = "avvisning_overklagande"


@dataclass(frozen=True, slots=True)
class Decision:
    """What the law demands of every decision: what, by which rule, why, by whom and when (FL 31, 32 §§).

    `motivation` is as written and may have several paragraphs; `title` is the decision-maker's. `by` stands in our own
    record always, and in what is sent when the decision-maker is `named` there (FL 33 §).
    """

    id: ItemId
    case: CaseId
    key: KeyId
    kind: DecisionKind
    lagrum: str
    motivation: str
    by: StaffId
    title: str
    decided_at: datetime
    named: bool = True
    details: tuple[tuple[str, str], ...] = ()
    """What else is decided, as terms and words in Swedish: the amount, the days it is for."""


class Outcome(StrEnum):
    """What may be decided about a report."""

    OPEN = "inleda"
    NOT_OPEN = "inte_inleda"
    ONGOING = "pagar_redan"


LAGRUM = "20 kap. 2 § socialtjänstlagen (2025:400)"
"""The paragraph every decision of this kind names."""


@dataclass(frozen=True, slots=True)
class PreliminaryForm:
    """What the caseworker states before and with the decision. Free texts are as written."""

    outcome: Outcome | None
    motivation: str
    child_heard: Answer | None = None
    child_view: str = ""
    reason_not_heard: str = ""
    guardians_view: str = ""
    contacts: str = ""
    needs_and_risks: str = ""
    best_interests: str = ""
    violence_reason: str = ""
    """The lead's written reason for not opening in spite of suspected violence."""
    investigation: str = ""
    """The ongoing investigation's case id, for `pagar_redan`."""
    name_stands: Answer | None = None
    """Whether the decision-maker's name stands in what is sent (FL 33 §); None, from before it was asked, is yes."""
    name_reason: str = ""
    """Why not, in short: which threat is feared. It stays in the case."""

    @property
    def named(self) -> bool:
        """Whether whoever decides is named in what is sent."""
        return self.name_stands is not Answer.NO

    def missing(self) -> tuple[str, ...]:
        """Names of the fields that must be filled before the decision counts."""
        lacking = [
            name
            for name, there in (
                ("outcome", self.outcome),
                ("child_heard", self.child_heard),
                ("best_interests", self.best_interests.strip()),
                ("motivation", self.motivation.strip()),
            )
            if not there
        ]
        if self.child_heard is Answer.YES and not self.child_view.strip():
            lacking.append("child_view")
        if self.child_heard is Answer.NO and not self.reason_not_heard.strip():
            lacking.append("reason_not_heard")
        if self.outcome is Outcome.ONGOING and not self.investigation:
            lacking.append("investigation")
        if not self.named and not self.name_reason.strip():
            lacking.append("name_reason")
        return tuple(lacking)


@dataclass(frozen=True, slots=True)
class PreliminaryDecision:
    """One decision; never changed afterwards (a change is a new decision)."""

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    by: StaffId
    title: str
    decided_at: datetime
    lagrum: str
    form: PreliminaryForm

    @property
    def decision(self) -> Decision | None:
        """What it shares with every other decision; None while no outcome is stated."""
        if self.form.outcome is None:
            return None
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
        )
