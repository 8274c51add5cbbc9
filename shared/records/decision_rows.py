"""What all rows of decisions have in common: one collection, whose field `of` says what a decision is about."""

from collections.abc import Mapping
from typing import Any

from shared.domain.appeal_items import AppealDismissal
from shared.domain.assistance_decisions import AssistanceDecision
from shared.domain.decisions import PreliminaryDecision
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId
from shared.domain.investigation_decisions import InvestigationDecision
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

Made = PreliminaryDecision | AssistanceDecision | InvestigationDecision | AppealDismissal
"""A decision that somebody has made in a case."""


def decision_row(made: Made, of: str, lagrum: str, stated: Mapping[str, object]) -> Row:
    """The decision: by whom, when and by which paragraph lies clear, everything stated sealed."""
    return Row(
        "decisions",
        made.id,
        made.rev,
        {"case": made.case, "by": made.by, "decided_at": made.decided_at, "lagrum": lagrum, "of": of},
        made.key,
        {"notes": {**stated, "title": made.title}},
    )


def opened_decision(document: Document, sealing: Sealing) -> tuple[dict[str, Any], Any]:
    """What all decisions have, as arguments by name, and what is stated with this one."""
    fields: Any = document.fields
    key = KeyId(fields["key"])
    stated = sealing.open(document, key, ("notes",))["notes"]
    made = {
        "id": ItemId(document.id),
        "rev": document.rev,
        "case": CaseId(fields["case"]),
        "key": key,
        "by": StaffId(fields["by"]),
        "title": stated.pop("title"),
        "decided_at": fields["decided_at"],
    }
    return made, stated
