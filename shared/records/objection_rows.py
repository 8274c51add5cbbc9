"""Objections as they are stored: clear are ids, instants and whether it is answered; every word lies sealed."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Final

from shared.domain.ids import CaseId, DeadlineId, ItemId, KeyId, StaffId, UnitId
from shared.domain.objection_items import Answered, Objection
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

OBJECTIONS: Final = "objections"


def objection_row(objection: Objection) -> Row:
    """The objection."""
    answer = objection.answer
    return Row(
        OBJECTIONS,
        objection.id,
        objection.rev,
        {
            "note": objection.note,
            "case": objection.case,
            "unit": objection.unit,
            "at": objection.at,
            "deadline": objection.deadline,
            "due": objection.due,
            "open": answer is None,
            "answered_at": None if answer is None else answer.at,
        },
        objection.key,
        {"said": {"text": objection.text}, "answer": None if answer is None else asdict(answer)},
    )


def read_objection(document: Document, sealing: Sealing) -> Objection:
    """The whole objection; its key is best loaded before."""
    fields: Any = document.fields
    key = KeyId(str(fields["key"]))
    opened = sealing.open(document, key, ("said", "answer"))
    answer = opened["answer"]
    return Objection(
        id=ItemId(document.id),
        rev=document.rev,
        note=ItemId(fields["note"]),
        case=CaseId(fields["case"]),
        unit=UnitId(fields["unit"]),
        key=key,
        at=fields["at"],
        text=opened["said"]["text"],
        deadline=DeadlineId(fields["deadline"]),
        due=fields["due"],
        answer=answer
        and Answered(StaffId(answer["by"]), answer["title"], datetime.fromisoformat(answer["at"]), answer["text"]),
    )
