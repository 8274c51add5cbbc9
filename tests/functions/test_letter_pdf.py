"""A letter on paper: tagged, in its language, with its fonts inside, and a title that names nobody."""

import io
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader

from shared.app import House, use
from shared.domain.ids import ItemId
from shared.domain.letters import How
from tests.functions.staff_browser import Desk, assessed, at
from tests.houses import demo_house
from tests.letters import STREET, named, send_letter


@pytest.fixture
def house() -> Iterator[House]:
    with use(demo_house()) as opened:
        yield opened


def pdf(house: House, path: str) -> PdfReader:
    return PdfReader(io.BytesIO(Desk(house).get(path).data))


def sent(house: House) -> tuple[str, ItemId]:
    case = assessed(house)
    return at(case), send_letter(house, case, named(), How.PRINT)


def test_a_letter_is_tagged_and_says_its_language(house: House) -> None:
    case, letter = sent(house)
    for path in (f"{case}/brev/{letter}.pdf", "/arbete/utskrift/alla.pdf"):
        catalogue: Any = pdf(house, path).trailer["/Root"]

        assert catalogue["/MarkInfo"]["/Marked"]
        assert "/StructTreeRoot" in catalogue
        assert catalogue["/Lang"] == "sv"
        assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def test_its_title_names_a_number_and_nobody(house: House) -> None:
    case, letter = sent(house)
    about = pdf(house, f"{case}/brev/{letter}.pdf").metadata

    assert about is not None
    assert about.title == f"Brev BR-{letter[:6].upper()}"
    assert [secret for secret in ("Tolvan", STREET, "Vi vill") if secret in str(about)] == []


def test_every_font_lies_in_the_file(house: House) -> None:
    case, letter = sent(house)
    pages: Any = pdf(house, f"{case}/brev/{letter}.pdf").pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]

    assert described
    assert all(any(name.startswith("/FontFile") for name in one) for one in described)


def test_without_a_pdf_the_same_words_are_there_as_a_page(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    case, letter = sent(house)
    monkeypatch.setattr(type(house), "typeset", property(lambda _house: lambda _template, _content: None))
    desk = Desk(house)

    assert desk.get(f"{case}/brev/{letter}.pdf").headers["Location"] == f"{case}/brev/{letter}"
    assert desk.get("/arbete/utskrift/alla.pdf").headers["Location"] == "/arbete/utskrift?fel=pdf"
    assert "PDF-filen kunde inte göras." in desk.get("/arbete/utskrift?fel=pdf").text
