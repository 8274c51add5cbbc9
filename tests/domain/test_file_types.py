"""What a file is stands in its content; its name only tells packed files apart."""

import pytest

from shared.domain.file_types import FORMS, FileType, type_by_content

BEGINNINGS = {
    FileType.JPEG: b"\xff\xd8\xff\xe1 Exif",
    FileType.PNG: b"\x89PNG\r\n\x1a\n....IHDR",
    FileType.WEBP: b"RIFF\x10\x00\x00\x00WEBPVP8 ",
    FileType.HEIC: b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00",
    FileType.PDF: b"%PDF-1.7\n",
    FileType.ZIP: b"PK\x03\x04\x14\x00",
}


@pytest.mark.parametrize("kind", BEGINNINGS)
def test_content_decides_whatever_the_name_says(kind: FileType) -> None:
    for name in ("bild.jpg", "program.exe", "", "brev.pdf.html"):
        assert type_by_content(BEGINNINGS[kind], name) is kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"MZ\x90\x00",
        b"\x7fELF",
        b"<html><script>",
        b"<svg xmlns=",
        b"GIF89a",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        b"Rar!\x1a\x07",
        b"#!/bin/sh",
        b"PK\x05\x06" + bytes(18),
        b"RIFF\x10\x00\x00\x00AVI ",
        b"\x00\x00\x00\x18ftypqt  ",
        b"\xff\xd8",
    ],
    ids=repr,
)
def test_what_is_not_on_the_list_is_not_received(content: bytes) -> None:
    assert type_by_content(content, "bild.jpg") is None


@pytest.mark.parametrize(
    "content",
    [b"GIF89a%PDF-1.7\n", b"\n%PDF-1.7\n", b"PK\x03\x04" + bytes(26) + b"%PDF-1.4\n", b"MZ" + bytes(900) + b"%PDF-1.4"],
    ids=["gif", "line-break", "zip", "program"],
)
def test_a_file_that_is_a_pdf_and_something_before_it_is_not_received(content: bytes) -> None:
    assert type_by_content(content, "brev.pdf") is None


def test_packed_files_are_told_apart_by_their_names() -> None:
    packed = BEGINNINGS[FileType.ZIP]

    assert type_by_content(packed, "Brev.DOCX") is FileType.DOCX
    assert type_by_content(packed, "budget.ods") is FileType.ODS
    assert type_by_content(packed, "makron.docm") is FileType.ZIP
    assert type_by_content(packed, "bild.jpg") is FileType.ZIP
    assert type_by_content(packed, "docx") is FileType.ZIP


def test_every_type_has_an_ending_and_a_media_type_of_its_own() -> None:
    assert FORMS.keys() == set(FileType)
    assert len({ending for form in FORMS.values() for ending in form.endings}) == sum(
        len(form.endings) for form in FORMS.values()
    )
    assert len({form.media_type for form in FORMS.values()}) == len(FORMS)
