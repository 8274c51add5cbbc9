"""Text as people write it, made safe to keep: one Unicode form, no control characters, nothing visible lost."""

import re
import unicodedata
from typing import Final

_BROKEN: Final = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\u2060\ufffe\uffff]")
"""Among them the word joiner, which our own pages put into phone numbers and references: whoever copies one from there
did not write it."""
_LINE_ENDS: Final = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BIDI: Final = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACE: Final = re.compile(r"\s+")
_MARKS: Final = 30
"""Combining marks in a row that are kept (UAX #15, Stream-Safe Text Format): normalising longer runs takes quadratic
time, and no language writes them."""


def cleaned(text: str, *, lines: bool) -> str:
    """The text in NFC without control characters and outer space; `lines` keeps line breaks and tabs.

    Emoji, joiners and direction controls stay. Text with nothing visible becomes empty. Linear time.
    """
    if not text.isascii():
        text = unicodedata.normalize("NFC", _with_few_marks(text))
    text = without_controls(text)
    text = text.strip() if lines else _SPACE.sub(" ", text).strip()
    return text if _visible(text) else ""


def without_controls(text: str) -> str:
    """The text as it was written, but with plain line breaks and without characters that no page may hold."""
    return _BROKEN.sub("", _LINE_ENDS.sub("\n", text))


def has_bidi_controls(text: str) -> bool:
    """Whether the text holds invisible characters that can make it read in another order than it was written."""
    return not text.isascii() and _BIDI.search(text) is not None


def with_plain_digits(text: str) -> str:
    """The text with digits of any script as 0–9, no-break spaces as spaces and every dash as a hyphen."""
    if text.isascii():
        return text
    return "".join(_plain(character) for character in text)


def _plain(character: str) -> str:
    digit = unicodedata.decimal(character, None)
    if digit is not None:
        return str(digit)
    category = unicodedata.category(character)
    return " " if category == "Zs" else ("-" if category == "Pd" or character == "\u2212" else character)


def _with_few_marks(text: str) -> str:
    kept: list[str] = []
    row = 0
    for character in text:
        row = row + 1 if unicodedata.combining(character) else 0
        if row <= _MARKS:
            kept.append(character)
    return "".join(kept)


def _visible(text: str) -> bool:
    return any(not one.isspace() and unicodedata.category(one) != "Cf" for one in text)
