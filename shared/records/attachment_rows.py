"""Attachments as they are stored: name, type and size lie sealed under the key of what they belong to."""

from typing import Any

from shared.domain.attachments import Attachment
from shared.domain.file_types import FileType
from shared.domain.ids import FileId, KeyId
from shared.domain.received_files import FileState, ReceivedFile, Refusal
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

ATTACHMENTS = "attachments"


def attachment_row(attachment: Attachment) -> Row:
    """The attachment; the file's content lies elsewhere, under `file_key`."""
    file = attachment.file
    return Row(
        ATTACHMENTS,
        attachment.id,
        attachment.rev,
        {
            "holder": attachment.holder,
            "question": attachment.question,
            "state": file.state.value,
            "refusal": file.refusal and file.refusal.value,
            "file_key": file.key,
            "at": attachment.at,
            "look_at": attachment.look_at,
        },
        attachment.key,
        {"file": {"name": file.name, "kind": file.kind.value, "size": file.size, "digest": attachment.digest}},
    )


def read_attachment(document: Document, sealing: Sealing) -> Attachment:
    """The attachment; raises `KeyGone` when what it belonged to is gone."""
    fields: Any = document.fields
    key = KeyId(fields["key"])
    known = sealing.open(document, key, ("file",))["file"]
    file = ReceivedFile(
        FileId(document.id),
        known["name"],
        FileType(known["kind"]),
        known["size"],
        KeyId(fields["file_key"]),
        FileState(fields["state"]),
        Refusal(fields["refusal"]) if fields["refusal"] else None,
    )
    return Attachment(
        file,
        document.rev,
        fields["holder"],
        key,
        fields["question"],
        known["digest"],
        fields["at"],
        fields["look_at"],
    )
