"""On which line of a TOML text a table or a key stands: the reader of the standard library does not say."""

import re
from typing import Final, TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Keys and places in arrays, from the outermost: ("steps", 2, "fields", 0, "label", "en")."""

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([\w.\-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"\s*([\w\-]+(?:\s*\.\s*[\w\-]+)*)\s*=\s*(.*)$")
_LONG: Final = ('"""', "'''")


class Lines:
    """The lines of one text, counted from 1."""

    def __init__(self, text: str) -> None:
        self._found: dict[Path, int] = {}
        self._counts: dict[Path, int] = {}
        self._table: Path = ()
        self._array: Path | None = None
        self._until = ""
        for number, line in enumerate(text.split("\n"), 1):
            self._read(line, number)

    def of(self, path: Path) -> int:
        """The line of the nearest thing around the path that has one; 1 when there is none."""
        for length in range(len(path), 0, -1):
            if path[:length] in self._found:
                return self._found[path[:length]]
        return 1

    def _read(self, line: str, number: int) -> None:
        if self._until:
            self._until = "" if self._until in line else self._until
        elif self._array is not None:
            self._read_in_array(line.strip(), number)
        elif header := _HEADER.match(line):
            self._open(header[2].split("."), number, array=header[1] == "[[")
        elif key := _KEY.match(line):
            self._read_key(key, number)

    def _open(self, names: list[str], number: int, *, array: bool) -> None:
        path: Path = ()
        for name in names[:-1]:
            path = self._last((*path, name))
        path = (*path, names[-1])
        if array:
            self._counts[path] = self._counts.get(path, 0) + 1
        self._table = self._last(path)
        self._found[self._table] = number

    def _last(self, path: Path) -> Path:
        return (*path, self._counts[path] - 1) if path in self._counts else path

    def _read_key(self, key: "re.Match[str]", number: int) -> None:
        path = (*self._table, *(one.strip() for one in key[1].split(".")))
        self._found[path] = number
        value = key[2].strip()
        if value.startswith("[") and "]" not in value:
            self._array, self._counts[path] = path, 0
        self._until = next((mark for mark in _LONG if value.count(mark) == 1), "")

    def _read_in_array(self, line: str, number: int) -> None:
        path = self._array or ()
        if line.startswith("]"):
            self._array = None
        elif line and not line.startswith("#"):
            self._found[*path, self._counts[path]] = number
            self._counts[path] += 1
