"""Decisions in investigations as they are stored, beside the others: the row says what they are about."""

from dataclasses import asdict
from typing import Any, Final

from shared.domain.assessments import Answer
from shared.domain.cases import CaseKind
from shared.domain.decisions import Decision
from shared.domain.investigation_decisions import InvestigationDecision, InvestigationForm, InvestigationOutcome
from shared.ports.store import Document
from shared.records.appeal_rows import DISMISSAL, read_dismissal
from shared.records.assistance_rows import read_assistance
from shared.records.decision_rows import decision_row, opened_decision
from shared.records.item_rows import read_preliminary
from shared.records.rows import Row
from shared.records.sealing import Sealing

_TEXTS: Final = (
    "motivation", "last_day", "until_then", "measure", "child_view", "reason_not_heard", "best_interests",
    "communicated_on", "comments", "reason_not_communicated", "name_reason",
)  # fmt: skip
_CHOICES: Final = ("child_heard", "communicated", "name_stands")


def investigation_row(decision: InvestigationDecision) -> Row:
    """The decision: everything stated lies sealed, the days with it."""
    return decision_row(decision, CaseKind.UTREDNING.value, decision.lagrum, asdict(decision.form))


def read_investigation(document: Document, sealing: Sealing) -> InvestigationDecision:
    """The whole decision."""
    made, stated = opened_decision(document, sealing)
    return InvestigationDecision(**made, lagrum=str(document.fields["lagrum"]), form=investigation_form(stated))


def read_any_decision(document: Document, sealing: Sealing) -> Decision | None:
    """What a decision of any kind shares with all others; None while no outcome is stated."""
    match document.fields.get("of"):
        case CaseKind.EKONOMISKT_BISTAND.value:
            return read_assistance(document, sealing).decided
        case CaseKind.UTREDNING.value:
            return read_investigation(document, sealing).decided
    if document.fields.get("of") == DISMISSAL:
        return read_dismissal(document, sealing).decided
    return read_preliminary(document, sealing).decision


def investigation_form(stated: Any, outcome: InvestigationOutcome | None = None) -> InvestigationForm:
    """The form from plain values, as JSON or a browser gives them; what is not answered may be left out.

    `outcome` is what a form is for that does not ask for it.
    """
    said = stated.get("outcome")
    chosen: dict[str, Any] = {name: Answer(answer) if (answer := stated.get(name)) else None for name in _CHOICES}
    texts: dict[str, Any] = {name: stated.get(name) or "" for name in _TEXTS}
    return InvestigationForm(
        outcome=outcome or (InvestigationOutcome(said) if said else None),
        **chosen,
        **texts,
    )
