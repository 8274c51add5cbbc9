"""Why something of a person's own file is not shown to that person: dated data, each with its paragraph.

A person reads what is written about them (OSL 12:1; a party the whole matter, FL 10 §), except where one of these rules
says otherwise. How sure we are stands with each; the board's lawyer has the last word.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final

from shared.domain.delegation import Confidence


@dataclass(frozen=True, slots=True)
class Ground:
    """One ground, in force from `valid_from` to `valid_to` (None: still)."""

    code: str
    law: str
    valid_from: date
    confidence: Confidence
    valid_to: date | None = None


_OSL: Final = date(2009, 6, 30)
GROUNDS: Final = (
    Ground("third_person", "26 kap. 1 § OSL", _OSL, Confidence.READ),
    Ground("informant", "26 kap. 5 § OSL", _OSL, Confidence.READ),
    Ground("child", "12 kap. 3 § OSL", _OSL, Confidence.READ),
    Ground("whereabouts", "26 kap. 2 § OSL", date(2024, 4, 1), Confidence.KNOWN),
    Ground("contact", "21 kap. 3 § OSL", _OSL, Confidence.READ),
    Ground("weight", "10 kap. 3 § OSL", _OSL, Confidence.READ),
    Ground("working_paper", "2 kap. 12 § TF", date(2019, 1, 1), Confidence.KNOWN),
)


def in_force(on: date) -> list[Ground]:
    """The grounds that can be given on that Swedish date."""
    return [one for one in GROUNDS if one.valid_from <= on and (one.valid_to is None or on < one.valid_to)]


def ground(code: str, on: date) -> Ground | None:
    """The ground with this code, or None when there is none on that date."""
    return next((one for one in in_force(on) if one.code == code), None)
