"""Every function starts on its own, as the cloud starts it, and loads nothing slow before somebody needs it."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from shared.host.function_specs import FunctionSpec, read_functions
from shared.settings import ROOT

pytestmark = pytest.mark.slow

SLOW: Final = (
    "babel",
    "google.api_core",
    "google.auth",
    "google.cloud",
    "grpc",
    "holidays",
    "httpx2",
    "pydantic",
    "requests",
    "typst",
)
ORIGIN: Final = "http://localhost:8080"
_ALONE: Final = """
import functions_framework
client = functions_framework.create_app(target="http", source=where).test_client()
status = client.get(path, base_url=origin).status_code
"""
_TOGETHER: Final = """
from werkzeug.test import Client
from shared.host.site import open_site
from shared.settings import read
site = open_site(read())
status = Client(site.app).get(path, base_url=origin).status_code
site.close()
"""
_FRAME: Final = """
import json, sys
before = set(sys.modules)  # old packages leave empty namespaces in every process
where, path, origin, *slow = sys.argv[1:]
{0}
print(json.dumps([status, sorted((set(sys.modules) - before) & set(slow))]))
"""


@dataclass(frozen=True, slots=True)
class First:
    """The first answer of a fresh process, and what slow things it had loaded by then."""

    status: int
    slow: list[str]


def first_answer(script: str, data: Path, path: str, where: str = "") -> First:
    """Start a process that runs the script, far from the project's folder, and ask it once."""
    done = subprocess.run(
        [sys.executable, "-c", _FRAME.format(script), where, path, ORIGIN, *SLOW],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=data,
        env={
            "PYTHONPATH": str(ROOT),
            "TROSKELFRI_STAGE": "demo",
            "TROSKELFRI_ORIGIN": ORIGIN,
            "TROSKELFRI_VAR": str(data / "var"),
        },
        timeout=60,
    )
    return First(*json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("spec", read_functions(), ids=lambda spec: spec.name)
def test_a_function_answers_alone(spec: FunctionSpec, tmp_path: Path) -> None:
    first = first_answer(_ALONE, tmp_path, spec.prefix, str(ROOT / "functions" / spec.name / "main.py"))

    assert first.slow == []
    assert first.status < 400 or (spec.internal and first.status == 404)


def test_all_together_load_nothing_slow_for_the_first_page(tmp_path: Path) -> None:
    assert first_answer(_TOGETHER, tmp_path, "/") == First(200, [])


def test_a_slow_package_is_seen(tmp_path: Path) -> None:
    assert first_answer("import holidays\nstatus = 200", tmp_path, "/").slow == ["holidays"]
