"""Every function is one folder that can be deployed, removed and tested on its own."""

import importlib
from pathlib import Path
from types import FunctionType
from typing import Final

import pytest

from shared.host.function_specs import read_function, read_functions
from shared.settings import BadSettings
from tests.house.tree import ROOT, texts

FOLDERS: Final = sorted(path for path in (ROOT / "functions").iterdir() if path.is_dir() and path.name != "__pycache__")
each_function = pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)


def is_entry_point(found: object) -> bool:
    """Whether functions-framework would take it: a plain function, neither an app nor a class."""
    return type(found) is FunctionType


def files_with_tests_of(name: str) -> list[str]:
    paths = (source.path for source in texts("tests/", ends=(".py",)))
    return [path for path in paths if f"/{name}/test_" in path or path.rpartition("/")[2].startswith(f"test_{name}")]


@each_function
def test_it_declares_what_the_platform_must_know(folder: Path) -> None:
    assert read_function(folder).name == folder.name


@each_function
def test_its_entry_point_is_a_plain_function(folder: Path) -> None:
    assert is_entry_point(importlib.import_module(f"functions.{folder.name}.main").http)


@each_function
def test_it_has_tests_of_its_own(folder: Path) -> None:
    assert files_with_tests_of(folder.name) != []


def test_the_functions_share_out_the_paths_among_them() -> None:
    prefixes = [spec.prefix for spec in read_functions()]

    assert len(set(prefixes)) == len(prefixes) == len(FOLDERS)
    assert "/" in prefixes


def test_a_folder_that_declares_nothing_an_app_and_an_untested_function_are_seen(tmp_path: Path) -> None:
    with pytest.raises(BadSettings):
        read_function(tmp_path)
    assert not is_entry_point(str)
    assert is_entry_point(files_with_tests_of)
    assert files_with_tests_of("a_function_that_is_not_here") == []
