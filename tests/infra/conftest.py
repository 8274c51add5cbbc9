"""What is tried with Terraform is tried where Terraform is; elsewhere it is said aloud that it was not."""

from typing import Final

import pytest

from shared.dev import terraform

collect_ignore: Final = [] if terraform.is_here() else ["test_terraform.py"]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say what was left out."""
    if collect_ignore:
        terminalreporter.write_line("NOT TRIED: tests/infra/test_terraform.py needs Terraform.", red=True)
