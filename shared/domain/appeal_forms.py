"""What staff state about an appeal: whether it came in time, that their own decision is kept, and that it went."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from shared.domain.appeal_items import Sent
from shared.domain.appeal_time import last_day_after
from shared.domain.assessments import Answer


@dataclass(frozen=True, slots=True)
class TimeForm:
    """Whether the appeal came in time (FL 44, 45 §§). `told` is the day the party was told, ISO or empty: not known."""

    outcome: str
    """`in_time` or `late`; empty: not stated."""
    reasons: str = ""
    told: str = ""
    name_stands: Answer | None = None
    name_reason: str = ""

    @property
    def late(self) -> bool:
        """Whether it is dismissed."""
        return self.outcome == "late"

    @property
    def named(self) -> bool:
        """Whether whoever decides is named in what is sent (FL 33 §)."""
        return self.name_stands is not Answer.NO

    @property
    def told_on(self) -> date | None:
        """The day as a date."""
        return date.fromisoformat(self.told) if self.told else None

    @property
    def last_day(self) -> date | None:
        """The last day of the three weeks from that day, or None."""
        return None if self.told_on is None else last_day_after(self.told_on)

    def missing(self, received: date | None = None, decided: date | None = None) -> tuple[str, ...]:
        """Names of the fields that are empty and may not be.

        Nobody is dismissed as late without the day, reasons and a count that says so: `received` is when it came in.
        What counts as late and is found in time all the same takes reasons, too. Nobody was told before the day on
        which it was `decided`.
        """
        return tuple(self._missing(received, decided))

    def _missing(self, received: date | None, decided: date | None) -> Iterator[str]:
        if self.outcome not in {"in_time", "late"}:
            yield "outcome"
        last = self.last_day
        early = decided is not None and self.told_on is not None and self.told_on < decided
        if early or (self.late and (last is None or (received is not None and received <= last))):
            yield "told"
        if not self.late:
            if last is not None and received is not None and received > last and not self.reasons.strip():
                yield "reasons"
            return
        if not self.reasons.strip():
            yield "reasons"
        if self.name_stands is None:
            yield "name_stands"
        if not self.named and not self.name_reason.strip():
            yield "name_reason"


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """That the board keeps its decision, and why (FL 38-39 §§)."""

    reasons: str

    def missing(self) -> tuple[str, ...]:
        """Names of the fields that are empty and may not be."""
        return () if self.reasons.strip() else ("reasons",)


@dataclass(frozen=True, slots=True)
class HandOverForm:
    """That the appeal has gone to the court: `day` (ISO) and the way. `note` stays in the case."""

    day: str
    how: Sent | None
    note: str = ""

    @property
    def on(self) -> date | None:
        """The day as a date."""
        return date.fromisoformat(self.day) if self.day else None

    def missing(self, received: date | None, today: date) -> tuple[str, ...]:
        """Names of the fields that are empty or can not be so: it went between the day it came in and today."""
        found = () if self.on and self.on <= today and (received is None or received <= self.on) else ("day",)
        return found if self.how else (*found, "how")
