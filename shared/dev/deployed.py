"""Writes what Terraform reads of the product, so that infra/ holds no second list: functions, indexes, the upload."""

import json
import subprocess
import zipfile
from pathlib import Path
from typing import Any, Final

from shared.adapters.firestore_indexes import INDEXES, indexes_text
from shared.dev.environment import ROOT, CannotContinue
from shared.domain.queries import SHAPES
from shared.host.function_specs import FunctionSpec, read_functions

FUNCTIONS: Final = ROOT / "infra" / "functions.auto.tfvars.json"
UPLOAD: Final = ROOT / "infra" / "source.zip"

_ALL_TRACKED: Final = ("git", "ls-files", "-z", "--cached")
_NOT_UPLOADED: Final = (*_ALL_TRACKED, "--ignored", "--exclude-from=.gcloudignore")
_BEGINNING: Final = (1980, 1, 1, 0, 0, 0)


def write_all() -> None:
    """Write all three anew; raises `CannotContinue` when git cannot tell what belongs to the product."""
    for path, text in _texts().items():
        path.write_text(text, encoding="utf-8")
    write_upload(ROOT, UPLOAD)


def stale() -> list[str]:
    """The names of the files that are not as they would be written now; the upload is packed anew each time."""
    return [path.name for path, text in _texts().items() if not path.exists() or path.read_text("utf-8") != text]


def _texts() -> dict[Path, str]:
    return {FUNCTIONS: functions_text(read_functions()), INDEXES: indexes_text(SHAPES.values())}


def functions_text(specs: list[FunctionSpec]) -> str:
    """What the functions' folders declare, as Terraform's variable `functions`."""
    declared = {spec.name: _declared(spec) for spec in sorted(specs, key=lambda spec: spec.name)}
    return json.dumps({"functions": declared}, indent=2) + "\n"


def _declared(spec: FunctionSpec) -> dict[str, Any]:
    return {name: getattr(spec, name) for name in spec.__slots__ if name != "name"}


def write_upload(root: Path, target: Path) -> None:
    """Pack what git tracks and .gcloudignore lets through; the same files always make the same bytes."""
    names = sorted(uploaded(root))
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name in names:
            entry = zipfile.ZipInfo(name, _BEGINNING)
            entry.external_attr = 0o644 << 16
            packed.writestr(entry, (root / name).read_bytes(), zipfile.ZIP_DEFLATED)


def uploaded(root: Path) -> set[str]:
    """The paths that go into the upload."""
    return _listed(root, _ALL_TRACKED) - _listed(root, _NOT_UPLOADED)


def _listed(root: Path, words: tuple[str, ...]) -> set[str]:
    try:
        answer = subprocess.run(words, check=True, cwd=root, capture_output=True, text=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise CannotContinue("The upload is packed from what git tracks, and git did not answer here.") from error
    return {name for name in answer.stdout.split("\0") if name}
