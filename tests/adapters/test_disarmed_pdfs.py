"""A PDF is made anew: it reads as before, but nothing in it acts, nothing is carried along, nobody is named."""

import zlib
from io import BytesIO
from typing import Any, Final

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf, Stream
from pypdf import PdfReader

from shared.adapters.disarmed_pdfs import disarmed, disarmer
from shared.domain.received_files import Refusal

CANARY: Final = "Storgatan 1, Exempelby"
WORDS: Final = "Barnet kom hungrigt till skolan"
SCRIPT: Final = "app.alert = 1"


def letter() -> Pdf:
    """One page with `WORDS` on it."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(595, 842))
    page = pdf.pages[0]
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica)
    page.obj.Resources = Dictionary(Font=Dictionary(F1=font))
    page.obj.Contents = Stream(pdf, f"BT /F1 12 Tf 72 720 Td ({WORDS}) Tj ET".encode())
    return pdf


def written(pdf: Pdf, **options: Any) -> bytes:
    into = BytesIO()
    pdf.save(into, **options)
    return into.getvalue()


def remade(pdf: Pdf | bytes) -> bytes:
    made = disarmed(pdf if isinstance(pdf, bytes) else written(pdf))
    assert isinstance(made, bytes), made
    return made


def unpacked(content: bytes) -> bytes:
    """Everything that stands in the file, readable."""
    with pikepdf.open(BytesIO(content)) as pdf:
        streams = [one.read_bytes() for one in pdf.objects if isinstance(one, Stream)]
        plain = written(pdf, object_stream_mode=pikepdf.ObjectStreamMode.disable, qdf=True)
    return b"\n".join([plain, *streams])


def act(pdf: Pdf, **more: Any) -> Dictionary:
    return pdf.make_indirect(Dictionary(S=Name.JavaScript, JS=SCRIPT, **more))


def mark(pdf: Pdf, **more: Any) -> None:
    """An annotation on the first page."""
    made = Dictionary(Type=Name.Annot, Rect=Array([0, 0, 100, 100]), **({"Subtype": Name.Link} | more))
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(made)])


def attached(pdf: Pdf) -> Dictionary:
    held = Stream(pdf, CANARY.encode())
    return pdf.make_indirect(Dictionary(Type=Name.Filespec, F="a.exe", EF=Dictionary(F=held)))


def opening_action(pdf: Pdf) -> None:
    pdf.Root.OpenAction = act(pdf)


def page_action(pdf: Pdf) -> None:
    pdf.pages[0].obj.AA = Dictionary(O=act(pdf))


def named_script(pdf: Pdf) -> None:
    pdf.Root.Names = Dictionary(JavaScript=Dictionary(Names=Array(["a", act(pdf)])))


def pressed_link(pdf: Pdf) -> None:
    mark(pdf, A=act(pdf))


def pressed_later(pdf: Pdf) -> None:
    mark(pdf, A=Dictionary(S=Name.GoTo, D=Array([pdf.pages[0].obj, Name.Fit]), Next=Array([act(pdf)])))


def form_field(pdf: Pdf) -> None:
    field = pdf.make_indirect(Dictionary(FT=Name.Tx, T="a", AA=Dictionary(K=act(pdf))))
    pdf.Root.AcroForm = Dictionary(Fields=Array([field]), CO=Array([field]))


def outline(pdf: Pdf) -> None:
    item = pdf.make_indirect(Dictionary(Title="a", A=act(pdf)))
    pdf.Root.Outlines = pdf.make_indirect(Dictionary(First=item, Last=item, Count=1))


def hidden_deep(pdf: Pdf) -> None:
    pdf.Root.Whatever = Array([Dictionary(Deep=Array([Array([Dictionary(S=Name.JavaScript, JS=SCRIPT)])]))])


def dressed_as_a_font(pdf: Pdf) -> None:
    pdf.Root.OpenAction = Dictionary(Type=Name.Font, S=Name.JavaScript, JS=SCRIPT)


def rendition(pdf: Pdf) -> None:
    mark(pdf, Subtype=Name.Screen, A=Dictionary(S=Name.Rendition, JS=SCRIPT))


SCRIPTED: Final = [
    opening_action, page_action, named_script, pressed_link, pressed_later, form_field, outline, hidden_deep,
    dressed_as_a_font, rendition,
]  # fmt: skip


@pytest.fixture(autouse=True, scope="module")
def _loaded() -> None:
    disarmer()


def test_a_letter_reads_as_before() -> None:
    made = PdfReader(BytesIO(remade(letter())))

    assert [page.extract_text() for page in made.pages] == [WORDS]


@pytest.mark.parametrize("plant", SCRIPTED, ids=lambda plant: plant.__name__)
def test_no_script_is_left_wherever_it_hides(plant: object) -> None:
    pdf = letter()
    assert callable(plant)
    plant(pdf)
    assert SCRIPT.encode() in written(pdf)

    made = remade(pdf)

    assert SCRIPT.encode() not in unpacked(made)
    assert b"JavaScript" not in unpacked(made)
    assert PdfReader(BytesIO(made)).pages[0].extract_text() == WORDS


@pytest.mark.parametrize("kind", ["Launch", "SubmitForm", "ImportData", "GoToR", "GoToE", "Movie", "Sound", "Named"])
def test_a_link_that_does_something_else_than_going_somewhere_is_dead(kind: str) -> None:
    pdf = letter()
    mark(pdf, A=Dictionary(S=Name(f"/{kind}"), F="program.exe", N=Name.Quit))

    made = unpacked(remade(pdf))

    assert f"/{kind}".encode() not in made
    assert b"program.exe" not in made


@pytest.mark.parametrize("address", ["javascript:alert", "file:///c:/x", "\\\\host\\share", "data:text/html,x", ""])
def test_a_link_to_an_address_that_is_none_is_dead(address: str) -> None:
    pdf = letter()
    mark(pdf, A=Dictionary(S=Name.URI, URI=address))

    assert b"/URI" not in unpacked(remade(pdf))


@pytest.mark.parametrize("address", ["https://example.se/", "HTTP://example.se", "mailto:a@example.se", "tel:070"])
def test_a_plain_link_still_leads_there(address: str) -> None:
    pdf = letter()
    mark(pdf, A=Dictionary(S=Name.URI, URI=address))

    assert address.encode() in unpacked(remade(pdf))


def test_no_file_is_carried_along() -> None:
    pdf = letter()
    pdf.Root.Names = Dictionary(EmbeddedFiles=Dictionary(Names=Array(["a", attached(pdf)])))
    pdf.Root.AF = Array([attached(pdf)])
    pdf.Root.Collection = Dictionary(Type=Name.Collection)
    mark(pdf, Subtype=Name.FileAttachment, FS=attached(pdf))
    assert CANARY.encode() in unpacked(written(pdf))

    made = unpacked(remade(pdf))

    assert CANARY.encode() not in made
    assert b"FileAttachment" not in made
    assert b"/EF" not in made


def test_a_dynamic_form_becomes_a_plain_one() -> None:
    pdf = letter()
    pdf.Root.AcroForm = Dictionary(Fields=Array([]), XFA=Stream(pdf, CANARY.encode()))

    assert CANARY.encode() not in unpacked(remade(pdf))


def test_a_stream_that_lies_in_another_file_is_not_fetched() -> None:
    pdf = letter()
    pdf.pages[0].obj.Contents["/F"] = "https://example.se/spy"

    assert b"spy" not in unpacked(remade(pdf))


def test_nobody_is_told_who_wrote_it() -> None:
    pdf = letter()
    pdf.docinfo["/Author"] = CANARY
    pdf.Root.Metadata = Stream(pdf, CANARY.encode())
    pdf.pages[0].obj.PieceInfo = Dictionary(A=Dictionary(Private=CANARY))

    made = remade(pdf)

    assert CANARY.encode() not in unpacked(made)
    assert not PdfReader(BytesIO(made)).metadata


def test_a_font_is_kept_whatever_it_is_called() -> None:
    pdf = letter()
    page = pdf.pages[0].obj
    page.Resources.Font["/AA"] = page.Resources.Font.F1

    assert b"/AA " in unpacked(remade(pdf))


def test_a_pdf_that_needs_a_password_is_told_apart_from_a_damaged_one() -> None:
    locked = written(letter(), encryption=pikepdf.Encryption(user="hemligt", owner="hemligt"))

    assert disarmed(locked) is Refusal.LOCKED


def test_a_pdf_that_anybody_may_read_but_not_print_is_read() -> None:
    bound = written(letter(), encryption=pikepdf.Encryption(user="", owner="hemligt"))

    made = PdfReader(BytesIO(remade(bound)))

    assert not made.is_encrypted
    assert made.pages[0].extract_text() == WORDS


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.98])
def test_half_a_pdf_is_damaged(share: float) -> None:
    sent = written(letter())

    assert disarmed(sent[: int(len(sent) * share)]) is Refusal.DAMAGED


@pytest.mark.parametrize("content", [b"", b"%PDF-1.7", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\n" + bytes(5000)], ids=len)
def test_a_mark_alone_is_no_pdf(content: bytes) -> None:
    assert disarmed(content) is Refusal.DAMAGED


def test_a_pdf_without_a_page_is_damaged() -> None:
    assert disarmed(written(pikepdf.new())) is Refusal.DAMAGED


def test_pages_that_lead_back_to_themselves_are_damaged() -> None:
    pdf = letter()
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages])

    assert disarmed(written(pdf)) is Refusal.DAMAGED


def test_a_packed_file_behind_a_pdf_is_gone() -> None:
    made = remade(written(letter()) + b"\nPK\x03\x04" + CANARY.encode() + b"PK\x05\x06" + bytes(18))

    assert CANARY.encode() not in made
    assert b"PK" not in made


def test_a_packed_file_inside_a_pdf_can_no_longer_be_read_as_one() -> None:
    pdf = letter()
    pdf.Root.Shown = Stream(pdf, b"PK\x03\x04" + CANARY.encode())
    sent = written(pdf, compress_streams=False)
    assert b"PK\x03\x04" in sent

    assert b"PK\x03\x04" not in remade(sent)


def test_what_is_packed_a_thousandfold_stays_small() -> None:
    pdf = letter()
    packed = zlib.compress(zlib.compress(bytes(20_000_000), 9), 9)
    pdf.pages[0].obj.Contents = Stream(pdf, packed, Filter=Array([Name.FlateDecode, Name.FlateDecode]))
    sent = written(pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    assert packed in sent

    assert len(remade(sent)) < 50_000
