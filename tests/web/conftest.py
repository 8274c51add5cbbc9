"""What this machine can try: without npm the stylesheets are not built again, and the run says so."""

import shutil
import subprocess

import pytest

_NOT_TRIED = pytest.StashKey[list[str]]()


def pytest_configure(config: pytest.Config) -> None:
    """Name the mark."""
    config.addinivalue_line("markers", "npm: rebuilds the assets; left out, and said to be, where npm cannot fetch")
    config.stash[_NOT_TRIED] = []


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs npm where npm is not, before anything counts as passed."""
    wanted = [item for item in items if item.get_closest_marker("npm")]
    if wanted and not _npm_can_fetch():
        items[:] = [item for item in items if item not in wanted]
        config.hook.pytest_deselected(items=wanted)
        config.stash[_NOT_TRIED] = [item.nodeid for item in wanted]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what was not tried."""
    for nodeid in config.stash[_NOT_TRIED]:
        terminalreporter.write_line(
            f"NOT TRIED, npm is missing or reaches no registry: {nodeid}", yellow=True, bold=True
        )


def _npm_can_fetch() -> bool:
    npm = shutil.which("npm")
    return (
        npm is not None and subprocess.run([npm, "ping"], capture_output=True, timeout=30, check=False).returncode == 0
    )
