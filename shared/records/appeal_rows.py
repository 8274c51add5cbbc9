"""Appeals, what was decided about them, and the decision that dismisses one, as they are stored."""

from dataclasses import asdict
from datetime import date
from typing import Any, Final

from shared.domain.appeal_items import Appeal, AppealDismissal, AppealRuling, RulingKind, Sent
from shared.domain.ids import CaseId, FileId, ItemId, KeyId, PersonIndex, StaffId
from shared.ports.store import Document
from shared.records.decision_rows import decision_row, opened_decision
from shared.records.rows import Row
from shared.records.sealing import Sealing

APPEALS: Final = "appeals"
RULINGS: Final = "appeal_rulings"
DISMISSAL: Final = "overklagande"
"""What the row of a decision says that it is about, beside the kinds of cases."""


def appeal_row(appeal: Appeal) -> Row:
    """The appeal: what is asked for and the contact details lie in blobs of their own."""
    return Row(
        APPEALS,
        appeal.id,
        appeal.rev,
        {
            "case": appeal.case,
            "decision": appeal.decision,
            "appellant": appeal.appellant,
            "received_at": appeal.received_at,
            "form": appeal.form,
            "files": list(appeal.files),
            "adds_to": appeal.adds_to,
            "stopped_files": appeal.stopped_files,
            "withdraws": appeal.withdraws,
        },
        appeal.key,
        {"story": appeal.snapshot, "contact": appeal.contact},
    )


def read_appeal(document: Document, sealing: Sealing, *parts: str) -> Appeal:
    """The appeal; only the named parts (`story`, `contact`) are opened, the others stay empty."""
    fields: Any = document.fields
    opened = sealing.open(document, KeyId(fields["key"]), parts) if parts else {}
    return Appeal(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=KeyId(fields["key"]),
        decision=ItemId(fields["decision"]),
        appellant=PersonIndex(fields["appellant"]),
        received_at=fields["received_at"],
        form=fields["form"],
        snapshot=opened.get("story", {}),
        contact=opened.get("contact", {}),
        files=tuple(map(FileId, fields["files"])),
        adds_to=ItemId(fields["adds_to"]) if fields["adds_to"] else None,
        stopped_files=fields["stopped_files"],
        withdraws=fields.get("withdraws", False),
    )


def ruling_row(ruling: AppealRuling) -> Row:
    """What was decided or done: its reasons and days lie sealed."""
    return Row(
        RULINGS,
        ruling.id,
        ruling.rev,
        {
            "case": ruling.case,
            "appeal": ruling.appeal,
            "kind": ruling.kind.value,
            "by": ruling.by,
            "at": ruling.at,
        },
        ruling.key,
        {"notes": _notes(ruling)},
    )


def _notes(ruling: AppealRuling) -> dict[str, Any]:
    days = {"told_on": ruling.told_on, "last_day": ruling.last_day, "on": ruling.on}
    said = {name: None if day is None else day.isoformat() for name, day in days.items()}
    return {**said, "title": ruling.title, "reasons": ruling.reasons, "how": ruling.how and ruling.how.value}


def read_ruling(document: Document, sealing: Sealing) -> AppealRuling:
    """The whole of what was decided or done."""
    fields: Any = document.fields
    key = KeyId(fields["key"])
    stated = sealing.open(document, key, ("notes",))["notes"]
    return AppealRuling(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=key,
        appeal=ItemId(fields["appeal"]),
        kind=RulingKind(fields["kind"]),
        by=StaffId(fields["by"]),
        title=stated["title"],
        at=fields["at"],
        reasons=stated["reasons"],
        told_on=_day(stated["told_on"]),
        last_day=_day(stated["last_day"]),
        on=_day(stated["on"]),
        how=Sent(stated["how"]) if stated["how"] else None,
    )


def dismissal_row(decision: AppealDismissal) -> Row:
    """The decision that dismisses an appeal, among the other decisions."""
    stated = {name: asdict(decision)[name] for name in ("motivation", "named")}
    return decision_row(decision, DISMISSAL, decision.decided.lagrum, stated)


def read_dismissal(document: Document, sealing: Sealing) -> AppealDismissal:
    """The whole decision."""
    made, stated = opened_decision(document, sealing)
    return AppealDismissal(**made, motivation=stated["motivation"], named=stated["named"])


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None
