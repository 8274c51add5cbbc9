"""Names of files as strangers wrote them, made safe to show, to put in a header and to save on any machine."""

import re
import unicodedata
from typing import Final

from shared.domain.file_types import FORMS, FileType

LONGEST: Final = 255
"""Bytes of UTF-8: what Linux file systems hold; Windows and macOS hold as many characters."""
NAMELESS: Final = "bilaga"
_SPOKEN: Final = 80

_READ: Final = 4 * LONGEST
"""Characters that are looked at; what is longer is nobody's file name."""
_PART: Final = re.compile(r"[/\\]")
_FORBIDDEN: Final = re.compile(r'[<>:"|?*\x00]')
_SPACE: Final = re.compile(r"\s+")
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{n}" for port in ("com", "lpt") for n in "0123456789¹²³"}
)
"""Names that Windows takes for devices, with any ending."""


def safe_name(written: str, sent: FileType, kept: FileType | None = None) -> str:
    """A name of at most 255 bytes that ends as the type it is kept as, without path, control and direction characters.

    Letters of every script stay. `rum.heic` kept as JPEG becomes `rum.jpg`, and `faktura.pdf.exe` with the content
    of a PDF `faktura.pdf.exe.pdf`.
    """
    last = _PART.split(written[-_READ:])[-1]
    stem = _without_ending(_plain(last), sent)
    if stem.split(".", 1)[0].rstrip().lower() in _DEVICES:
        stem = f"_{stem}"
    ending = FORMS[kept or sent].endings[0]
    return f"{_cut(stem, LONGEST - len(ending)) or NAMELESS}{ending}"


def shown_name(written: str) -> str:
    """What to call a file that is not received, when it is spoken of: short, without path and hidden characters."""
    return _cut(_plain(_PART.split(written[-_READ:])[-1]), _SPOKEN) or NAMELESS


def _plain(name: str) -> str:
    spaced = _SPACE.sub(" ", unicodedata.normalize("NFC", name))
    seen = "".join(one for one in spaced if unicodedata.category(one) not in {"Cc", "Cf", "Cs", "Co", "Cn"})
    return _FORBIDDEN.sub("_", seen).rstrip(" .")


def _without_ending(name: str, kind: FileType) -> str:
    own = next((one for one in FORMS[kind].endings if name.lower().endswith(one)), "")
    return name[: len(name) - len(own)].strip(" .")


def _cut(stem: str, most: int) -> str:
    short = stem.encode()[:most].decode(errors="ignore")
    if short != stem:
        while short and unicodedata.combining(stem[len(short)]):
            stem, short = short, short[:-1]  # a letter is kept with all of its marks or not at all
    return short.rstrip(" .")
