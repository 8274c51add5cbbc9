"""Every function starts on its own, as the cloud starts it, and loads nothing slow before somebody needs it."""

import json
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest

from shared.host.function_specs import FunctionSpec, read_functions
from shared.settings import EXAMPLE, ROOT
from tests.cloud.test_settings import CLOUD
from tests.emulator import Emulator

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
UNASKED: Final = ("google.cloud.kms_v1", "google.cloud.storage", "google.cloud.tasks_v2")
"""What the cloud keepers load when somebody asks for it: at stage demo nobody does before the first page."""
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


def first_answer(
    script: str, data: Path, path: str, where: str = "", *, slow: Sequence[str] = SLOW, **settings: str
) -> First:
    """Start a process that runs the script, far from the project's folder, and ask it once."""
    done = subprocess.run(
        [sys.executable, "-c", _FRAME.format(script), where, path, ORIGIN, *slow],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
        cwd=data,
        env={
            "PYTHONPATH": str(ROOT),
            "TROSKELFRI_STAGE": "demo",
            "TROSKELFRI_ORIGIN": ORIGIN,
            "TROSKELFRI_VAR": str(data / "var"),
            **settings,
        },
        timeout=60,
    )
    return First(*json.loads(done.stdout.splitlines()[-1]))


@pytest.mark.parametrize("spec", read_functions(), ids=lambda spec: spec.name)
def test_a_function_answers_alone(spec: FunctionSpec, tmp_path: Path) -> None:
    first = first_answer(_ALONE, tmp_path, spec.prefix, str(ROOT / "functions" / spec.name / "main.py"))

    assert first.slow == []
    assert first.status < 400 or (spec.internal and first.status == 404)


@pytest.mark.emulator
def test_every_function_answers_alone_with_the_keepers_of_the_cloud(emulator: Emulator, tmp_path: Path) -> None:
    """All start at the same time over one data folder, as separate instances do: none waits for another."""
    cloud = {
        "TROSKELFRI_KEEPERS": "cloud",
        "TROSKELFRI_PROJECT": emulator.database(str(tmp_path)).project,
        "FIRESTORE_EMULATOR_HOST": emulator.address,
    }

    def answer(spec: FunctionSpec) -> First:
        source = str(ROOT / "functions" / spec.name / "main.py")
        return first_answer(_ALONE, tmp_path, spec.prefix, source, slow=UNASKED, **cloud)

    specs = read_functions()
    with ThreadPoolExecutor(len(specs)) as processes:
        answers = list(processes.map(answer, specs))

    assert {spec.name: first.slow for spec, first in zip(specs, answers, strict=True) if first.slow} == {}
    assert {
        spec.name: first.status
        for spec, first in zip(specs, answers, strict=True)
        if first.status >= 400 and not (spec.internal and first.status == 404)
    } == {}


def test_a_function_that_cannot_open_its_keepers_says_why_and_answers_with_a_page(tmp_path: Path) -> None:
    municipality = tmp_path / "kommun.toml"
    municipality.write_text(EXAMPLE.read_text("utf-8"), "utf-8")
    production = {
        "PYTHONPATH": str(ROOT),
        **CLOUD,
        "TROSKELFRI_MUNICIPALITY": str(municipality),
        "GOOGLE_APPLICATION_CREDENTIALS": str(tmp_path / "there-is-none.json"),
    }
    source = str(ROOT / "functions" / "start" / "main.py")
    words = [sys.executable, "-c", _FRAME.format(_ALONE), source, "/", CLOUD["TROSKELFRI_ORIGIN"]]
    done = subprocess.run(words, check=True, capture_output=True, text=True, cwd=tmp_path, env=production, timeout=60)

    assert json.loads(done.stdout.splitlines()[-1])[0] == 500
    assert "There is no service account here" in done.stderr


def test_all_together_load_nothing_slow_for_the_first_page(tmp_path: Path) -> None:
    assert first_answer(_TOGETHER, tmp_path, "/") == First(200, [])


def test_a_slow_package_is_seen(tmp_path: Path) -> None:
    assert first_answer("import holidays\nstatus = 200", tmp_path, "/").slow == ["holidays"]
