"""The commands of dev.py.

run    [--port N] [--data DIR] [--reset]   start everything on http://localhost:8080, with test people and test e-ID
test   [PATH ...] [--fast | --long]        run the tests; after -- come pytest's own options
check  [--fix] [--infra]                   format, mistakes, types, imports, house rules and lock files; or infra/
form   NAME [--port N]                     look at forms/NAME.toml while you write it, with its mistakes line by line
bench  [--json FILE]                       measure every job beside its floor
lock   [--upgrade]                         renew the lock files from their .in files
infra                                      write what Terraform reads: functions, indexes and the upload

The first use makes .venv and installs what the lock files name. Paths are counted from the project's root.
"""

import argparse
import os
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from shared.dev import environment, terraform
from shared.dev.environment import PYTHON, ROOT, CannotContinue

_INTERRUPTED: Final = 130
_MARKS: Final = {"fast": "not long and not slow and not browser", "whole": "not long", "long": ""}
_SIDE_BY_SIDE: Final = ("-n", "auto", "--dist", "worksteal")
"""As many tests at a time as the machine has cores: most of them wait for a server, a browser or the emulator."""
_LINT_IMPORTS: Final = ("-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo")
_HOUSE_RULES: Final = ("-m", "pytest", "-m", "not slow", "tests/house")
_CHECKS: Final = (
    ("Format", ("-m", "ruff", "format", "--check", "."), ("-m", "ruff", "format", ".")),
    ("Mistakes", ("-m", "ruff", "check", "."), ("-m", "ruff", "check", "--fix", ".")),
    ("Types", ("-m", "mypy"), ("-m", "mypy")),
    ("Imports", _LINT_IMPORTS, _LINT_IMPORTS),
    ("House rules and lock files", _HOUSE_RULES, _HOUSE_RULES),
)
_INFRA: Final = "Infrastructure"
_WHY_NOT: Final = (
    "python3 dev.py check --infra does it, and so does every run with CI set, where Terraform is installed."
)
_LOCKS: Final = {
    "requirements": (),
    "requirements-dev": (),
    "infra/offline/requirements": (),
    "infra/offline/schema": ("--no-deps",),
}
_LOCK: Final = (
    "uv", "pip", "compile", "--quiet", "--universal", "--python-version", "3.11", "--generate-hashes",
    "--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links",
)  # fmt: skip


