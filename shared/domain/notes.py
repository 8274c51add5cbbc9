"""Journal notes: what staff write down of a contact or an event, locked when signed and corrected by addition.

What is written, when it happened, when it was written and by whom belong together (SoL 14:3, SOSFS 2014:5).
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final

from shared.domain.ids import CaseId, ItemId, KeyId, StaffId


class NoteKind(StrEnum):
    """What happened."""

    CALL = "call"
    VISIT = "visit"
    MEETING = "meeting"
    ATTEMPT = "attempt"
    """Contact was sought and not had."""
    OTHER = "other"
    """No contact: something that came in, or that was found out."""


CONTACTS: Final = (NoteKind.CALL, NoteKind.VISIT, NoteKind.MEETING, NoteKind.ATTEMPT)
"""What is counted as contacts, attempts apart from those that came about."""


class Source(StrEnum):
    """Where it is known from."""

    OWN = "own"
    TOLD = "told"
    DOCUMENT = "document"


class Weight(StrEnum):
    """Whether it is a fact or what the writer makes of it: the two are kept apart (SOSFS 2014:5)."""

    FACT = "fact"
    ASSESSMENT = "assessment"


class Care(StrEnum):
    """What must be thought of before anybody else reads it."""

    THIRD_PERSON = "third_person"
    VIOLENCE = "violence"
    CHILD_ALONE = "child_alone"
    """What a child said without its guardians (SoL 20:7)."""


@dataclass(frozen=True, slots=True)
class NoteForm:
    """What is written. `happened` is a Swedish day with or without a time: "2026-11-02" or "2026-11-02T13:30"."""

    kind: NoteKind | None
    happened: str
    with_whom: tuple[str, ...]
    source: Source | None
    weight: Weight | None
    text: str
    participants: str = ""
    care: frozenset[Care] = frozenset()

    def missing(self) -> tuple[str, ...]:
        """The fields that are empty and may not be."""
        said = {
            "kind": self.kind,
            "happened": self.happened,
            "with_whom": self.with_whom,
            "source": self.source,
            "weight": self.weight,
            "text": self.text.strip(),
        }
        return tuple(name for name, value in said.items() if not value)


@dataclass(frozen=True, slots=True)
class Addition:
    """What was put right or added afterwards; it is locked as the note is."""

    by: StaffId
    title: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """One signed note. `event_at` orders the journal: the beginning of the day when no time was told."""

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    by: StaffId
    title: str
    event_at: datetime
    signed_at: datetime
    form: NoteForm
    additions: tuple[Addition, ...] = ()


@dataclass(frozen=True, slots=True)
class Contacts:
    """How many notes of each kind the case has, kept with each new one: nothing is counted by reading through."""

    case: CaseId
    rev: int
    key: KeyId
    counts: Mapping[NoteKind, int] = field(default_factory=dict)

    def of(self, kind: NoteKind) -> int:
        """How many of this kind."""
        return self.counts.get(kind, 0)
