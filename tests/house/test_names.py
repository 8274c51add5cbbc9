"""Files and classes are named for what they hold, not for being a place to put things."""

import ast
import re
from collections.abc import Iterator
from typing import Final

from tests.house.tree import Source, example, faults, python

EMPTY_WORDS: Final = frozenset(
    {"common", "data", "helper", "helpers", "info", "manager", "misc", "service", "services", "util", "utils"}
)
_WORD: Final = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")


def empty_name(source: Source) -> Iterator[str]:
    parts = source.path.removesuffix(".py").split("/")
    classes = [node.name for node in ast.walk(source.tree) if isinstance(node, ast.ClassDef)]
    for name in (*parts, *classes):
        word = (_WORD.findall(name) or [name])[-1]
        if word.lower() in EMPTY_WORDS:
            yield f"'{name}' is named '{word}', which says nothing"


def test_names_of_files_and_classes_say_something() -> None:
    assert faults(empty_name, python()) == []


def test_an_empty_word_is_seen_in_a_file_name_and_in_a_class_name() -> None:
    assert faults(empty_name, example("", "shared/web/form_utils.py")) != []
    assert faults(empty_name, example("class CaseManager: ...")) != []
    assert faults(empty_name, example("class CaseInfo: ...")) != []


def test_names_that_only_contain_an_empty_word_are_left_alone() -> None:
    assert (
        faults(empty_name, example("class Database: ...\nclass Informant: ...", "shared/adapters/data_folder.py")) == []
    )
