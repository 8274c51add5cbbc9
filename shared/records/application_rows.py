"""Applications as they are stored."""

from typing import Any, Final

from shared.domain.applications import Application
from shared.domain.cases import CaseKind
from shared.domain.ids import CaseId, ItemId, KeyId, PersonIndex
from shared.ports.store import Document
from shared.records.rows import Row
from shared.records.sealing import Sealing

APPLICATIONS: Final = "applications"


def application_row(application: Application) -> Row:
    """The application: the story, the contact details and what may not wait lie in blobs of their own."""
    return Row(
        APPLICATIONS,
        application.id,
        application.rev,
        {
            "case": application.case,
            "applicant": application.applicant,
            "kind": application.kind.value,
            "form": application.form,
            "received_at": application.received_at,
            "stopped_files": application.stopped_files,
        },
        application.key,
        {
            "story": application.snapshot,
            "contact": application.contact,
            "order": {"signals": list(application.signals)},
        },
    )


def read_application(document: Document, sealing: Sealing, *parts: str) -> Application:
    """The application; only the named parts (`story`, `contact`, `order`) are opened, the others stay empty."""
    fields: Any = document.fields
    opened = sealing.open(document, KeyId(fields["key"]), parts) if parts else {}
    return Application(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        key=KeyId(fields["key"]),
        applicant=PersonIndex(fields["applicant"]),
        kind=CaseKind(fields["kind"]),
        form=fields["form"],
        received_at=fields["received_at"],
        snapshot=opened.get("story", {}),
        contact=opened.get("contact", {}),
        signals=tuple(opened.get("order", {}).get("signals", ())),
        stopped_files=fields["stopped_files"],
    )
