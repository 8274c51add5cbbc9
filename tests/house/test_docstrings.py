"""Every room says what it is for, and every promise is written down where it is made."""

import ast
from collections.abc import Iterator
from typing import Final, TypeAlias

from tests.house.tree import Source, example, faults, python

PROMISING: Final = ("shared/domain/", "shared/ports/", "shared/records/")
Definition: TypeAlias = ast.ClassDef | ast.FunctionDef


def silent_room(source: Source) -> Iterator[str]:
    if not ast.get_docstring(source.tree) and source.text.strip():
        yield "the module does not say what it is for"


def silent_promise(source: Source) -> Iterator[str]:
    for node in _public(source.tree):
        if not ast.get_docstring(node) and not (isinstance(node, ast.ClassDef) and _speaks_by_its_names(node)):
            yield f"{node.name} (line {node.lineno}) does not say what it promises"


def _public(parent: ast.Module | ast.ClassDef) -> Iterator[Definition]:
    for node in parent.body:
        if isinstance(node, Definition) and not node.name.startswith("_"):
            yield node
            if isinstance(node, ast.ClassDef):
                yield from _public(node)


def _speaks_by_its_names(node: ast.ClassDef) -> bool:
    """A record or an enumeration is the list of its names; a sentence would repeat them."""
    marks = [ast.unparse(mark) for mark in (*node.decorator_list, *node.bases)]
    return any("dataclass" in mark or mark.endswith("Enum") for mark in marks)


def test_every_module_says_what_it_is_for() -> None:
    assert faults(silent_room, python()) == []


def test_every_public_function_of_domain_ports_and_records_promises_something() -> None:
    assert faults(silent_promise, python(*PROMISING)) == []


def test_a_module_without_a_word_is_seen() -> None:
    assert faults(silent_room, example("x = 1\n")) != []
    assert faults(silent_room, example('"""Here."""\nx = 1\n')) == []


def test_a_silent_function_method_or_class_is_seen() -> None:
    assert faults(silent_promise, example("def decide(): ...")) != []
    assert faults(silent_promise, example("class Gone(Exception): ...")) != []
    assert faults(silent_promise, example('class Store:\n    """A store."""\n    def get(self): ...')) != []


def test_what_is_private_or_a_plain_record_may_be_silent() -> None:
    assert faults(silent_promise, example("def _step(): ...")) == []
    assert faults(silent_promise, example("class Kind(StrEnum):\n    A = 'a'")) == []
    assert faults(silent_promise, example("@dataclass(frozen=True)\nclass Unit:\n    name: str")) == []
