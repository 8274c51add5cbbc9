"""What holds for every test: on the build machine a test that did not run counts as one that failed."""

import os

import pytest
from hypothesis import settings

pytest_plugins = ["tests.chromium", "tests.emulator", "tests.left_out"]

settings.register_profile("house", deadline=None, derandomize=True, max_examples=50)
settings.load_profile("house")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say why the run fails although nothing else did."""
    if _skipped(terminalreporter):
        terminalreporter.write_line("With CI set, nothing may be skipped: install what is missing.", red=True)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    """Turn skipped tests into a failed run when CI is set."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and _skipped(reporter):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _skipped(reporter: pytest.TerminalReporter) -> bool:
    return bool(os.environ.get("CI")) and bool(reporter.stats.get("skipped"))
