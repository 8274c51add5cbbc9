"""Decisions on applications as they are stored, beside the others: the row says which of the two it is."""

from dataclasses import asdict
from typing import Any, Final

from shared.domain.assessments import Answer
from shared.domain.assistance_decisions import AssistanceDecision, AssistanceForm, AssistanceOutcome
from shared.domain.cases import CaseKind
from shared.domain.ids import CaseId, ItemId, KeyId, StaffId
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

_TEXTS: Final = ("motivation", "paragraph", "what", "refused", "first_day", "last_day", "name_reason")


def assistance_row(decision: AssistanceDecision) -> Row:
    """The decision: everything stated lies sealed, the amount with it."""
    return Row(
        "decisions",
        decision.id,
        decision.rev,
        {
            "case": decision.case,
            "by": decision.by,
            "decided_at": decision.decided_at,
            "lagrum": decision.lagrum,
            "of": CaseKind.EKONOMISKT_BISTAND.value,
        },
        decision.key,
        {"notes": {**asdict(decision.form), "title": decision.title}},
    )


def read_assistance(document: Document, sealing: Sealing) -> AssistanceDecision:
    """The whole decision."""
    fields: Any = document.fields
    key = KeyId(fields["key"])
    stated = sealing.open(document, key, ("notes",))["notes"]
    return AssistanceDecision(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=key,
        by=StaffId(fields["by"]),
        title=stated["title"],
        decided_at=fields["decided_at"],
        lagrum=fields["lagrum"],
        form=assistance_form(stated),
    )


def assistance_form(stated: Any) -> AssistanceForm:
    """The form from plain values, as JSON or a browser gives them; what is not answered may be left out."""
    outcome, stands = stated.get("outcome"), stated.get("name_stands")
    return AssistanceForm(
        outcome=AssistanceOutcome(outcome) if outcome else None,
        amount=stated.get("amount"),
        name_stands=Answer(stands) if stands else None,
        **{name: stated.get(name) or "" for name in _TEXTS},
    )
