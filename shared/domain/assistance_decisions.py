"""The decision on an application for money to live on, as it is stated and kept (SoL 12:1-12:2, FL 20, 31-33 §§)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from shared.domain.assessments import Answer
from shared.domain.calendar import written
from shared.domain.decisions import Decision, DecisionKind
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId
from shared.domain.numbers import whole_number


class AssistanceOutcome(StrEnum):
    """What may be decided about an application for money."""

    GRANTED = "bifall"
    PARTLY = "delvis"
    REFUSED = "avslag"
    DISMISSED = "avvisning"
    """It is not tried, for example because nobody answered what it lacks (FL 20 §)."""


GRANTS: Final = frozenset({AssistanceOutcome.GRANTED, AssistanceOutcome.PARTLY})
"""The outcomes by which money is paid."""
GRANTED_IN_FULL: Final = DecisionKind.FINANCIAL_ASSISTANCE_GRANTED
"""The decision that gives all that was applied for: the court tries what went against somebody (FL 42 §)."""
PARAGRAPHS: Final = {
    "sol_12_1": "12 kap. 1 § socialtjänstlagen (2025:400)",
    "sol_12_2": "12 kap. 2 § socialtjänstlagen (2025:400)",
}
"""What an application that is tried is decided by."""
DISMISSAL: Final = "20 § förvaltningslagen (2017:900)"
_ORE: Final = 100


@dataclass(frozen=True, slots=True)
class AssistanceForm:
    """What is stated with the decision on an application. `amount` is in öre, the days are ISO dates or empty."""

    outcome: AssistanceOutcome | None
    motivation: str
    paragraph: str = ""
    """A key of `PARAGRAPHS`; nothing for what is dismissed."""
    what: str = ""
    """What is granted or refused, in a few words."""
    refused: str = ""
    """What is not granted, when it is granted in part."""
    amount: int | None = None
    first_day: str = ""
    last_day: str = ""
    name_stands: Answer | None = None
    """As in `PreliminaryForm`."""
    name_reason: str = ""

    @property
    def named(self) -> bool:
        """Whether whoever decides is named in what is sent."""
        return self.name_stands is not Answer.NO

    @property
    def lagrum(self) -> str:
        """The paragraph that the decision names."""
        return DISMISSAL if self.outcome is AssistanceOutcome.DISMISSED else PARAGRAPHS.get(self.paragraph, "")

    def missing(self) -> tuple[str, ...]:
        """Names of the fields that are empty and may not be, or that say what can not be decided.

        Money is granted with an amount above nothing and its days; what is not granted has no amount.
        """
        return tuple(dict.fromkeys(self._missing()))

    def _missing(self) -> Iterator[str]:
        tried = self.outcome is not AssistanceOutcome.DISMISSED
        if self.outcome is None:
            yield "outcome"
        if tried and self.paragraph not in PARAGRAPHS:
            yield "paragraph"
        if tried and not self.what.strip():
            yield "what"
        if self.outcome is AssistanceOutcome.PARTLY and not self.refused.strip():
            yield "refused"
        yield from self._wrong_money()
        if not self.motivation.strip():
            yield "motivation"
        if not self.named and not self.name_reason.strip():
            yield "name_reason"

    def _wrong_money(self) -> Iterator[str]:
        if self.outcome not in GRANTS:
            if self.amount is not None:
                yield "amount"
            return
        if self.amount is None or self.amount <= 0:
            yield "amount"
        if not self.first_day:
            yield "first_day"
        if not self.last_day or self.last_day < self.first_day:
            yield "last_day"

    @property
    def details(self) -> tuple[tuple[str, str], ...]:
        """What is decided besides the outcome, in Swedish."""
        if self.outcome is AssistanceOutcome.DISMISSED:
            return ()
        grants = self.outcome in GRANTS
        rows = (
            ("Gäller", self.what.strip()),
            ("Belopp", in_kronor(self.amount) if grants and self.amount else ""),
            ("Tid", f"{swedish_day(self.first_day)} till och med {swedish_day(self.last_day)}" if grants else ""),
            ("Avslås", self.refused.strip() if self.outcome is AssistanceOutcome.PARTLY else ""),
        )
        return tuple((term, words) for term, words in rows if words)


@dataclass(frozen=True, slots=True)
class AssistanceDecision:
    """One decision on an application; never changed afterwards (a change is a new decision)."""

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    by: StaffId
    title: str
    decided_at: datetime
    lagrum: str
    form: AssistanceForm

    @property
    def decided(self) -> Decision:
        """What it shares with every other decision; raises `ValueError` while no outcome is stated."""
        if self.form.outcome is None:
            raise ValueError("nothing is decided")
        return Decision(
            self.id,
            self.case,
            self.key,
            DecisionKind(f"{self.form.outcome.value}_ekonomiskt_bistand"),
            self.lagrum,
            self.form.motivation,
            self.by,
            self.title,
            self.decided_at,
            self.form.named,
            self.form.details,
        )


def in_kronor(ore: int) -> str:
    """The amount as Swedish letters write it: "8 450 kronor", with öre only where there are any."""
    kronor, rest = divmod(ore, _ORE)
    return f"{whole_number(kronor, 'sv')}{f',{rest:02}' if rest else ''}\N{NO-BREAK SPACE}kronor"


def swedish_day(iso: str) -> str:
    """The ISO date as Swedish letters write it: "16 november 2026"."""
    return written(date.fromisoformat(iso))
