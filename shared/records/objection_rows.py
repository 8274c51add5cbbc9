"""What people say of their files as it is stored: clear are ids, instants and what waits; every word lies sealed."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any, Final

from shared.domain.ids import CaseId, DeadlineId, FileId, ItemId, KeyId, PersonIndex, StaffId, UnitId
from shared.domain.objection_items import Answered, Clock, Objection
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

OBJECTIONS: Final = "objections"
_LAST: Final = datetime(9999, 12, 31, tzinfo=UTC)
"""Where what has no clock stands among what waits: what is due comes before it."""


def objection_row(objection: Objection) -> Row:
    """The objection. `answered_at` is when it was answered, or read."""
    answer, clock = objection.answer, objection.clock
    return Row(
        OBJECTIONS,
        objection.id,
        objection.rev,
        {
            "note": objection.note or "",
            "case": objection.case,
            "unit": objection.unit,
            "person": objection.person,
            "at": objection.at,
            "deadline": clock.deadline if clock else "",
            "due": clock.due if clock else _LAST,
            "files": list(objection.files),
            "open": objection.open,
            "answered_at": objection.heard_at if answer is None else answer.at,
            "heard_at": objection.heard_at,
        },
        objection.key,
        {"said": {"text": objection.text}, "answer": None if answer is None else asdict(answer)},
    )


def read_clock(document: Document) -> Clock | None:
    """Until when an answer is due, if one is; nothing is opened."""
    fields: Any = document.fields
    return Clock(DeadlineId(fields["deadline"]), fields["due"]) if fields["deadline"] else None


def answered_at(document: Document) -> datetime | None:
    """When it was answered; None while it is not, and for what was read without an answer. Nothing is opened."""
    fields: Any = document.fields
    answered: datetime | None = None if fields["heard_at"] else fields["answered_at"]
    return answered


def read_objection(document: Document, sealing: Sealing) -> Objection:
    """The whole objection; its key is best loaded before."""
    fields: Any = document.fields
    key = KeyId(str(fields["key"]))
    opened = sealing.open(document, key, ("said", "answer"))
    answer = opened["answer"]
    return Objection(
        id=ItemId(document.id),
        rev=document.rev,
        note=ItemId(fields["note"]) if fields["note"] else None,
        case=CaseId(fields["case"]),
        unit=UnitId(fields["unit"]),
        key=key,
        person=PersonIndex(fields["person"]) if fields.get("person") else None,
        at=fields["at"],
        text=opened["said"]["text"],
        clock=read_clock(document),
        files=tuple(map(FileId, fields.get("files", ()))),
        answer=answer
        and Answered(StaffId(answer["by"]), answer["title"], datetime.fromisoformat(answer["at"]), answer["text"]),
        heard_at=fields.get("heard_at"),
    )
