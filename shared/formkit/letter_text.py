"""The words of a letter: a TOML file with places, filled with what staff wrote and what the case and the register know.

A line with a place that nothing fills is left out. What is filled in is text and is never looked into for places.
"""

import re
import tomllib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Final

from shared.domain.letters import LetterKind, Part
from shared.formkit.tables import Source, Table

_PLACE: Final = re.compile(r"\{([a-z_]+)\}")
_KINDS: Final = frozenset({"text", "heading", "list", "code"})
_CONFIDENCE: Final = frozenset({"V", "V2", "K", "U"})
"""How sure we are of the rule: read in the statute, second-hand, common knowledge, uncertain."""


@dataclass(frozen=True, slots=True)
class Piece:
    """One part as declared; `needs` and `unless` name a word, or a choice as `field=code`."""

    kind: str
    lines: tuple[str, ...]
    needs: str = ""
    unless: str = ""


@dataclass(frozen=True, slots=True)
class LetterText:
    """One kind of letter in one language. `law` names its paragraph in full."""

    kind: LetterKind
    version: int
    language: str
    valid_from: date
    law: str
    confidence: str
    title: str
    pieces: tuple[Piece, ...]
    usual: Mapping[str, str]
    """What usually stands in a field of its form: staff begin with it and may write something else."""

    @property
    def places(self) -> frozenset[str]:
        """Every place that its words leave open, and every word that decides whether a part stands."""
        texts = [self.title, *(line for piece in self.pieces for line in piece.lines)]
        deciding = {one.partition("=")[0] for piece in self.pieces for one in (piece.needs, piece.unless) if one}
        return frozenset(place for text in texts for place in _PLACE.findall(text)) | deciding


@lru_cache(maxsize=16)
def load_letter(path: Path) -> LetterText:
    """The letter in the file, read and checked once per process; `BadForm` says what is wrong."""
    return parse_letter(path.read_text("utf-8"), path.name)


def parse_letter(text: str, file: str) -> LetterText:
    """The letter in the text; `file` is its name in messages."""
    table = Table(tomllib.loads(text), file, Source(text, file))
    letter = LetterText(
        kind=LetterKind(table.id()),
        version=table.take("version", int),
        language=table.take("language", str),
        valid_from=table.take("valid_from", date),
        law=table.take("law", str),
        confidence=table.take("confidence", str),
        title=table.take("title", str),
        pieces=tuple(_piece(one) for one in table.tables("parts")),
        usual=_usual(table),
    )
    table.done()
    if letter.confidence not in _CONFIDENCE or not letter.pieces:
        raise table.wrong(f"needs parts, and a confidence among {', '.join(sorted(_CONFIDENCE))}")
    return letter


def composed(letter: LetterText, words: Mapping[str, str], chosen: Collection[str] = ()) -> tuple[Part, ...]:
    """The letter's parts with its places filled from `words`; `chosen` holds the choices made, as `field=code`."""
    known = {name for name, word in words.items() if word} | set(chosen)
    pieces = (one for one in letter.pieces if (not one.needs or one.needs in known) and one.unless not in known)
    parts = (Part(one.kind, tuple(_filled(one.lines, words))) for one in pieces)
    return tuple(part for part in parts if part.lines)


def _usual(table: Table) -> Mapping[str, str]:
    raw = table.raw("usual") or {}
    if not isinstance(raw, dict) or not all(isinstance(one, str) for one in raw.values()):
        raise table.wrong("'usual' holds a text for each field")
    return raw


def _filled(lines: Iterable[str], words: Mapping[str, str]) -> Iterable[str]:
    whole = (line for line in lines if all(words.get(place) for place in _PLACE.findall(line)))
    return (_PLACE.sub(lambda place: words[place[1]], line) for line in whole)


def _piece(table: Table) -> Piece:
    kind = table.take("kind", str)
    raw = table.raw("lines")
    if kind not in _KINDS or not isinstance(raw, list) or not all(isinstance(one, str) for one in raw):
        raise table.wrong("a part has a 'kind' (text, heading, list, code) and 'lines'")
    piece = Piece(kind, tuple(raw), table.take_or("needs", ""), table.take_or("unless", ""))
    table.done()
    return piece
