"""What a person says of the own file, that a note is wrong or something to add, and what came of it."""

from dataclasses import dataclass
from datetime import datetime

from shared.domain.ids import CaseId, DeadlineId, FileId, ItemId, KeyId, PersonIndex, StaffId, UnitId


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer, in words for the person."""

    by: StaffId
    title: str
    at: datetime
    text: str


@dataclass(frozen=True, slots=True)
class Clock:
    """Until when an answer is due: `due` is the first instant at which it is too late."""

    deadline: DeadlineId
    due: datetime


@dataclass(frozen=True, slots=True)
class Objection:
    """One thing said, as it was written, with the files that came with it.

    `note` is None when it is about no note: something that is added to the file. `clock` is None when no answer was
    asked for; then `heard_at` is when staff said that they have read it.
    """

    id: ItemId
    rev: int
    note: ItemId | None
    case: CaseId
    unit: UnitId
    key: KeyId
    person: PersonIndex | None
    at: datetime
    text: str
    clock: Clock | None
    files: tuple[FileId, ...] = ()
    answer: Answered | None = None
    heard_at: datetime | None = None

    @property
    def reference(self) -> str:
        """What people say on the phone: display only."""
        return f"SY-{self.id[:8].upper()}"

    @property
    def open(self) -> bool:
        """Whether it waits for staff: to be answered, or to be read when no answer was asked for."""
        return self.answer is None and self.heard_at is None
