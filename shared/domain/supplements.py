"""A supplement: what an applicant is asked for, item by item, and what the person sends (FL 20 §)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from shared.domain.ids import CaseId, FileId, ItemId, KeyId, PersonIndex, StaffId, UnitId

CLOCK: Final = "komplettering"
"""The deadline that runs while something is missing."""
MOST_ITEMS: Final = 20
LONGEST_NAME: Final = 120
LONGEST_WORDS: Final = 1000
"""Characters of what staff write about one item."""
LONGEST_ANSWER: Final = 8000
"""Characters of what the person writes about one item."""
MOST_SENDINGS: Final = 50
"""So many times one supplement is sent to; after that a person is asked."""
MOST_FILES: Final = 400
"""Files of one case."""


class Standing(StrEnum):
    """How one item stands."""

    MISSING = "missing"
    RECEIVED = "received"
    CANNOT = "cannot"
    """The person has said that it can not be had, and why: staff look at that."""
    ENOUGH = "enough"
    """Staff have said that nothing more is needed."""


class IfNot(StrEnum):
    """What happens if it does not come, as the person is told when asked."""

    DECIDED = "decided"
    """The application is decided on what there is."""
    DISMISSED = "dismissed"
    """It may be dismissed without being tried (FL 20 §)."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One item. `name` is by language, `words` what staff write about it; `again` why it was asked for once more."""

    id: ItemId
    name: Mapping[str, str]
    words: str = ""
    standing: Standing = Standing.MISSING
    again: str = ""

    @property
    def answered(self) -> bool:
        """Whether the person need not do anything about it now."""
        return self.standing is not Standing.MISSING


@dataclass(frozen=True, slots=True)
class Supplement:
    """What one applicant is asked for in one case. `due` is the first instant that is too late.

    The items lie sealed. `sendings` counts what has come. It is open while its case says so (`Case.supplement`).
    """

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    unit: UnitId
    applicant: PersonIndex
    by: StaffId
    asked_at: datetime
    due: datetime
    if_not: IfNot
    items: tuple[Wanted, ...]
    sendings: int = 0

    @property
    def missing(self) -> tuple[Wanted, ...]:
        """What the person still has to send, or to say that it can not be had."""
        return tuple(one for one in self.items if not one.answered)


@dataclass(frozen=True, slots=True)
class Supplied:
    """What was sent for one item: files, words, or that it can not be had; `words` then say why."""

    item: ItemId
    files: tuple[FileId, ...] = ()
    words: str = ""
    cannot: bool = False

    @property
    def anything(self) -> bool:
        """Whether it says or holds something."""
        return bool(self.files or self.words.strip())


@dataclass(frozen=True, slots=True)
class Supply:
    """One sending, never changed but for `read_at`: when staff had read it. `late`: it came after the last day."""

    id: ItemId
    rev: int
    supplement: ItemId
    case: CaseId
    key: KeyId
    applicant: PersonIndex
    at: datetime
    late: bool
    answers: tuple[Supplied, ...]
    read_at: datetime | None = None
