"""The project's own files, read once, for the rules that are about the text itself."""

import ast
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

ROOT: Final = Path(__file__).resolve().parent.parent.parent
PRODUCT: Final = ("shared/", "functions/")
ALL_CODE: Final = (*PRODUCT, "infra/", "tests/", "dev.py")
_NOT_OURS: Final = frozenset({".git", ".venv", "var", "node_modules", "__pycache__"})
_CACHES: Final = ("_cache", ".hypothesis", ".terraform", ".egg-info")


@dataclass(frozen=True, slots=True)
class Source:
    """One text file; `path` is counted from the root, with forward slashes."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        """The file as Python reads it."""
        return _parsed(self.text)


Rule: TypeAlias = Callable[[Source], Iterable[str]]
"""A rule names the faults it sees in one file; no fault, no words."""


def faults(rule: Rule, sources: Iterable[Source]) -> list[str]:
    """Every fault of every file, each with the file's path."""
    return [f"{source.path}: {fault}" for source in sources for fault in rule(source)]


def texts(*starts: str, ends: tuple[str, ...] = ("",)) -> list[Source]:
    """The text files whose path starts and ends like this."""
    return [one for one in _everything() if one.path.startswith(starts or "") and one.path.endswith(ends)]


def python(*starts: str) -> list[Source]:
    """The Python files whose path starts like this (all code when nothing is said)."""
    return texts(*(starts or ALL_CODE), ends=(".py",))


def example(text: str, path: str = "shared/domain/example.py") -> list[Source]:
    """A made-up file, to show that a rule sees what it is there to see."""
    return [Source(path, text)]


@cache
def _everything() -> tuple[Source, ...]:
    return tuple(_read())


def _read() -> Iterator[Source]:
    for folder, folders, files in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in _NOT_OURS and not name.endswith(_CACHES))
        for name in sorted(set(files) - _NOT_OURS):  # in a linked worktree .git is a file
            path = Path(folder, name)
            try:
                yield Source(path.relative_to(ROOT).as_posix(), path.read_text(encoding="utf-8"))
            except UnicodeDecodeError:
                continue


@cache
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)
