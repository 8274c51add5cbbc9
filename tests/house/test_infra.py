"""infra/ deploys what the product says of itself: what is written for Terraform is renewed when the product changes."""

import re
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from shared.dev import deployed
from shared.dev.environment import CannotContinue
from shared.host.function_specs import read_functions
from tests.house.tree import ROOT, Source, example, faults, texts

_ANYBODY = re.compile(r'"(?:allUsers|allAuthenticatedUsers)"')

_KEPT = re.compile(
    r'^resource "(google_firestore_database|google_kms_crypto_key|google_kms_key_ring|google_storage_bucket'
    r'|google_cloud_tasks_queue)" "(\w+)" \{\n(.*?)^\}',
    re.MULTILINE | re.DOTALL,
)


def open_to_anybody(source: Source) -> Iterator[str]:
    yield from _ANYBODY.findall(source.text)


def repository(folder: Path, **files: str) -> Path:
    """A folder whose files git tracks, all but `untracked`."""
    for name, text in files.items():
        (folder / name).write_text(text)
    tracked = [name for name in files if name != "untracked"]
    (folder / ".gcloudignore").write_text("left_out\n.gcloudignore\n")
    subprocess.run(["git", "init", "-q"], check=True, cwd=folder)
    subprocess.run(["git", "add", ".gcloudignore", *tracked], check=True, cwd=folder)
    return folder


def packed(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as whole:
        return {name: whole.read(name) for name in whole.namelist()}


def test_terraform_reads_every_function_as_its_folder_declares_it() -> None:
    written = deployed.FUNCTIONS.read_text("utf-8")

    assert written == deployed.functions_text(read_functions()), "renew it: python3 dev.py infra"


def test_only_one_line_lets_anybody_call_anything() -> None:
    assert faults(open_to_anybody, texts("infra/", ends=(".tf",))) == ['infra/access.tf: "allUsers"']
    assert faults(open_to_anybody, example('member = "allAuthenticatedUsers"')) != []


def undefended(source: Source) -> Iterator[str]:
    for kind, name, inner in _KEPT.findall(source.text):
        if "prevent_destroy = true" not in inner:
            yield f"{kind}.{name}"


def test_what_holds_peoples_data_is_destroyed_by_no_slip_of_the_hand() -> None:
    assert faults(undefended, texts("infra/", ends=(".tf",))) == ["infra/keepers.tf: google_storage_bucket.source"]
    assert faults(undefended, example('resource "google_firestore_database" "kept" {\n  name = "data"\n}\n')) != []


def test_a_file_that_terraform_reads_and_that_is_not_renewed_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    assert deployed.stale() == []
    monkeypatch.setattr(deployed, "read_functions", lambda: read_functions()[1:])
    assert deployed.stale() == ["functions.auto.tfvars.json"]


def test_the_upload_holds_what_answers_requests_and_nothing_else() -> None:
    names = deployed.uploaded(ROOT)

    assert {"requirements.txt", "functions/start/main.py", "shared/app/__init__.py"} <= names
    assert {name.partition("/")[0] for name in names} <= {"functions", "shared", "forms", "requirements.txt", "LICENSE"}
    assert not any(name.startswith("shared/dev/") for name in names)


def test_the_same_files_make_the_same_upload_and_untracked_ones_are_never_in_it(tmp_path: Path) -> None:
    root = repository(tmp_path, kept="text", left_out="tests", untracked="a secret")
    deployed.write_upload(root, tmp_path / "one.zip")
    (root / "kept").touch()
    deployed.write_upload(root, tmp_path / "other.zip")

    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "other.zip").read_bytes()
    assert packed(tmp_path / "one.zip") == {"kept": b"text"}


def test_without_git_nothing_is_packed(tmp_path: Path) -> None:
    with pytest.raises(CannotContinue, match="git did not answer"):
        deployed.write_upload(tmp_path, tmp_path / "one.zip")
