"""Originals and the certificates they were sealed with, as they are stored: no word about a person lies in them."""

import hashlib
from datetime import datetime
from typing import Any, Final

from shared.domain.ids import CaseId, FileId, ItemId, KeyId
from shared.domain.originals import Original
from shared.ports.store import Create, Document, Value
from shared.records.sealing import SCHEMA

CODE: Final = "original code"
"""The purpose of the blind index of reference and code."""
CODE_SECRET: Final = "original code made of"  # noqa: S105 - the name of a purpose
"""The purpose of the keyed hash that a code is made of."""


def original_row(original: Original) -> Create:
    """The row, which is only ever created."""
    fields: dict[str, Value] = {
        "case": original.case,
        "file": original.file,
        "key": original.key,
        "reference": original.reference,
        "sha256": original.sha256,
        "code": original.code,
        "sealed_at": original.sealed_at,
        "covered": original.covered,
        "schema": SCHEMA,
    }
    return Create("originals", original.id, fields)


def read_original(document: Document) -> Original:
    """The original."""
    fields: Any = document.fields
    return Original(
        id=ItemId(document.id),
        rev=document.rev,
        case=CaseId(fields["case"]),
        file=FileId(fields["file"]),
        key=KeyId(fields["key"]),
        reference=fields["reference"],
        sha256=fields["sha256"],
        code=fields["code"],
        sealed_at=fields["sealed_at"],
        covered=fields.get("covered", ""),
    )


def certificate_row(certificate: bytes, now: datetime) -> Create:
    """A certificate that the installation seals with from now on; creating it twice fails."""
    fingerprint = hashlib.sha256(certificate).hexdigest()
    fields: dict[str, Value] = {"certificate": certificate, "used_from": now, "schema": SCHEMA}
    return Create("seal_certificates", fingerprint, fields)
