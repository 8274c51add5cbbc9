"""Checks infra/ with Terraform, without the cloud and without its provider: a stand-in knows the schema and no more.

The stand-in is made once, in .venv/terraform, out of locked packages; see infra/offline.
"""

import hashlib
import json
import os
import platform
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from shared.dev.environment import PYTHON, ROOT, VENV, CannotContinue
from shared.dev.plan_rules import faults

INFRA: Final = ROOT / "infra"
OFFLINE: Final = INFRA / "offline"
WORKSHOP: Final = VENV / "terraform"
VERSION: Final = "6.50.0"
"""The provider that the schema describes; infra/versions.tf asks for this one or a later 6."""

INIT: Final = ("init", "-backend=false", "-input=false", "-no-color")
_STEPS: Final = (
    ("fmt", "-check", "-diff", "-recursive", "-no-color"),
    ("validate", "-no-color"),
    ("test", "-no-color"),
)
_NAMES: Final = {"x86_64": "amd64", "aarch64": "arm64"}


def is_here() -> bool:
    """Whether this machine has Terraform."""
    return shutil.which("terraform") is not None


def check() -> bool:
    """Look at the format of a copy of infra/, validate it and test it; whether all of it passed.

    Raises `CannotContinue` without Terraform, or when the stand-in cannot be made.
    """
    _refuse_without_terraform()
    make_stand_in()
    with tempfile.TemporaryDirectory() as room:
        copy = copied(INFRA, Path(room, "infra"))
        ready = terraform(INIT, copy, quiet=True)
        if ready.returncode:
            print(ready.stdout)
            return False
        return all(terraform(words, copy).returncode == 0 for words in _STEPS) and _holds_as_a_whole(copy)


def _holds_as_a_whole(folder: Path) -> bool:
    """Whether everything that would be deployed keeps the rules; what does not is printed."""
    found = faults(planned(folder), public_services(folder))
    print("\n".join(found) or "Nothing in the plan breaks a rule.")
    return not found


def planned(folder: Path) -> list[dict[str, Any]]:
    """Every resource as Terraform would make it when everything is connected (infra/tests/whole.tftest.hcl)."""
    words = ("test", "-no-color", "-json", "-verbose", "-filter=tests/whole.tftest.hcl")
    said = [json.loads(line) for line in terraform(words, folder, quiet=True).stdout.splitlines()]
    plans = [one["test_plan"]["resource_changes"] for one in said if one["type"] == "test_plan"]
    if not plans:
        raise CannotContinue("Terraform made no plan: tests/whole.tftest.hcl does not pass.")
    return [change for plan in plans for change in plan]


def public_services(folder: Path) -> set[str]:
    """The services that the load balancer calls as nobody."""
    declared = json.loads((folder / "functions.auto.tfvars.json").read_text("utf-8"))["functions"]
    return {name.replace("_", "-") for name, one in declared.items() if not one["internal"]}


def mend_format() -> bool:
    """Let Terraform write infra/ in its own format."""
    _refuse_without_terraform()
    return terraform(("fmt", "-recursive", "-no-color"), INFRA).returncode == 0


def _refuse_without_terraform() -> None:
    if not is_here():
        raise CannotContinue(
            "The infrastructure is checked with Terraform 1.11 or later, which is not on this machine."
        )


def copied(folder: Path, target: Path) -> Path:
    """A copy of infra/ to work in, without what a real deployment leaves there."""
    left_out = shutil.ignore_patterns(".terraform*", "*.tfstate*", "terraform.tfvars", "source.zip", "__pycache__")
    return Path(shutil.copytree(folder, target, ignore=left_out))


def terraform(words: Sequence[str], folder: Path, *, quiet: bool = False) -> "subprocess.CompletedProcess[str]":
    """Run Terraform in the folder with the stand-in; `quiet` keeps what it says in the answer and prints nothing."""
    settings = {
        "TF_CLI_CONFIG_FILE": str(WORKSHOP / "terraform.rc"),
        "CHECKPOINT_DISABLE": "1",
        "TF_IN_AUTOMATION": "1",
    }
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TF_")}
    said = subprocess.PIPE if quiet else None
    joined = subprocess.STDOUT if quiet else None
    env = {**kept, **settings}
    return subprocess.run(
        ["terraform", *words], check=False, cwd=folder, env=env, stdout=said, stderr=joined, text=True
    )


def make_stand_in() -> None:
    """Make the stand-in unless it is there already; the first time takes about half a minute."""
    stamp = WORKSHOP / "made.txt"
    wanted = _digest()
    if stamp.exists() and stamp.read_text("utf-8") == wanted:
        return
    print("Preparing .venv/terraform ...", file=sys.stderr, flush=True)
    shutil.rmtree(WORKSHOP, ignore_errors=True)
    WORKSHOP.mkdir(parents=True)
    locked = ("--require-hashes", "--only-binary=:all:", "--no-input", "-q")
    _pip("install", *locked, "--target", str(WORKSHOP / "packages"), "-r", str(OFFLINE / "requirements.txt"))
    _pip("download", *locked, "--no-deps", "-d", str(WORKSHOP), "-r", str(OFFLINE / "schema.txt"))
    _write_schema()
    _write_mirror()
    stamp.write_text(wanted, "utf-8")


def _digest() -> str:
    """What the stand-in is made of and where: its files name their folder, so that a moved one is made anew."""
    made_of = sorted(path for path in OFFLINE.iterdir() if path.suffix in {".py", ".txt"})
    whole = [str(WORKSHOP).encode(), *(path.read_bytes() for path in [*made_of, Path(__file__)])]
    return hashlib.sha256(b"".join(whole)).hexdigest()


def _pip(*words: str) -> None:
    done = subprocess.run([str(PYTHON), "-m", "pip", *words], check=False, capture_output=True, text=True)
    if done.returncode:
        last = (done.stderr.strip() or "no reason was given").splitlines()[-1]
        raise CannotContinue(f"The stand-in for the google provider could not be made: {last}")


def _write_schema() -> None:
    [wheel] = WORKSHOP.glob("*.whl")
    words = [str(PYTHON), "-m", "infra.offline.schema", str(wheel), str(WORKSHOP / "schema.json")]
    subprocess.run(words, check=True, cwd=ROOT)
    wheel.unlink()
    shutil.copy(OFFLINE / "provider.py", WORKSHOP)


def _write_mirror() -> None:
    """Where Terraform looks for the provider, and the settings that let it look nowhere else."""
    system = f"{platform.system().lower()}_{_NAMES.get(platform.machine(), platform.machine())}"
    folder = WORKSHOP / "mirror" / "registry.terraform.io" / "hashicorp" / "google" / VERSION / system
    folder.mkdir(parents=True)
    program = folder / f"terraform-provider-google_v{VERSION}"
    words = shlex.join([str(PYTHON), "-S", str(WORKSHOP / "provider.py")])
    program.write_text(f'#!/bin/sh\nPYTHONPATH={shlex.quote(str(WORKSHOP / "packages"))} exec {words} "$@"\n', "utf-8")
    program.chmod(0o755)
    mirror = str(WORKSHOP / "mirror").replace("\\", "\\\\").replace('"', '\\"')
    text = f'provider_installation {{\n  filesystem_mirror {{\n    path = "{mirror}"\n  }}\n}}\n'
    (WORKSHOP / "terraform.rc").write_text(text, "utf-8")
