"""Compiled pages outlive the process, and never their text."""

import shutil
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from jinja2 import DictLoader, Environment

from shared.web.compiled import CompiledPages

KIT = b"this kit"
PAGES = {"page.html": "Hej {{ name }}"}


@pytest.fixture(autouse=True)
def writing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiled code is kept, whatever this machine's Python is told."""
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


class Recompiled(Exception):
    """A page was compiled that need not be."""


class NeverCompiles(Environment):
    """Has to find everything compiled."""

    def compile(self, *args: Any, **words: Any) -> Any:
        raise Recompiled


def shown(
    folder: Path, pages: Mapping[str, str] = PAGES, kit: bytes = KIT, kind: type[Environment] = Environment
) -> str:
    """The page as a process shows it that has just started."""
    environment = kind(loader=DictLoader(dict(pages)), bytecode_cache=CompiledPages(folder, kit))
    return environment.get_template("page.html").render(name="Ada")


def test_a_page_is_compiled_once_for_all_starts(tmp_path: Path) -> None:
    assert shown(tmp_path) == shown(tmp_path, kind=NeverCompiles) == "Hej Ada"


def test_a_changed_page_is_compiled_anew(tmp_path: Path) -> None:
    shown(tmp_path)

    assert shown(tmp_path, {"page.html": "Hejdå {{ name }}"}) == "Hejdå Ada"


def test_every_page_is_compiled_anew_when_the_kit_has_changed(tmp_path: Path) -> None:
    shown(tmp_path)

    with pytest.raises(Recompiled):
        shown(tmp_path, kit=b"another kit", kind=NeverCompiles)


def test_a_torn_file_is_as_good_as_none(tmp_path: Path) -> None:
    shown(tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(kept.read_bytes()[:-20])

    assert shown(tmp_path) == "Hej Ada"


def test_a_page_is_shown_where_nothing_can_be_kept(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    shutil.rmtree(gone)

    assert shown(gone) == "Hej Ada"


def test_nothing_is_written_where_python_writes_no_bytecode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)

    assert shown(tmp_path) == "Hej Ada"
    assert not list(tmp_path.iterdir())
