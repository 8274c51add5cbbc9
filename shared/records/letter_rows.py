"""Letters as they are stored: to whom, what and how safe lie sealed, in parts of their own."""

from dataclasses import asdict
from typing import Any, Final

from shared.domain.ids import CaseId, ItemId, KeyId, PersonIndex, StaffId, UnitId
from shared.domain.letters import How, Letter, LetterKind, Part, Recipient, Relation, Text
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

NOWHERE: Final = ""
"""Stands for the person of a letter that lies in no inbox: no keyed index is empty."""


def letter_row(letter: Letter) -> Row:
    """The letter: clear are the case, the unit, the instants, and whose inbox it lies in as a keyed index."""
    recipient = asdict(letter.recipient)
    return Row(
        "letters",
        letter.id,
        letter.rev,
        {
            "case": letter.case,
            "unit": letter.unit,
            "by": letter.by,
            "sent_at": letter.sent_at,
            "how": letter.how.value,
            "inbox": letter.recipient.index if letter.how is How.INBOX else NOWHERE,
            "unread": letter.read_at is None,
            "decision": letter.decision,
            "read_at": letter.read_at,
            "to_post": letter.to_post,
            "posted_at": letter.posted_at,
            "posted_by": letter.posted_by,
            "stopped_at": letter.stopped_at,
        },
        letter.key,
        {"text": asdict(letter.text), "envelope": recipient, "care": {"plan": letter.plan}},
    )


def letter_key(document: Document) -> KeyId:
    """The key that seals the document's parts."""
    return KeyId(str(document.fields["key"]))


def read_letter(document: Document, sealing: Sealing) -> Letter:
    """The whole letter; its key is best loaded before."""
    fields: Any = document.fields
    key = letter_key(document)
    opened = sealing.open(document, key, ("text", "envelope", "care"))
    return Letter(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=key,
        unit=UnitId(fields["unit"]),
        recipient=_recipient(opened["envelope"]),
        text=_text(opened["text"]),
        by=StaffId(fields["by"]),
        sent_at=fields["sent_at"],
        how=How(fields["how"]),
        plan=opened["care"]["plan"],
        decision=ItemId(fields["decision"]) if fields["decision"] else None,
        read_at=fields["read_at"],
        posted_at=fields["posted_at"],
        posted_by=StaffId(fields["posted_by"]) if fields["posted_by"] else None,
        stopped_at=fields.get("stopped_at"),
    )


def _recipient(kept: Any) -> Recipient:
    return Recipient(
        index=PersonIndex(kept["index"]),
        number=kept["number"],
        name=kept["name"],
        relation=Relation(kept["relation"]),
        address=tuple(kept["address"]),
        forward=kept["forward"],
        confirmed=kept["confirmed"],
    )


def _text(kept: Any) -> Text:
    return Text(
        kind=LetterKind(kept["kind"]),
        version=kept["version"],
        language=kept["language"],
        title=kept["title"],
        parts=tuple(Part(one["kind"], tuple(one["lines"])) for one in kept["parts"]),
        law=kept["law"],
        case=kept["case"],
        sender=kept["sender"],
    )
