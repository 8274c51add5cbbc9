"""Paper: a tagged PDF with the fonts inside, whatever people write."""

import io
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from shared.adapters.typst_pages import _DRAWN, printable, typeset
from shared.settings import ROOT

RECEIPT = ROOT / "shared" / "web" / "paper" / "receipt.typ"


def content(*lines: str) -> Mapping[str, object]:
    return {
        "language": "sv", "municipality": "Exempelkommun", "title": "Kvitto på din anmälan", "reference": "OA-4T7-X9K",
        "facts": [{"term": "Ärendenummer", "value": "OA-4T7-X9K"}],
        "next_title": "Det här händer nu", "next": ["Vi läser."],
        "call_title": "Om något ändras", "call": ["Ring."], "care": "Mejla det inte.",
        "sent_title": "Det här skickade du",
        "sections": [{"heading": "Barnet", "rows": [{"label": "Namn", "lines": list(lines), "rows": []}]}],
        "unanswered": "Frågor utan svar visas inte.", "page": "Sida", "of": "av",
    }  # fmt: skip


def read(made: bytes | None) -> PdfReader:
    assert made is not None
    return PdfReader(io.BytesIO(made))


def text(made: bytes | None) -> str:
    return "\n".join(page.extract_text() for page in read(made).pages)


@pytest.fixture(scope="module")
def receipt() -> bytes | None:
    return typeset(RECEIPT, content("Kim Exempel"))


def test_the_receipt_is_tagged_and_says_its_language_and_title(receipt: bytes | None) -> None:
    catalogue: Any = read(receipt).trailer["/Root"]

    assert catalogue["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in catalogue
    assert catalogue["/Lang"] == "sv"
    assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def test_the_title_names_the_receipt_and_nobody(receipt: bytes | None) -> None:
    about = read(receipt).metadata

    assert about is not None
    assert about.title == "Kvitto på din anmälan OA-4T7-X9K"
    assert "Kim" not in str(about)


def test_every_font_lies_in_the_file(receipt: bytes | None) -> None:
    pages: Any = read(receipt).pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]

    assert described
    assert all(any(name.startswith("/FontFile") for name in one) for one in described)


def test_what_was_written_can_be_read(receipt: bytes | None) -> None:
    assert "Kim Exempel" in text(receipt)


@pytest.mark.parametrize(
    "written", ["#strong[x] *y* $z$ @ref <label>", "= Rubrik", "// bort", '#import "x.typ"', "\\u{41}"]
)
def test_nothing_that_is_written_is_read_as_markup(written: str) -> None:
    assert written.replace(" ", "") in text(typeset(RECEIPT, content(written))).replace(" ", "").replace("\n", "")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("😭", "[loudly crying face]"),
        ("a\u202eb", "a[right-to-left override]b"),
        ("\x07", "[U+0007]"),
        ("a\u030a", "å"),
        ("e\u0301\u0489", "é[combining cyrillic millions sign]"),
        ("中", "[cjk unified ideograph-4e2d]"),
        ("sjuk\u00adhus", "sjukhus"),
        ("Привет السلام – 5 €", "Привет السلام – 5 €"),
    ],
)
def test_what_the_fonts_lack_stands_with_its_name(written: str, shown: str) -> None:
    assert printable(written) == shown
    assert typeset(RECEIPT, content(written)) is not None


def test_every_character_said_to_be_drawn_is_drawn() -> None:
    characters = [chr(code) for first, last in _DRAWN for code in range(first, last + 1)]
    known = [one for one in characters if unicodedata.category(one) not in {"Cn", "Cf"}]
    lines = ["".join(known[start : start + 60]) for start in range(0, len(known), 60)]

    assert typeset(RECEIPT, content(*lines)) is not None
    assert [one for one in known if unicodedata.category(one).startswith("M")] == []


def test_sequences_that_break_typst_down_never_reach_it() -> None:
    marks = "".join(chr(code) for code in range(0x300, 0x370)) + "".join(chr(code) for code in range(0x900, 0xE00))

    assert typeset(RECEIPT, content(marks, "i\u20e1 ɩ\u0485 g\u065b")) is not None


def test_ten_thousand_words_and_one_endless_word_make_pages() -> None:
    assert len(read(typeset(RECEIPT, content("ord " * 10_000, "x" * 5_000))).pages) > 5


def test_a_template_that_cannot_be_set_gives_nothing_instead_of_a_fault(tmp_path: Path) -> None:
    broken = tmp_path / "broken.typ"
    broken.write_text("#nothing-like-it()")

    assert typeset(broken, {}) is None
