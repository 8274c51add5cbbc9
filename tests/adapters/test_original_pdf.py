"""The original as a file: to be kept for decades, read by everybody, and showing what people wrote as they wrote it."""

from io import BytesIO
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from shared.adapters.typst_pages import typeset_original
from tests.adapters.seals import AT, CONTENT, OURS, organisation, seals, unsealed

APPEALABLE = {
    **CONTENT,
    "appealable": True,
    "decision": "Socialnämnden avslår ansökan om stöd.",
    "lagrum": "11 kap. 1 § socialtjänstlagen (2025:400)",
}


def text(pdf: bytes | None) -> str:
    assert pdf is not None
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture(scope="module", params=[OURS, organisation()], ids=["practice", "organisation"])
def original(request: pytest.FixtureRequest) -> bytes:
    """Sealed in the practice room, and with an organisation's own kind of certificate."""
    return seals(request.param).seal(unsealed(), AT)


def test_it_says_of_itself_that_it_is_made_for_the_archive_and_for_everybody(original: bytes) -> None:
    with pikepdf.open(BytesIO(original)) as pdf, pdf.open_metadata() as about:
        assert (about["pdfaid:part"], about["pdfaid:conformance"]) == ("2", "A")
        assert about["{http://www.aiim.org/pdfua/ns/id/}part"] == "1"
        assert about["dc:title"] == "Beslut OA-4T7-X9K"


def test_the_seal_leaves_what_the_archive_demands(original: bytes) -> None:
    catalogue: Any = PdfReader(BytesIO(original)).trailer["/Root"]

    assert original.startswith(b"%PDF-1.7")
    assert "/Version" not in catalogue
    assert "/OutputIntents" in catalogue
    assert "/Encrypt" not in PdfReader(BytesIO(original)).trailer
    assert catalogue["/Perms"]["/DocMDP"]["/Reference"][0].get_object()["/TransformParams"]["/P"] == 1


def test_the_title_in_the_metadata_names_the_decision_and_nobody(original: bytes) -> None:
    assert "Nova" not in str(PdfReader(BytesIO(original)).metadata)
    with pikepdf.open(BytesIO(original)) as pdf:
        assert b"Nova" not in pdf.Root.Metadata.read_bytes()


def test_it_is_tagged_in_swedish_with_headings_in_order(original: bytes) -> None:
    catalogue: Any = PdfReader(BytesIO(original)).trailer["/Root"]
    tags = list(_tags(catalogue["/StructTreeRoot"]))

    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "sv"
    assert [one for one in tags if one.startswith("/H")] == ["/H1", "/H2", "/H2", "/H2", "/H2"]
    assert "/P" in tags


def test_every_font_lies_in_the_file(original: bytes) -> None:
    pages: Any = PdfReader(BytesIO(original)).pages
    fonts = [font.get_object() for page in pages for font in page["/Resources"]["/Font"].values()]
    described = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]

    assert described
    assert all(any(name.startswith("/FontFile") for name in one) for one in described)


def test_what_cannot_be_appealed_is_said_so_with_its_paragraph() -> None:
    said = text(unsealed())

    assert "Beslutet kan inte överklagas" in said
    assert "35 kap. 1 § socialtjänstlagen" in said
    assert "Så överklagar du" not in said


def test_how_to_appeal_says_to_whom_where_when_and_what() -> None:
    said = text(typeset_original(APPEALABLE))

    assert "Beslutet kan inte överklagas" not in said
    for needed in ("förvaltningsrätten", "oss på socialnämnden", "inom tre veckor", "fick del av beslutet",
                   "nummer OA-4T7-X9K", "hur du vill att det ska ändras", "44 §§ förvaltningslagen"):  # fmt: skip
        assert needed in said


def test_number_and_code_stand_on_every_page() -> None:
    made = typeset_original({**CONTENT, "motivation": ["En lång motivering. " * 300] * 3})
    assert made is not None
    pages = PdfReader(BytesIO(made)).pages

    assert len(pages) > 2
    for page in pages:
        assert "OA-4T7-X9K" in page.extract_text()
        assert "K7TM-2XQA-9R4W" in page.extract_text()


@pytest.mark.parametrize(
    "written",
    [
        "#strong[x] *y* $z$ @ref <label>",
        "= Rubrik",
        "// bort",
        '#import "x.typ"',
        "\\u{41}",
        "😭 \x07 \u202e",
        "A" * 3000,
    ],
)
def test_nothing_that_people_wrote_is_read_as_markup_or_stops_the_making(written: str) -> None:
    hostile = {**CONTENT, "motivation": [written], "about": [written], "by": [written]}
    said = text(typeset_original(hostile)).replace(" ", "")

    if written.isascii() and written.isprintable():
        assert written.replace(" ", "") in said


def test_without_a_name_and_without_a_motivation_it_is_still_made() -> None:
    said = text(typeset_original({**CONTENT, "about": [], "motivation": []}))

    assert "Beslutet gäller" not in said
    assert "Därför" not in said


def _tags(node: Any) -> Any:
    node = node.get_object()
    if isinstance(node, list):
        for one in node:
            yield from _tags(one)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from _tags(node["/K"])
