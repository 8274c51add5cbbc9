"""PDF files made anew: what is to be read, and nothing that acts, carries something along or tells who wrote it."""

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import TYPE_CHECKING, Final

from shared.domain.received_files import Refusal

if TYPE_CHECKING:
    from pikepdf import Object, Pdf

_STARTING: Final = ("/AA", "/OpenAction", "/XFA")
"""Keys that start something by themselves: additional and opening actions, dynamic forms."""
_CARRYING: Final = ("/EF", "/RF", "/AF", "/EmbeddedFiles", "/Collection", "/RichMediaContent", "/RichMediaSettings")
"""Keys of files within the file."""
_TELLING: Final = ("/Metadata", "/PieceInfo", "/LastModified")
_REMOVED: Final = ("/JavaScript", *_STARTING, *_CARRYING, *_TELLING)
_OUTSIDE: Final = ("/F", "/FFilter", "/FDecodeParms")
"""Keys of a stream that lies in another file."""
_HARMFUL_ACTIONS: Final = frozenset(
    {
        "/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToR", "/GoToE", "/Rendition", "/Movie", "/Sound",
        "/RichMediaExecute",
    }
)  # fmt: skip
_HARMLESS_ADDRESSES: Final = (b"https:", b"http:", b"mailto:", b"tel:")
_ACTING_MARKS: Final = frozenset({"/FileAttachment", "/RichMedia", "/Screen", "/Movie", "/Sound", "/3D"})
"""Annotations that play, run or hand out something."""


def disarmer() -> Callable[[bytes], bytes | Refusal]:
    """What makes a PDF anew, with the library loaded and its source of chance open: a locked PDF asks for it."""
    import pikepdf

    with pikepdf.new() as empty:
        empty.save(BytesIO(), encryption=pikepdf.Encryption(owner="", user=""))
    return disarmed


def disarmed(content: bytes) -> bytes | Refusal:
    """The PDF made anew, or why it is not taken: a damaged one is not guessed at, since pages could go lost unseen."""
    import pikepdf

    try:
        with pikepdf.open(BytesIO(content), attempt_recovery=False) as pdf:
            return _made_anew(pdf)
    except pikepdf.PasswordError:
        return Refusal.LOCKED
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001 - the library says in many ways that a file is not what it should be
        return Refusal.DAMAGED


def _made_anew(pdf: "Pdf") -> bytes | Refusal:
    import pikepdf

    if len(pdf.pages) == 0:
        return Refusal.DAMAGED
    every = list(_dictionaries(pdf))
    for one in every:
        _take_out(one)
    for one in every:
        if str(one.get("/S", "")) in _HARMFUL_ACTIONS:
            _remove(one, list(one.keys()))
    _remove(pdf.trailer, ["/Info"])
    made = BytesIO()
    pdf.save(made, encryption=False, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
    return made.getvalue()


def _take_out(one: "Object") -> None:
    """What this dictionary starts, carries or tells, and what it would do when somebody presses it."""
    import pikepdf

    _remove(one, [key for key in _REMOVED if not _is_drawn(one.get(key))])
    if isinstance(one, pikepdf.Stream):
        _remove(one, _OUTSIDE)
    _remove(one, [key for key in ("/A", "/PA", "/Next") if _acts(one.get(key))])
    marks = one.get("/Annots")
    if isinstance(marks, pikepdf.Array):
        one["/Annots"] = pikepdf.Array([mark for mark in marks if not _is_acting_mark(mark)])


def _remove(one: "Object", keys: Iterable[str]) -> None:
    for key in keys:
        if key in one:
            del one[key]


def _is_drawn(one: object) -> bool:
    """Whether it is a font or picture, which may have any name among a page's resources."""
    import pikepdf

    if isinstance(one, pikepdf.Stream):
        return str(one.get("/Subtype", "")) in {"/Image", "/Form"}
    return isinstance(one, pikepdf.Dictionary) and str(one.get("/Type", "")) == "/Font"


def _acts(one: object) -> bool:
    """Whether it is an action other than going to a page or a plain address."""
    import pikepdf

    if isinstance(one, pikepdf.Array):
        return any(_acts(each) for each in one)
    if not isinstance(one, pikepdf.Dictionary) or "/S" not in one:
        return False
    if str(one["/S"]) == "/URI":
        return not bytes(one.get("/URI", b"")).lower().startswith(_HARMLESS_ADDRESSES)
    return str(one["/S"]) != "/GoTo"


def _is_acting_mark(one: object) -> bool:
    import pikepdf

    return isinstance(one, pikepdf.Dictionary) and str(one.get("/Subtype", "")) in _ACTING_MARKS


def _dictionaries(pdf: "Pdf") -> Iterator["Object"]:
    """Every dictionary of the file, those of streams among them, each once."""
    import pikepdf

    waiting: list[Object] = [pdf.trailer, *pdf.objects]
    while waiting:
        one = waiting.pop()
        if isinstance(one, pikepdf.Array):
            waiting.extend(each for each in one if _is_held(each))
        elif isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
            yield one
            waiting.extend(each for each in one.values() if _is_held(each))


def _is_held(one: object) -> bool:
    """Whether it is a part of what holds it: what stands by itself is met by itself."""
    import pikepdf

    return isinstance(one, pikepdf.Array | pikepdf.Dictionary) and not one.is_indirect
