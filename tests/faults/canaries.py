"""Words that occur nowhere else, one in every field, and the search for them in every spelling they may take."""

import base64
import binascii
from collections.abc import Iterable, Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import Final
from urllib.parse import quote

from shared.formkit.definition import Field, FieldType
from shared.formkit.loading import load
from shared.settings import ROOT
from tests.journeys.acting import Fields, sample

CHILD_NUMBER: Final = "198804202383"
_TEXTS: Final = frozenset({FieldType.TEXT, FieldType.TEXTAREA})


class Canaries:
    """A report or a staff form in which every answer that a person writes is a word of its own."""

    def __init__(self, form: str, start: int = 1) -> None:
        self._numbers = count(start)
        self._fields = dict(_asked(form))
        self.words: dict[str, str] = {}
        """The words by field."""
        self.pages: dict[str, Fields] = {
            slug: {name: self._answer(name, value) for name, value in page.items()}
            for slug, page in sample(form).items()
        }

    def _answer(self, name: str, value: str | list[str]) -> str | list[str]:
        field = self._fields.get(_base(name))
        if field is None or isinstance(value, list):
            return value
        number = next(self._numbers)
        made = {FieldType.PHONE: f"070-17406{number:02d}", FieldType.EMAIL: f"kanarie{number}@example.se"}
        word = f"Kanariefagel{number}q" if field.type in _TEXTS else made.get(field.type, "")
        if word:
            self.words[name] = word
        return word or value


def spellings(word: str) -> Iterator[bytes]:
    """The bytes by which the word would be found if it lay there open, encoded or escaped."""
    for text in {word, word.lower(), word.replace("-", ""), word.replace("-", "").replace("070", "+4670", 1)}:
        plain = text.encode()
        yield from (plain, text.encode("utf-16-le"), binascii.hexlify(plain), quote(text, safe="").encode())
        for shift in range(3):  # whole groups of three bytes, wherever the word begins
            cut = plain[shift : shift + (len(plain) - shift) // 3 * 3]
            yield base64.b64encode(cut)
            yield base64.urlsafe_b64encode(cut)


def hits(words: Iterable[str], place: bytes) -> list[str]:
    """The words that can be read in these bytes, also where our pages hold them together."""
    loose = place.replace("\N{WORD JOINER}".encode(), b"")
    return [word for word in words if any(one in loose for one in spellings(word))]


def files(folder: Path) -> Mapping[str, bytes]:
    """Every file below the folder."""
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def _asked(form: str) -> Iterator[tuple[str, Field]]:
    for step in load(ROOT / "forms" / f"{form}.toml").steps:
        for field in step.fields:
            yield field.id, field
            yield from ((f"{field.id}-{inner.id}", inner) for inner in field.fields)


def _base(name: str) -> str:
    return "-".join(part for part in name.split("-") if not part.isdigit())
