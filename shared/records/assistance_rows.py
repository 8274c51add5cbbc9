"""Decisions on applications as they are stored, beside the others: the row says which of the two it is."""

from dataclasses import asdict
from typing import Any, Final

from shared.domain.assessments import Answer
from shared.domain.assistance_decisions import AssistanceDecision, AssistanceForm, AssistanceOutcome
from shared.domain.cases import CaseKind
from shared.ports.store import Document
from shared.records.decision_rows import decision_row, opened_decision
from shared.records.rows import Row
from shared.records.sealing import Sealing

_TEXTS: Final = ("motivation", "paragraph", "what", "refused", "first_day", "last_day", "name_reason")


def assistance_row(decision: AssistanceDecision) -> Row:
    """The decision: everything stated lies sealed, the amount with it."""
    return decision_row(decision, CaseKind.EKONOMISKT_BISTAND.value, decision.lagrum, asdict(decision.form))


def read_assistance(document: Document, sealing: Sealing) -> AssistanceDecision:
    """The whole decision."""
    made, stated = opened_decision(document, sealing)
    return AssistanceDecision(**made, lagrum=str(document.fields["lagrum"]), form=assistance_form(stated))


def assistance_form(stated: Any) -> AssistanceForm:
    """The form from plain values, as JSON or a browser gives them; what is not answered may be left out."""
    outcome, stands = stated.get("outcome"), stated.get("name_stands")
    return AssistanceForm(
        outcome=AssistanceOutcome(outcome) if outcome else None,
        amount=stated.get("amount"),
        name_stands=Answer(stands) if stands else None,
        **{name: stated.get(name) or "" for name in _TEXTS},
    )
