"""A stranger's file name is shown as it was meant, and can mislead neither people nor machines."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.domain.file_names import LONGEST, safe_name
from shared.domain.file_types import FORMS, FileType

EXAMPLES = {
    "Skärmbild från skolan.PNG": "Skärmbild från skolan.png",
    "صورة.png": "صورة.png",
    "../../../etc/passwd": "passwd.png",
    "D:\\Bilder\\Anna\\rum.png": "rum.png",
    "rum.png/": "bilaga.png",
    ".htaccess": "htaccess.png",
    "rum\u202egnp.exe": "rumgnp.exe.png",
    "rum\u2066\u200b\ufeff.png": "rum.png",
    "faktura.pdf.exe": "faktura.pdf.exe.png",
    "rum\x00.png": "rum.png",
    "rum\r\nSet-Cookie: x=1.png": "rum Set-Cookie_ x=1.png",
    'a"b;c*d?.png': "a_b;c_d_.png",
    "CON.png": "_CON.png",
    "con": "_con.png",
    "LPT1.txt": "_LPT1.txt.png",
    "aux .png": "_aux.png",
    "COM¹.png": "_COM¹.png",
    "console.png": "console.png",
    "": "bilaga.png",
    " . . ": "bilaga.png",
    ".png": "bilaga.png",
    "\u00ad\u200d": "bilaga.png",
    "a\u0308.png": "ä.png",
    "rum\ud800.png": "rum.png",
    "Rapport 2026.11.png": "Rapport 2026.11.png",
    "rum . png.png": "rum . png.png",
}


@pytest.mark.parametrize("written", EXAMPLES, ids=ascii)
def test_a_name_becomes_one_that_is_safe(written: str) -> None:
    assert safe_name(written, FileType.PNG) == EXAMPLES[written]


def test_the_ending_is_the_one_of_what_is_kept() -> None:
    assert safe_name("IMG_1204.HEIC", FileType.HEIC) == "IMG_1204.heic"
    assert safe_name("rum.jpeg", FileType.JPEG) == "rum.jpg"
    assert safe_name("IMG_1204.HEIC", FileType.HEIC, FileType.JPEG) == "IMG_1204.jpg"
    assert safe_name("rum.heic", FileType.PNG, FileType.JPEG) == "rum.heic.jpg"


@pytest.mark.parametrize("letter", ["a", "å", "字", "👶", "e\u0323\u0302"], ids=ascii)
def test_a_long_name_is_cut_between_letters(letter: str) -> None:
    name = safe_name(letter * 255 + ".docx", FileType.DOCX)

    assert LONGEST - len(letter.encode()) < len(name.encode()) <= LONGEST
    assert name.removesuffix(".docx").replace(unicodedata.normalize("NFC", letter), "") == ""


def test_an_endless_name_takes_no_time() -> None:
    assert len(safe_name("a\u0301\u0327" * 1_000_000, FileType.PDF).encode()) <= LONGEST


@given(st.text(), st.sampled_from(FileType))
def test_whatever_is_written_the_name_is_safe(written: str, kind: FileType) -> None:
    name = safe_name(written, kind)
    ending = FORMS[kind].endings[0]

    assert name.endswith(ending)
    assert len(name) > len(ending)
    assert len(name.encode()) <= LONGEST
    assert not set('/\\<>:"|?*') & set(name)
    assert {unicodedata.category(one) for one in name}.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert name[0] not in " ."


@given(st.text(), st.sampled_from(FileType))
def test_a_safe_name_stays_as_it_is(written: str, kind: FileType) -> None:
    name = safe_name(written, kind)

    assert safe_name(name, kind) == name
