"""The virtual environment in .venv: made on the first use, brought up to date when a lock file has changed."""

import hashlib
import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
VENV: Final = ROOT / ".venv"
PYTHON: Final = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP: Final = VENV / "installed.json"
LOG: Final = VENV / "install.log"
RUN: Final = ("requirements.txt",)
DEVELOP: Final = ("requirements.txt", "requirements-dev.txt")

_VERSION: Final = f"{sys.version_info.major}.{sys.version_info.minor}"
_NO_NETWORK: Final = ("NewConnectionError", "NameResolutionError", "ConnectTimeout", "ProxyError", "Retrying (Retry(")


class CannotContinue(Exception):
    """Something outside the project is missing; the message is one clear line for the person at the terminal."""


def ready(locks: Sequence[str]) -> None:
    """Make sure that .venv holds exactly what the lock files name; does nothing, in milliseconds, when it does."""
    wanted = {"python": _VERSION, **{lock: _digest(ROOT / lock) for lock in locks}}
    present = _stamp()
    if PYTHON.exists() and all(present.get(name) == value for name, value in wanted.items()):
        return
    _make(fresh=present.get("python", _VERSION) != _VERSION)
    _install(locks)
    STAMP.write_text(json.dumps(wanted, indent=1), encoding="utf-8")


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _stamp() -> dict[str, str]:
    try:
        found = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {str(name): str(value) for name, value in found.items()}


def _make(*, fresh: bool) -> None:
    if importlib.util.find_spec("venv") is None or importlib.util.find_spec("ensurepip") is None:
        raise CannotContinue(
            "This Python lacks the venv module; on Debian and Ubuntu it comes with: apt-get install python3-venv"
        )
    _say("Preparing .venv ...")
    words = [sys.executable, "-m", "venv", *(["--clear"] if fresh else []), str(VENV)]
    made = subprocess.run(words, check=False, capture_output=True, text=True)
    if made.returncode:
        raise CannotContinue(f"The virtual environment could not be made: {_last(made.stdout + made.stderr)}")


def _install(locks: Sequence[str]) -> None:
    _say("Installing the packages, once; this takes about a minute ...")
    files = [word for lock in locks for word in ("-r", lock)]
    words = [str(PYTHON), "-m", "pip", "install", "--require-hashes", "--only-binary=:all:", "--no-input", "-q", *files]
    with LOG.open("w", encoding="utf-8") as log:
        done = subprocess.run(words, check=False, cwd=ROOT, stdout=log, stderr=subprocess.STDOUT)
    if done.returncode:
        raise CannotContinue(_reason(LOG.read_text(encoding="utf-8")))


def _reason(log: str) -> str:
    if any(sign in log for sign in _NO_NETWORK):
        return "The packages could not be fetched: no network. They are needed once; connect and try again."
    return f"The packages could not be installed: {_last(log)} (the whole answer is in .venv/install.log)"


def _last(output: str) -> str:
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    return lines[-1] if lines else "no reason was given."


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
