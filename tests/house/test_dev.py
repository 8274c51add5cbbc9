"""`dev.py` starts everything from nothing, and says in one line what is missing."""

import ast
import runpy
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from shared.dev import commands, environment, terraform
from tests.house.tree import ROOT
from tests.loopback import free_port

_NEWER_THAN_PYTHON_2: Final = (
    ast.AnnAssign,
    ast.JoinedStr,
    ast.NamedExpr,
    ast.Nonlocal,
    ast.Match,
    ast.AsyncFunctionDef,
)
_HOST: Final = """
import os, sys, time
try:
    print(sys.argv[1:], *(os.environ[f"TROSKELFRI_{name}"] for name in ("STAGE", "ORIGIN", "VAR")), flush=True)
    time.sleep(60 if "--reset" in sys.argv else 0)
except KeyboardInterrupt:
    sys.exit(130)
"""
_LOCKED: Final = "nowhere-to-be-found==1.0 --hash=sha256:" + "0" * 64 + "\n"
_NO_NETWORK: Final = {
    "PIP_CONFIG_FILE": "/dev/null",
    "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
    "PIP_RETRIES": "1",
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """dev.py on its own, with nothing to install and a host that only says how it was started."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "dev.py", folder)
    shutil.copytree(ROOT / "shared" / "dev", folder / "shared" / "dev", ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "shared" / "host").mkdir(parents=True)
    (folder / "shared" / "host" / "__main__.py").write_text(_HOST)
    for lock in ("requirements.txt", "requirements-dev.txt"):
        (folder / lock).write_text("")
    return folder


@pytest.fixture
def heard() -> Iterator[None]:
    """Ctrl-C reaches what is started, also when the tests themselves run in the background, where a shell mutes it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


def dev(folder: Path, *words: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    whole = [sys.executable, "dev.py", *words]
    return subprocess.run(whole, check=False, cwd=folder, env=env, capture_output=True, text=True, timeout=60)


def readable_by_python_2(text: str) -> bool:
    nodes = list(ast.walk(ast.parse(text)))
    functions = [node for node in nodes if isinstance(node, ast.FunctionDef)]
    annotated = any(one.returns or any(arg.annotation for arg in one.args.args) for one in functions)
    return text.isascii() and not annotated and not any(isinstance(node, _NEWER_THAN_PYTHON_2) for node in nodes)


def test_alone_it_lists_what_it_can_do(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main([]) == 0

    listed = capsys.readouterr().out
    assert [name for name in commands.COMMANDS if f"\n{name} " not in listed] == []


def test_an_old_python_can_read_it_far_enough_to_say_that_it_is_too_old() -> None:
    assert readable_by_python_2((ROOT / "dev.py").read_text(encoding="utf-8"))
    assert not readable_by_python_2("def main(words: list): ...")
    assert not readable_by_python_2("print(f'{version}')")


def test_a_too_old_python_is_told_in_one_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "version_info", (3, 10, 13))

    with pytest.raises(SystemExit, match=r"^This needs Python 3\.11 or later, and this is Python 3\.10\."):
        runpy.run_path(str(ROOT / "dev.py"))


def test_a_port_in_use_is_told_in_one_line_before_anything_is_installed(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        assert commands.main(["run", "--port", str(port)]) == 1

    assert capsys.readouterr().err == f"Port {port} is not free; choose another: dev.py run --port {port + 1}\n"


@pytest.mark.slow
def test_the_first_start_prepares_and_the_second_is_quick_and_silent(copy: Path) -> None:
    port = str(free_port())
    first = dev(copy, "run", "--port", port)
    began = time.monotonic()
    second = dev(copy, "run", "--port", port, "--data", "kept")

    assert "Preparing .venv" in first.stderr
    assert second.stderr == ""
    assert second.stdout == f"[] demo http://localhost:{port} {copy / 'kept'}\n"
    assert time.monotonic() - began < 2


@pytest.mark.slow
@pytest.mark.usefixtures("heard")
def test_ctrl_c_ends_it_without_a_traceback(copy: Path) -> None:
    whole = [sys.executable, "dev.py", "run", "--port", str(free_port()), "--reset"]
    with subprocess.Popen(whole, cwd=copy, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        assert running.stdout.readline().startswith("['--reset'] demo")
        running.send_signal(signal.SIGINT)
        _, errors = running.communicate(timeout=30)

    assert running.returncode == 130
    assert "Traceback" not in errors


def test_ctrl_c_while_it_still_starts_ends_it_without_a_traceback(copy: Path) -> None:
    package = copy / "shared" / "dev" / "__init__.py"
    package.write_text("raise KeyboardInterrupt\n")
    answer = dev(copy, "run")
    shutil.copy(ROOT / "shared" / "dev" / "__init__.py", package)

    assert (answer.returncode, answer.stderr) == (130, "")


@pytest.mark.slow
def test_a_missing_network_is_told_in_one_line(copy: Path) -> None:
    (copy / "requirements.txt").write_text(_LOCKED)
    answer = dev(copy, "run", "--port", str(free_port()), env=_NO_NETWORK)
    (copy / "requirements.txt").write_text("")

    assert answer.returncode == 1
    assert answer.stderr.splitlines()[-1].startswith("The packages could not be fetched: no network.")
    assert "Traceback" not in answer.stderr


def test_a_python_without_the_venv_module_is_told_in_one_line(copy: Path) -> None:
    stripped = (
        "import sys; sys.modules['ensurepip'] = None; from shared.dev.commands import main; sys.exit(main(['test']))"
    )
    (copy / "requirements-dev.txt").write_text("# something new\n")
    whole = [sys.executable, "-c", stripped]
    answer = subprocess.run(whole, check=False, cwd=copy, capture_output=True, text=True, timeout=60)

    assert answer.returncode == 1
    assert answer.stderr.startswith("This Python lacks the venv module")
    assert answer.stderr.count("\n") == 1


def test_without_terraform_the_infrastructure_is_refused_in_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(environment, "ready", lambda locks: None)
    monkeypatch.setattr(terraform, "is_here", lambda: False)

    assert commands.main(["check", "--infra"]) == 1
    assert capsys.readouterr().err.startswith(
        "The infrastructure is checked with Terraform 1.11 or later, which is not"
    )


@pytest.mark.parametrize(
    ("ci", "here", "looked"), [("true", True, True), ("true", False, False), ("", True, False)], ids=str
)
def test_the_infrastructure_is_looked_at_by_the_build_machine_and_otherwise_said_not_to_be(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *, ci: str, here: bool, looked: bool
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(environment, "ready", lambda locks: None)
    monkeypatch.setattr(terraform, "is_here", lambda: here)
    monkeypatch.setattr(terraform, "check", lambda: False)
    monkeypatch.setattr(commands, "_CHECKS", ())

    assert commands.main(["check"]) == (1 if looked else 0)
    assert ("NOT LOOKED AT" in capsys.readouterr().out) is not looked


def test_a_form_that_is_not_there_is_answered_with_those_that_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main(["form", "nothing"]) == 1

    assert "There is no form of that name. There are: " in (said := capsys.readouterr().err)
    assert "financial_assistance" in said
