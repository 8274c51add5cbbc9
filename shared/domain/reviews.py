"""A review of a note before the person it is about may read it: what was considered, and what is shown."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from shared.domain.ids import AktId, CaseId, ItemId, KeyId, StaffId, UnitId
from shared.domain.masking import Span
from shared.domain.notes import NoteKind


class ReviewCheck(StrEnum):
    """What the reviewer has thought of, each time and of each item."""

    THIRD_PERSON = "third_person"
    """Somebody else's circumstances (OSL 26:1)."""
    INFORMANT = "informant"
    """Who reported or told, when that can lead to violence (OSL 26:5)."""
    CHILD = "child"
    """A child against its guardians (OSL 12:3)."""
    WHEREABOUTS = "whereabouts"
    """Where somebody lives or can be found (OSL 21:3, 26:2)."""
    WEIGHT = "weight"
    """Of extreme importance that a party does not learn it (OSL 10:3)."""
    WORKING_PAPER = "working_paper"
    """Not finished, and no part of the matter yet (TF 2:12)."""


class Result(StrEnum):
    """What a review comes to."""

    RELEASED = "released"
    PARTLY = "partly"
    WITHHELD = "withheld"


@dataclass(frozen=True, slots=True)
class Shown:
    """What the person reads. Names of those who took part, and how it is known, are never in it."""

    kind: NoteKind
    happened: str
    text: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Review:
    """The review that stands for one note (`id` is the note's)."""

    id: ItemId
    rev: int
    case: CaseId
    unit: UnitId
    akt: AktId
    key: KeyId
    by: StaffId
    title: str
    at: datetime
    event_at: datetime
    result: Result
    checks: frozenset[ReviewCheck]
    ground: str
    reason: str
    kept: tuple[Span, ...]
    additions: int
    shown: Shown | None
