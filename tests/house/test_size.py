"""A file and a function stay small enough to be read at one sitting."""

import ast
from collections.abc import Iterator

from tests.house.tree import Source, example, faults, python

LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def too_long_file(source: Source) -> Iterator[str]:
    lines = source.text.count("\n")
    if lines > LONGEST_FILE:
        yield f"{lines} lines; split it by noun"


def too_long_function(source: Source) -> Iterator[str]:
    for node in ast.walk(source.tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or node.lineno) - node.lineno + 1
            if lines > LONGEST_FUNCTION:
                yield f"{node.name} is {lines} lines long"


def test_no_file_is_longer_than_300_lines() -> None:
    assert faults(too_long_file, python()) == []


def test_no_function_is_longer_than_40_lines() -> None:
    assert faults(too_long_function, python()) == []


def test_a_file_of_301_lines_is_seen() -> None:
    assert faults(too_long_file, example("x = 1\n" * 301)) == ["shared/domain/example.py: 301 lines; split it by noun"]
    assert faults(too_long_file, example("x = 1\n" * 300)) == []


def test_a_function_of_41_lines_is_seen_inside_a_class_too() -> None:
    body = "        x = 1\n"
    method = f"class A:\n    def long(self):\n{body * 40}"

    assert faults(too_long_function, example(method)) == ["shared/domain/example.py: long is 41 lines long"]
    assert faults(too_long_function, example(method.removesuffix(body))) == []
