"""Other people's text on a page: escaped, kept apart from ours, with nothing hidden in it."""

import unicodedata
from typing import Final

from markupsafe import Markup, escape

from shared.domain.unbroken import unbroken

_NAMES: Final = {
    "\u200b": "ZWSP", "\u200e": "LRM", "\u200f": "RLM", "\u061c": "ALM", "\u2060": "WJ", "\ufeff": "BOM",
    "\u202a": "LRE", "\u202b": "RLE", "\u202c": "PDF", "\u202d": "LRO", "\u202e": "RLO",
    "\u2066": "LRI", "\u2067": "RLI", "\u2068": "FSI", "\u2069": "PDI",
}  # fmt: skip
_JOINERS: Final = {"\u200c", "\u200d"}
"""Zero-width joiners build letters and emoji in honest text."""


def visible(text: str, *, held: bool = False) -> Markup:
    """The text in its own `<bdi>`; characters that could turn or hide it are shown by their names.

    `held` keeps phone numbers, case numbers and paragraphs of law on one line.
    """
    return Markup("<bdi>{}</bdi>").format(_shown(text, held=held))


def visible_lines(text: str, *, held: bool = False) -> Markup:
    """Longer text as paragraphs, line breaks kept, each paragraph judged for direction by itself; `held` as above."""
    paragraphs = [part for part in text.replace("\r\n", "\n").split("\n\n") if part.strip()]
    lines = ([_shown(line, held=held) for line in part.strip("\n").split("\n")] for part in paragraphs)
    return Markup("").join(Markup('<p dir="auto">{}</p>').format(Markup("<br>").join(part)) for part in lines)


def _shown(text: str, *, held: bool) -> Markup:
    if _suspicious(text):
        return Markup("").join(map(_character, text))
    return escape(unbroken(text) if held else text)


def _suspicious(text: str) -> bool:
    return any(_hidden(character) for character in text)


def _hidden(character: str) -> bool:
    if character.isprintable() or character in _JOINERS or character in "\n\t":
        return False
    return unicodedata.category(character) in {"Cf", "Cc", "Co", "Cs", "Cn"}


def _character(character: str) -> Markup:
    if not _hidden(character):
        return escape(character)
    name = _NAMES.get(character, f"U+{ord(character):04X}")
    return Markup('<span class="tf-hidden-mark">[{}]</span>').format(name)
