"""Which files are received, told by how their content begins: a name is only believed about what it cannot harm."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class FileType(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    WEBP = "webp"
    HEIC = "heic"
    PDF = "pdf"
    ZIP = "zip"
    DOCX = "docx"
    XLSX = "xlsx"
    PPTX = "pptx"
    ODT = "odt"
    ODS = "ods"
    ODP = "odp"


@dataclass(frozen=True, slots=True)
class Form:
    """How a type is named: the endings that people give it, the one it is kept with first, and its media type."""

    endings: tuple[str, ...]
    media_type: str


_OOXML: Final = "application/vnd.openxmlformats-officedocument."
_ODF: Final = "application/vnd.oasis.opendocument."
FORMS: Final = {
    FileType.JPEG: Form((".jpg", ".jpeg", ".jfif"), "image/jpeg"),
    FileType.PNG: Form((".png",), "image/png"),
    FileType.WEBP: Form((".webp",), "image/webp"),
    FileType.HEIC: Form((".heic", ".heif"), "image/heic"),
    FileType.PDF: Form((".pdf",), "application/pdf"),
    FileType.ZIP: Form((".zip",), "application/zip"),
    FileType.DOCX: Form((".docx",), f"{_OOXML}wordprocessingml.document"),
    FileType.XLSX: Form((".xlsx",), f"{_OOXML}spreadsheetml.sheet"),
    FileType.PPTX: Form((".pptx",), f"{_OOXML}presentationml.presentation"),
    FileType.ODT: Form((".odt",), f"{_ODF}text"),
    FileType.ODS: Form((".ods",), f"{_ODF}spreadsheet"),
    FileType.ODP: Form((".odp",), f"{_ODF}presentation"),
}
IMAGES: Final = frozenset({FileType.JPEG, FileType.PNG, FileType.WEBP, FileType.HEIC})
UNOPENED: Final = frozenset(FileType) - IMAGES - {FileType.PDF}
"""Kept as they came: what lies in a packed file is never looked at by the product."""

_PDF: Final = b"%PDF-"
_MARKS: Final = (
    (FileType.JPEG, ((0, b"\xff\xd8\xff"),)),
    (FileType.PNG, ((0, b"\x89PNG\r\n\x1a\n"),)),
    (FileType.WEBP, ((0, b"RIFF"), (8, b"WEBP"))),
    *((FileType.HEIC, ((4, b"ftyp"), (8, brand))) for brand in (b"heic", b"heix", b"heim", b"heis", b"mif1")),
    (FileType.PDF, ((0, _PDF),)),
    (FileType.ZIP, ((0, b"PK\x03\x04"),)),
)
"""What stands where in a file of each type."""
_PDF_READ_FROM: Final = 1024
"""A reader takes a file for a PDF when its mark stands anywhere in so many bytes (Adobe's implementation notes)."""


def type_by_content(content: bytes, name: str) -> FileType | None:
    """What the content is, or None for what is not received. Content decides; `name` only tells packed files apart.

    The mark must stand first: a PDF with something before it, or a packed file that also reads as a PDF, is two
    things at once and is not received.
    """
    kind = next((kind for kind, marks in _MARKS if all(content.startswith(mark, at) for at, mark in marks)), None)
    if kind is not FileType.ZIP:
        return kind
    return None if _PDF in content[:_PDF_READ_FROM] else _packed(name)


def _packed(name: str) -> FileType:
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    return next((kind for kind in sorted(UNOPENED) if ending in FORMS[kind].endings), FileType.ZIP)
