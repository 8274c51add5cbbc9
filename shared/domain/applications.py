"""An application as it was sent, and what a form says that rules depend on."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from shared.domain.cases import CaseKind
from shared.domain.ids import CaseId, ItemId, KeyId, PersonIndex


@dataclass(frozen=True, slots=True)
class Application:
    """One sent application. Everything in `snapshot` and `contact` is written once and lies sealed, as do `signals`.

    `contact` are the ways to reach or find the applicant, kept apart because not everybody who works with the case
    needs them. `signals` are the ids of what may not wait: an order of work, never a judgement of the person.
    """

    id: ItemId
    rev: int
    case: CaseId
    key: KeyId
    applicant: PersonIndex
    kind: CaseKind
    form: str
    received_at: datetime
    snapshot: Mapping[str, Any] = field(default_factory=dict)
    contact: Mapping[str, Any] = field(default_factory=dict)
    signals: tuple[str, ...] = ()
    stopped_files: int = 0
    """How many of its files were found infected after it was sent."""
