"""Tests that need a program of the machine: where it is missing they are left out, and it is said.

On the build machine (`CI` is set) nothing is left out: there they fail instead.
"""

import os
from collections.abc import Callable
from shutil import which
from typing import Any, Final

import pytest

from tests import chromium, emulator

_NEEDS: Final[dict[str, tuple[Callable[[], object], str]]] = {
    "browser": (chromium.program, "Chromium is missing: {} tests in a browser"),
    "emulator": (emulator.launcher, "the Firestore emulator or Java is missing: {} tests of the store"),
    "poppler": (lambda: which("pdfsig"), "poppler-utils is missing: {} tests of seals by another reader"),
}
"""Mark → what finds the program (None: it is not there), and how to say what was not tried."""
_NOT_TRIED: Final = pytest.StashKey[list[str]]()
_TOLD: Final = "not_tried"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what cannot be tried here."""
    config.stash[_NOT_TRIED] = []
    if "CI" in os.environ:  # noqa: TID251 (CI's own word)
        return
    for mark, (find, words) in _NEEDS.items():
        lacking = [item for item in items if item.get_closest_marker(mark)]
        if lacking and find() is None:
            items[:] = [item for item in items if item not in lacking]
            config.hook.pytest_deselected(items=lacking)
            config.stash[_NOT_TRIED].append(words.format(len(lacking)))


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker tells whoever runs it what it left out."""
    if _is_worker(session.config):
        session.config.workeroutput[_TOLD] = session.config.stash[_NOT_TRIED]  # type: ignore[attr-defined]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Every worker leaves out the same."""
    node.config.stash[_NOT_TRIED] = getattr(node, "workeroutput", {}).get(_TOLD, [])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what was not tried."""
    for words in config.stash.get(_NOT_TRIED, []):
        terminalreporter.write_line(f"NOT TRIED, {words}", yellow=True, bold=True)


def _is_worker(config: pytest.Config) -> bool:
    return hasattr(config, "workeroutput")
