"""The made-up people of the test e-ID, as listed in people.toml."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

_FILE: Final = Path(__file__).with_name("people.toml")


@dataclass(frozen=True, slots=True)
class MadeUpPerson:
    """One made-up person; `organisation` and `employee` are what an e-ID for work would say."""

    id: str
    group: str
    name: str
    personnummer: str
    who: Mapping[str, str]
    organisation: str | None = None
    employee: str | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A heading in the list of people."""

    id: str
    name: Mapping[str, str]


@cache
def people() -> Mapping[str, MadeUpPerson]:
    """All people by id, in the order of the file."""
    return {one["id"]: MadeUpPerson(**one) for one in tomllib.loads(_FILE.read_text("utf-8"))["people"]}


@cache
def groups() -> tuple[Group, ...]:
    """The headings in the order of the file."""
    return tuple(Group(**one) for one in tomllib.loads(_FILE.read_text("utf-8"))["groups"])
