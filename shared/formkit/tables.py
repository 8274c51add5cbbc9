"""TOML tables read key by key, so that every mistake in a form is one clear line with its place."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final, TypeVar

from shared.formkit.toml_lines import Lines, Path
from shared.formkit.words import LANGUAGES, Texts

PLACES: Final = frozenset({"acute", "out_of_hours", "phone", "municipality"})
"""What the texts of a form may leave open for the web layer to fill: `{acute}` and so on."""

ARROW: Final = " › "
"""Between the names of a place: file › step › field."""

_PLACE: Final = re.compile(r"\{(\w*)\}")
_ID: Final = re.compile(r"[a-z][a-z0-9_]*")
_T = TypeVar("_T", str, int, bool, date)


class BadForm(Exception):
    """A form's definition is wrong; the message is one line: file with line, place, what.

    `others` are the further mistakes that were found, in the order of the file.
    """

    def __init__(self, place: str, what: str, line: int = 0) -> None:
        file, arrow, rest = place.partition(ARROW)
        super().__init__(f"{file}:{line}{arrow}{rest}: {what}" if line else f"{place}: {what}")
        self.line = line
        self.others: tuple[BadForm, ...] = ()

    @property
    def all(self) -> "tuple[BadForm, ...]":
        """Every mistake, this one first."""
        return (self, *self.others)


class Source:
    """The text that tables come from: it knows their lines, and gathers what is wrong with it."""

    def __init__(self, text: str, file: str) -> None:
        self.file = file
        self.faults: list[BadForm] = []
        self._lines = Lines(text)
        self._paths: dict[str, Path] = {}

    def knows(self, place: str, path: Path) -> None:
        """Remember which table is meant by a place in words."""
        self._paths[place] = path

    def wrong(self, place: str, what: str, key: str = "") -> BadForm:
        """The error about a place in words, or about a key there."""
        names, rest = place.removesuffix(".when").split(ARROW), [key] if key else []
        while names and ARROW.join(names) not in self._paths:
            rest.insert(0, names.pop())
        path = self._paths.get(ARROW.join(names), ())
        return BadForm(place, what, self._lines.of((*path, *rest)))

    def settle(self) -> None:
        """Raise what has gathered, the first with the others in it."""
        if self.faults:
            first, *others = sorted(self.faults, key=lambda one: one.line)
            first.others = tuple(others)
            raise first


class Table:
    """One TOML table: what is taken is checked, and what is left over is a mistake."""

    def __init__(self, raw: object, place: str, source: Source, path: Path = ()) -> None:
        self.place = place
        self.source = source
        self._path = path
        source.knows(place, path)
        if not isinstance(raw, Mapping):
            raise self.wrong("must be a table")
        self._left = dict(raw)

    def wrong(self, what: str, key: str = "") -> BadForm:
        """The error to raise about this table, or a key of it."""
        return self.source.wrong(self.place, what, key)

    def has(self, key: str) -> bool:
        """Whether the key is there and not taken yet."""
        return key in self._left

    def take(self, key: str, kind: type[_T]) -> _T:
        """The value of a key that must be there."""
        if key not in self._left:
            raise self.wrong(f"'{key}' is missing")
        value = self._left.pop(key)
        if type(value) is not kind:
            raise self.wrong(f"'{key}' must be {_KINDS[kind]}", key)
        return value

    def take_or(self, key: str, default: _T) -> _T:
        """The value of a key of the default's type, or the default."""
        return self.take(key, type(default)) if key in self._left else default

    def id(self, key: str = "id") -> str:
        """An identifier: lower case letters, digits and underscores."""
        value = self.take(key, str)
        if not _ID.fullmatch(value):
            raise self.wrong(f"'{key}' is '{value}'; it must start with a-z and hold a-z, 0-9 and _ only", key)
        return value

    def texts(self, key: str) -> Texts:
        """Words in every language."""
        if key not in self._left:
            raise self.wrong(f"'{key}' is missing")
        table = self.inner(self._left.pop(key), key, key)
        texts = table.own_texts()
        table.done()
        return texts

    def own_texts(self) -> Texts:
        """Words in every language, written in this table itself."""
        return {language: self._text(language) for language in LANGUAGES}

    def texts_or_none(self, key: str) -> Texts | None:
        """Words in every language, or None when the key is not there."""
        return self.texts(key) if key in self._left else None

    def raw(self, key: str) -> object:
        """The value as it stands, or None."""
        return self._left.pop(key, None)

    def tables(self, key: str) -> Iterator["Table"]:
        """The tables of an array, in order; none when the key is not there."""
        rows = self._left.pop(key, [])
        if not isinstance(rows, list):
            raise self.wrong(f"'{key}' must be a list of tables")
        for number, raw in enumerate(rows, 1):
            name = next((raw[one] for one in ("id", "code") if one in raw), number) if isinstance(raw, dict) else number
            yield self.inner(raw, f"{_KINDS_OF_NAMES.get(key, '')}{name}", key, number - 1)

    def inner(self, raw: object, name: str, *path: str | int) -> "Table":
        """A table inside this one, by what it is called and where it stands."""
        return Table(raw, f"{self.place}{ARROW}{name}", self.source, (*self._path, *path))

    def done(self) -> None:
        """Nothing may be left over."""
        if self._left:
            key = next(iter(self._left))
            raise self.wrong(f"unknown key '{key}'", key)

    def _text(self, language: str) -> str:
        text = self._left.pop(language, None)
        if not isinstance(text, str) or not text.strip():
            raise self.wrong(f"text in '{language}' is missing", language)
        unknown = set(_PLACE.findall(text)) - PLACES
        if unknown:
            raise self.wrong(f"unknown place {{{min(unknown)}}} in the text in '{language}'", language)
        return text


_KINDS_OF_NAMES: Final = {"parts": "part ", "signals": "signal ", "papers": "paper "}
"""What stands before the name of a table that may be called as a step is."""
_KINDS: Final[dict[type, str]] = {str: "a text", int: "a whole number", bool: "true or false", date: "a date"}