def main(words: Sequence[str]) -> int:
    """Carry out one command and answer its exit code; 1 after one clear line, 130 after Ctrl-C."""
    if not words or words[0] in {"help", "-h", "--help"}:
        print(__doc__)
        return 0
    wish = _understand(words)
    os.chdir(ROOT)
    try:
        return COMMANDS[wish.command](wish)
    except CannotContinue as reason:
        print(reason, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return _INTERRUPTED


def _understand(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python3 dev.py", usage="python3 dev.py COMMAND; alone, it lists them")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND", prog="python3 dev.py")
    _with_servers(commands)
    test = commands.add_parser("test", epilog="After -- come pytest's own options. Paths run on one core only.")
    test.add_argument("paths", nargs="*", metavar="PATH", help="only these files or folders; all when none is named")
    length = test.add_mutually_exclusive_group()
    length.add_argument(
        "--fast", dest="length", action="store_const", const="fast", default="whole",
        help="without tests that are slow or need a browser",
    )  # fmt: skip
    length.add_argument("--long", dest="length", action="store_const", const="long", help="also what takes longer")
    check = commands.add_parser("check")
    check.add_argument("--fix", action="store_true", help="mend what can be mended")
    check.add_argument("--infra", action="store_true", help="check infra/ instead, with Terraform 1.11 or later")
    bench = commands.add_parser("bench")
    bench.add_argument("--json", metavar="FILE", type=_from_here, help="keep the figures in this file")
    lock = commands.add_parser("lock")
    lock.add_argument("--upgrade", action="store_true", help="take newer versions of everything")
    commands.add_parser("infra", description="Writes the functions, the indexes and source.zip into infra/.")
    at = words.index("--") if "--" in words else len(words)
    wish = parser.parse_args(words[:at])
    if words[at:] and wish.command != "test":
        parser.error("only `test` passes words on after --")
    wish.pytest = words[at + 1 :]
    return wish


def _with_servers(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    run = commands.add_parser("run")
    run.add_argument("--port", metavar="N", type=int, default=8080, help="answer here; 8080 when nothing is said")
    kept = _from_here(os.environ.get("TROSKELFRI_VAR", str(ROOT / "var")))
    run.add_argument("--data", metavar="DIR", type=_from_here, default=kept, help="keep everything here, not in var/")
    run.add_argument("--reset", action="store_true", help="throw away what is kept, and start anew")
    form = commands.add_parser("form")
    form.add_argument("name", metavar="NAME", help="of the form: forms/NAME.toml")
    form.add_argument("--port", metavar="N", type=int, default=8090, help="answer here; 8090 when nothing is said")


def _from_here(path: str) -> Path:
    return Path(path).absolute()


def _run(wish: argparse.Namespace) -> int:
    _refuse_a_taken_port(wish.port, "run")
    environment.ready(environment.RUN)
    settings = {
        "TROSKELFRI_STAGE": "demo",
        "TROSKELFRI_KEEPERS": "embedded",
        "TROSKELFRI_ORIGIN": f"http://localhost:{wish.port}",
        "TROSKELFRI_VAR": str(wish.data),
    }
    return _become(["-m", "shared.host", *(["--reset"] if wish.reset else [])], settings)


def _refuse_a_taken_port(port: int, command: str) -> None:
    with socket.socket() as probe:
        if os.name == "posix":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise CannotContinue(
                f"Port {port} is not free; choose another: dev.py {command} --port {port + 1}"
            ) from error


def _test(wish: argparse.Namespace) -> int:
    environment.ready(environment.DEVELOP)
    marks = _MARKS[wish.length]
    how = wish.paths or _SIDE_BY_SIDE
    return _become(["-m", "pytest", *(["-m", marks] if marks else []), *how, *wish.pytest])


def _check(wish: argparse.Namespace) -> int:
    environment.ready(environment.DEVELOP)
    if wish.infra:
        return _verdict([] if _infra_passes(fix=wish.fix) else [_INFRA])
    failed = [name for name, look, mend in _CHECKS if not _passes(name, mend if wish.fix else look)]
    if os.environ.get("CI") and terraform.is_here():
        return _verdict(failed if _infra_passes(fix=False) else [*failed, _INFRA])
    print(f"\n── {_INFRA} ──\nNOT LOOKED AT: {_WHY_NOT}")
    return _verdict(failed)


def _verdict(failed: Sequence[str]) -> int:
    print(f"\nNot yet right: {', '.join(failed)}." if failed else "\nAll is as it should be.")
    return 1 if failed else 0


def _passes(name: str, words: Sequence[str]) -> bool:
    print(f"\n── {name} ──", flush=True)
    return subprocess.run([str(PYTHON), *words], check=False, cwd=ROOT).returncode == 0


def _infra_passes(*, fix: bool) -> bool:
    print(f"\n── {_INFRA} ──", flush=True)
    from shared.dev import deployed  # as in `_infra`

    if stale := deployed.stale():
        print(f"Not what the product says of itself: {', '.join(stale)}. Renew it: python3 dev.py infra")
        return False
    return (not fix or terraform.mend_format()) and terraform.check()


def _infra(_: argparse.Namespace) -> int:
    from shared.dev import deployed  # reads the product, which the other commands can do without

    deployed.write_all()
    return 0


def _bench(wish: argparse.Namespace) -> int:
    environment.ready(environment.DEVELOP)
    return _become(["-m", "tests.bench", *(["--json", str(wish.json)] if wish.json else [])])


def _form(wish: argparse.Namespace) -> int:
    path = ROOT / "forms" / f"{wish.name.removesuffix('.toml')}.toml"
    if not path.is_file():
        names = ", ".join(sorted(one.stem for one in path.parent.glob("*.toml")))
        raise CannotContinue(f"There is no form of that name. There are: {names}")
    _refuse_a_taken_port(wish.port, "form NAME")
    environment.ready(environment.RUN)
    return _become(["-m", "shared.dev.form_preview", str(path), str(wish.port)])


def _lock(wish: argparse.Namespace) -> int:
    environment.ready(environment.DEVELOP)
    upgrade = ["--upgrade"] if wish.upgrade else []
    for name, own in _LOCKS.items():
        words = [str(PYTHON), "-m", *_LOCK, *own, *upgrade, f"{name}.in", "-o", f"{name}.txt"]
        if subprocess.run(words, check=False, cwd=ROOT).returncode:
            raise CannotContinue(f"{name}.txt was not renewed; the reason stands above.")
    return 0


def _become(words: Sequence[str], settings: Mapping[str, str] | None = None) -> int:
    """Let the program take this process's place, so that Ctrl-C reaches one process only."""
    whole = [str(PYTHON), *words]
    env = {**os.environ, **(settings or {})}
    sys.stdout.flush()
    if os.name == "posix":
        os.execve(whole[0], whole, env)
    return subprocess.run(whole, check=False, env=env).returncode


COMMANDS: Final = {
    "run": _run,
    "test": _test,
    "check": _check,
    "form": _form,
    "bench": _bench,
    "lock": _lock,
    "infra": _infra,
}
