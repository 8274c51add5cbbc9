"""From nothing to the first answer: each function alone under functions-framework beside a bare one, and the host."""

import json
import re
import subprocess
import sys
from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from shared.settings import ROOT
from tests.bench.browsers import WentWrong
from tests.bench.processes import Server, free_port, served
from tests.bench.serving import environment, product, stocked

ROUNDS: Final = 21
"""A start takes up to half as much again from one time to the next, on a quiet machine too."""
UNWANTED: Final = ("google", "grpc", "pydantic", "requests", "shared.formkit")
"""What a resident on a phone would wait for, and nobody needs here."""
_FRAMEWORKS_OWN: Final = re.compile(r"google(\.cloud(\.functions.*)?)?")
"""functions-framework names a part of itself so."""
FIRST_PAGES: Final = {"start": "/", "concern_reports": "/anmal", "identity": "/logga-in"}
"""Function → a page of its own that anybody may open."""
_HELLO: Final = "def http(request):\n    return 'Hello'\n"
_MODULES: Final = """
import json, sys
from functions_framework import create_app
answer = create_app("http", sys.argv[1]).test_client().get(sys.argv[2], base_url=sys.argv[3])
print(json.dumps([answer.status_code, sorted(sys.modules)]))
"""


@dataclass(frozen=True, slots=True)
class ColdStart:
    """Medians over the rounds; the ratio is to the bare function in the same round."""

    cpu_ms: float
    wall_ms: float
    cpu_ratio_to_hello: float
    memory_mb: float


def measured() -> Mapping[str, ColdStart]:
    """`hello`, every function of `FIRST_PAGES`, and the whole `host`, in turn."""
    with TemporaryDirectory() as name:
        data, hello = Path(name, "data"), Path(name, "hello")
        hello.mkdir()
        (hello / "main.py").write_text(_HELLO, "utf-8")
        stocked(data, lambda house: None)
        rounds = [_round(hello, data) for _ in range(ROUNDS + 1)][1:]
    return {name: _summed([one[name] for one in rounds], [one["hello"] for one in rounds]) for name in rounds[0]}


def unwanted_modules(name: str) -> list[str]:
    """What of `UNWANTED` the function has loaded after its first answer."""
    with TemporaryDirectory() as folder:
        stocked(Path(folder), lambda house: None)
        settings = environment(Path(folder), 8080)
        words = [sys.executable, "-c", _MODULES, str(source(name)), FIRST_PAGES[name], settings["TROSKELFRI_ORIGIN"]]
        ran = subprocess.run(words, cwd=ROOT, env=settings, check=True, capture_output=True, text=True)
    status, modules = json.loads(ran.stdout.splitlines()[-1])
    if status != 200:
        raise WentWrong(f"{name} answered {status}")
    ours = [one for one in modules if not _FRAMEWORKS_OWN.fullmatch(one)]
    return [one for one in ours if f"{one}.".startswith(tuple(f"{name}." for name in UNWANTED))]


def _round(hello: Path, data: Path) -> dict[str, "Once"]:
    found = {"hello": once(framework(hello / "main.py", "/", hello))}
    for name, path in FIRST_PAGES.items():
        found[name] = once(framework(source(name), path, data))
    found["host"] = once(product(data, "/"))
    return found


@dataclass(frozen=True, slots=True)
class Once:
    """One start, from nothing to the first answer."""

    cpu_ms: float
    wall_ms: float
    memory_mb: float


def once(starting: AbstractContextManager[Server]) -> Once:
    """What one start took."""
    with starting as server:
        return Once(server.cold_cpu_ms, server.cold_ms, server.memory_mb())


def framework(
    source: Path, path: str, folder: Path, settings: Mapping[str, str] | None = None
) -> AbstractContextManager[Server]:
    """The function in `source` as the cloud's framework serves it, over the data in `folder`, with these settings."""
    port = free_port()
    words = ["-m", "functions_framework", "--target", "http", "--source", str(source)]
    words += ["--host", "127.0.0.1", "--port", str(port)]
    return served(words, port, path, {**environment(folder, port), **(settings or {})}, folder / "errors")


def source(name: str) -> Path:
    """The file that the cloud starts a function from."""
    return ROOT / "functions" / name / "main.py"


def _summed(rounds: list[Once], hellos: list[Once]) -> ColdStart:
    return ColdStart(
        cpu_ms=median(one.cpu_ms for one in rounds),
        wall_ms=median(one.wall_ms for one in rounds),
        cpu_ratio_to_hello=median(one.cpu_ms / hello.cpu_ms for one, hello in zip(rounds, hellos, strict=True)),
        memory_mb=median(one.memory_mb for one in rounds),
    )
