"""Uploads as they are stored: one row each, however many parts have come."""

from typing import Any

from shared.domain.ids import DraftId, KeyId, UploadId
from shared.domain.uploads import Announced, Upload
from shared.ports.store import Document, Value
from shared.records.rows import Row
from shared.records.sealing import Sealing

UPLOADS = "uploads"


def upload_row(upload: Upload) -> Row:
    """The upload; what it is called and which parts have come lie sealed."""
    had = {str(number): digest for number, digest in upload.had.items()}
    known = {"question": upload.question, "name": upload.file.name, "digest": upload.file.digest, "had": had}
    clear: dict[str, Value] = {"draft": upload.draft, "size": upload.file.size, "expires_at": upload.expires_at}
    return Row(UPLOADS, upload.id, upload.rev, clear, upload.key, {"upload": known})


def read_upload(document: Document, sealing: Sealing) -> Upload:
    """The upload; raises `KeyGone` when it has been let go of."""
    fields: Any = document.fields
    key = KeyId(fields["key"])
    known = sealing.open(document, key, ("upload",))["upload"]
    return Upload(
        UploadId(document.id),
        document.rev,
        DraftId(fields["draft"]),
        key,
        known["question"],
        Announced(known["name"], fields["size"], known["digest"]),
        fields["expires_at"],
        {int(number): digest for number, digest in known["had"].items()},
    )
