"""Paper: a template and its content become a tagged PDF (PDF/UA-1) with typst, on a machine without any fonts."""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Final, Literal, TypeAlias

from shared import log

FONT: Final = "Libertinus Serif"
"""Comes inside typst, as does DejaVu Sans Mono, which draws what it lacks."""

_DRAWN: Final = (
    (0x20, 0x7E), (0xA0, 0xAC), (0xAE, 0x2FF), (0x370, 0x377), (0x37A, 0x37F), (0x384, 0x38A), (0x38C, 0x38C),
    (0x38E, 0x3A1), (0x3A3, 0x482), (0x48A, 0x4FF), (0x531, 0x556), (0x559, 0x58A), (0x60C, 0x60C), (0x61B, 0x61B),
    (0x61F, 0x61F), (0x621, 0x63A), (0x640, 0x64A), (0x660, 0x66D), (0x67E, 0x67E), (0x686, 0x686), (0x698, 0x698),
    (0x6A4, 0x6A4), (0x6A9, 0x6A9), (0x6AF, 0x6AF), (0x6BE, 0x6BE), (0x6CC, 0x6CC), (0x6F0, 0x6F9), (0x10D0, 0x10FF),
    (0x1E00, 0x1EFF), (0x2010, 0x2027), (0x202F, 0x2040), (0x2044, 0x2052), (0x2060, 0x2060), (0x2070, 0x2071),
    (0x2074, 0x208E), (0x20A0, 0x20BF), (0x2100, 0x211E), (0x2122, 0x2122), (0x2126, 0x214F), (0x2153, 0x2184),
    (0x2190, 0x22FF), (0x2500, 0x2606), (0x2610, 0x2612), (0x2639, 0x263C), (0x2660, 0x266F), (0x2713, 0x2714),
    (0x2717, 0x2718),
)  # fmt: skip
"""Characters that typst's own fonts draw alone and in any company: no combining marks, no scripts that are shaped from
parts. PDF/UA refuses a character without a glyph, and typst 0.15 breaks down over some sequences of marks, telling the
text to standard error: what is not listed here never reaches it. A test sets every one of them."""
_SILENT: Final = dict.fromkeys((0xAD, 0x200B, 0x200C, 0x200D, 0xFE0E, 0xFE0F, 0xFEFF))
"""Invisible characters that only help to break or join letters: nothing is lost without them."""
_IDLE: Final = re.compile(r"(?<![\-\N{EN DASH}])\N{WORD JOINER}")
"""A joiner elsewhere than where `unbroken` puts it."""


ORIGINAL: Final = Path(__file__).parent / "papers" / "decision.typ"
"""The template of a decision's original."""

Typeset: TypeAlias = Callable[[Path, Mapping[str, object]], bytes | None]


def typeset(
    template: Path, content: Mapping[str, object], standards: Sequence[Literal["ua-1", "a-2a"]] = ("ua-1",)
) -> bytes | None:
    """The template's PDF by these standards, with the content, which it reads as JSON from `sys.inputs.content`.

    Texts of the content are shown as written and never read as markup; a character that the fonts do not
    have stands with its name in brackets. The first call takes about 0.1 s, later ones 0.05 s. None when typst fails.
    """
    import typst

    inputs = {"content": json.dumps(_printable(content), ensure_ascii=False), "font": FONT}
    try:
        made = typst.compile(
            str(template), root=str(template.parent), sys_inputs=inputs, pdf_standards=list(standards),
            ignore_system_fonts=True,
        )  # fmt: skip
    except BaseException as error:
        # A breakdown inside typst is no Exception: it must not take the whole request with it.
        if isinstance(error, KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        log.warn("paper.not_made", error=type(error).__name__)
        return None
    return made


def typeset_original(content: Mapping[str, object]) -> bytes | None:
    """A decision's original before it is sealed: to be kept for decades (PDF/A-2a) and read by everybody (PDF/UA-1)."""
    return typeset(ORIGINAL, content, ("a-2a", "ua-1"))


def _printable(content: object) -> object:
    match content:
        case str():
            return printable(content)
        case Mapping():
            return {name: _printable(value) for name, value in content.items()}
        case list() | tuple():
            return [_printable(value) for value in content]
        case _:
            return content


def printable(text: str) -> str:
    """The text with every character that cannot be drawn named in brackets: `[crying face]`, `[U+0007]`."""
    if text.isascii() and text.isprintable():
        return text
    composed = _IDLE.sub("", unicodedata.normalize("NFC", text).translate(_SILENT))
    return "".join(one if _is_drawn(one) else _named(one) for one in composed)


def _is_drawn(character: str) -> bool:
    code = ord(character)
    return any(first <= code <= last for first, last in _DRAWN)


def _named(character: str) -> str:
    if character == "\t":
        return " "
    name = unicodedata.name(character, "").lower()
    return f"[{name or f'U+{ord(character):04X}'}]"
