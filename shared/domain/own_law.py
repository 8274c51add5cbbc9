"""What a municipality has decided for itself where the law leaves it open; the law's lengths are nobody's to change."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import time, timedelta
from types import MappingProxyType
from typing import Final, TypeAlias

from shared.domain.deadline_law import Roll, Rule


@dataclass(frozen=True, slots=True)
class OwnRule:
    """What differs from the table for one deadline; None and False: nothing does. `why` is the municipality's decision.

    `rolls`: a last day that is no working day moves to the next one (lag 1930:173, 2 §), where the table only shows it.
    `days`: a shorter length where the law itself has none (`Rule.unwritten`).
    """

    remind_days: tuple[int, ...] | None = None
    duty_from: time | None = None
    unassigned_after: timedelta | None = None
    rolls: bool = False
    days: int | None = None
    why: str = ""

    def over(self, law: Rule) -> Rule:
        """The row of the law as this municipality follows it."""
        count = law.count if self.days is None else self.days
        remind = law.remind_days if self.remind_days is None else self.remind_days
        return replace(
            law,
            remind_days=remind if self.days is None else tuple(one for one in remind if one < max(count, 1)),
            duty_from=self.duty_from or law.duty_from,
            unassigned_after=self.unassigned_after or law.unassigned_after,
            roll=Roll.DUE if self.rolls else law.roll,
            count=count,
        )


AS_THE_LAW: Final = OwnRule()

OwnLaw: TypeAlias = Mapping[str, OwnRule]
"""The municipality's own rules by the deadline's name."""

AS_WRITTEN: Final[OwnLaw] = MappingProxyType({})
"""Nothing of its own."""
