"""Reads a TOML table field by field: what is missing, misspelt or of the wrong kind is named where it stands."""

import re
import tomllib
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, Final, TypeVar

from shared.settings import BadSettings

_T = TypeVar("_T")
_ID: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@:-]{0,63}")
_LANGUAGES: Final = ("sv", "en")
_KINDS: Final[Mapping[type, str]] = {
    str: "text", bool: "true or false", date: "a date such as 2026-07-01", time: "a time such as 08:00:00",
    dict: "a table", list: "a list",
}  # fmt: skip


def read_toml(path: Path, what: str) -> "Table":
    """The whole file as a table; raises `BadSettings` with one line that says `what` it is when it cannot be read."""
    try:
        return Table(path.name, "", tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise BadSettings(f"{what} cannot be read: {path.name}.") from error
    except UnicodeDecodeError as error:
        raise BadSettings(f"{what} {path.name} is not text in UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"{what} {path.name} is not TOML: {error}.") from error


class Table:
    """One table; `file` and `place` name it in the one line that an error is. `found` is what it holds, unread."""

    def __init__(self, file: str, place: str, found: Mapping[str, Any]) -> None:
        self._file = file
        self._place = place
        self.found = found

    def refuse(self, field: str, what: str) -> BadSettings:
        """The error to raise: file, field, and what is wrong with it."""
        return BadSettings(f"{self._file}: {self._where(field)} {what}.")

    def only(self, known: Collection[str]) -> "Table":
        """This table, when it holds no other fields than these."""
        for name in self.found:
            if name not in known:
                raise self.refuse(name, f"is not known here (known: {', '.join(sorted(known))})")
        return self

    def has(self, field: str) -> bool:
        """Whether the field is there."""
        return field in self.found

    def text(self, field: str, default: str | None = None) -> str:
        """Words that are not empty, or the default."""
        value = self._read(field, str, default)
        if not value and default is None:
            raise self.refuse(field, "is empty")
        return value

    def texts(self, field: str) -> dict[str, str]:
        """The same words in every language."""
        words = self.table(field).only(_LANGUAGES)
        return {language: words.text(language) for language in _LANGUAGES}

    def yes(self, field: str, *, default: bool | None = None) -> bool:
        """A yes or no."""
        return self._read(field, bool, default)

    def day(self, field: str) -> date:
        """A day without a time."""
        value = self._read(field, date, None)
        if isinstance(value, datetime):
            raise self.refuse(field, f"must be {_KINDS[date]}")
        return value

    def clock(self, field: str) -> time:
        """A local time of day."""
        return self._read(field, time, None)

    def id(self, field: str = "id") -> str:
        """An id: letters, digits and . _ @ : - , at most 64."""
        value = self.text(field)
        if not _ID.fullmatch(value):
            raise self.refuse(field, f"is '{value}'; an id has letters a-z, digits and . _ @ : - only, at most 64")
        return value

    def choices(self, field: str, make: Callable[[str], _T], known: Collection[str]) -> frozenset[_T]:
        """A list of known words."""
        for one in (values := self._read(field, list, None)):
            if one not in known:
                raise self.refuse(field, f"holds '{one}', which is none of {', '.join(sorted(known))}")
        return frozenset(map(make, values))

    def numbers(self, field: str, least: int, most: int) -> frozenset[int]:
        """A list of whole numbers between the two."""
        values = self._read(field, list, None)
        if not values or any(type(one) is not int or not least <= one <= most for one in values):
            raise self.refuse(field, f"must hold whole numbers from {least} to {most}")
        return frozenset(values)

    def list_of_text(self, field: str) -> list[str]:
        """A list of words; empty when it is not there."""
        values = self._read(field, list, [])
        if any(not isinstance(one, str) or not one for one in values):
            raise self.refuse(field, "must hold texts")
        return list(values)

    def days(self, field: str) -> frozenset[date]:
        """A list of days; empty when it is not there."""
        values = self._read(field, list, [])
        if any(type(one) is not date for one in values):
            raise self.refuse(field, "must hold days such as 2026-07-01")
        return frozenset(values)

    def number(self, field: str, least: int, most: int) -> int:
        """A whole number between the two."""
        value = self.found.get(field)
        if type(value) is not int or not least <= value <= most:
            raise self.refuse(field, f"must be a whole number from {least} to {most}")
        return value

    def table(self, field: str) -> "Table":
        """A table inside this one."""
        return Table(self._file, self._where(field), self._read(field, dict, None))

    def named(self, field: str) -> dict[str, "Table"]:
        """Tables by name, `[field.name]`; none when there are none."""
        inside = self.table(field) if self.has(field) else Table(self._file, self._where(field), {})
        return {name: inside.table(name) for name in inside.found}

    def tables(self, field: str) -> list["Table"]:
        """A list of tables, `[[field]]`; none when there are none."""
        found = self._read(field, list, [])
        if any(not isinstance(one, dict) for one in found):
            raise self.refuse(field, f"must be tables, each begun with [[{field}]]")
        return [Table(self._file, f"{self._where(field)}[{at}]", one) for at, one in enumerate(found, start=1)]

    def _where(self, field: str) -> str:
        return f"{self._place}.{field}" if self._place else field

    def _read(self, field: str, kind: type[_T], default: _T | None) -> _T:
        if field not in self.found:
            if default is None:
                raise self.refuse(field, "is missing")
            return default
        value = self.found[field]
        if not isinstance(value, kind):
            raise self.refuse(field, f"must be {_KINDS[kind]}")
        return value
