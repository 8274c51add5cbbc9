"""What is installed is exactly what was locked: one version, with hashes, from no particular address."""

import re
from typing import Final

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from tests.house.tree import PRODUCT, ROOT, Source, example, python

LOCKS: Final = (
    "requirements.txt",
    "requirements-dev.txt",
    "infra/offline/requirements.txt",
    "infra/offline/schema.txt",
)
PYJWT_FLOOR: Final = Version("2.15.1")
"""Before it a token could name its own algorithm or key in ways the wrapper cannot see."""
IMPORTED_AS: Final = {
    "google-cloud-firestore": "google.cloud.firestore_v1",
    "google-cloud-kms": "google.cloud.kms_v1",
    "google-cloud-storage": "google.cloud.storage",
    "google-cloud-tasks": "google.cloud.tasks_v2",
    "google-crc32c": "google_crc32c",
    "pillow": "PIL",
    "pillow-heif": "pillow_heif",
    "pyjwt": "jwt",
}
NOT_IMPORTED: Final = {
    "functions-framework": "the cloud starts the functions with it",
    "govuk-frontend-jinja": "the pages load its templates by name",
    "tzdata": "zoneinfo reads it",
}
_PINNED: Final = re.compile(r"(?P<name>[a-z0-9][a-z0-9._-]*)(?:\[[a-z,]+\])?==(?P<version>[^\s;]+)(?: ; [^\\]+)?")
_HASH: Final = re.compile(r"--hash=sha256:[0-9a-f]{64}")
each_lock = pytest.mark.parametrize("lock", LOCKS)


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def entries(lock: str) -> list[str]:
    return [entry for entry in lock.replace("\\\n", " ").splitlines() if entry and not entry.startswith("#")]


def loose(lock: str) -> list[str]:
    """The entries that are not one version with at least one hash and nothing else."""
    return [entry.split()[0] for entry in entries(lock) if not _is_locked(entry)]


def _is_locked(entry: str) -> bool:
    head, *hashes = re.split(r"\s+(?=--hash=)", entry.strip())
    return bool(_PINNED.fullmatch(head) and hashes and all(_HASH.fullmatch(one) for one in hashes))


def pins(lock: str) -> dict[str, Version]:
    found = (_PINNED.match(entry) for entry in entries(lock))
    return {one["name"]: Version(one["version"]) for one in found if one}


def wanted(name: str) -> list[Requirement]:
    lines = (line.strip() for line in read(name).splitlines())
    return [Requirement(line) for line in lines if line and not line.startswith(("#", "-"))]


def unmet(wishes: list[Requirement], locked: dict[str, Version]) -> list[str]:
    return [str(wish) for wish in wishes if not (wish.name in locked and locked[wish.name] in wish.specifier)]


def unused(names: list[str], sources: list[Source]) -> list[str]:
    """The packages that no file imports, by any of the ways of writing it."""
    code = "\n".join(source.text for source in sources)
    modules = {name: IMPORTED_AS.get(name, name) for name in names}
    return [name for name in names if not re.search(rf"(?m)^\s*(?:import|from) {modules[name]}\b", code)]


@each_lock
def test_every_package_is_one_version_with_hashes_and_no_address(lock: str) -> None:
    assert loose(read(lock)) == []
    assert "://" not in read(lock)


@each_lock
def test_the_lock_holds_what_is_asked_for(lock: str) -> None:
    assert unmet(wanted(lock.replace(".txt", ".in")), pins(read(lock))) == []


def test_the_tools_change_no_version_the_product_runs_with() -> None:
    run, develop = pins(read(LOCKS[0])), pins(read(LOCKS[1]))

    assert {name for name in run.keys() & develop.keys() if run[name] != develop[name]} == set()


def test_tokens_are_read_by_a_pyjwt_that_is_new_enough() -> None:
    asked = next(wish for wish in wanted("requirements.in") if wish.name == "pyjwt")

    assert pins(read(LOCKS[0]))["pyjwt"] >= PYJWT_FLOOR
    assert not asked.specifier.contains(Version("2.15.0"))


def test_the_product_installs_nothing_that_it_does_not_use() -> None:
    assert set(unused([wish.name for wish in wanted("requirements.in")], python(*PRODUCT))) == NOT_IMPORTED.keys()


@pytest.mark.parametrize("name", [lock.replace(".txt", ".in") for lock in LOCKS])
def test_every_package_asked_for_is_justified(name: str) -> None:
    table = read("docs/decisions/0013-libraries.md")

    assert [wish.name for wish in wanted(name) if f"`{wish.name}`" not in table] == []


def test_a_loose_a_hashless_and_an_addressed_entry_are_seen() -> None:
    digest = "--hash=sha256:" + "0" * 64

    assert loose(f"flask==3.1.3 \\\n    {digest}\n") == []
    assert loose(f"flask>=3 \\\n    {digest}\n") == ["flask>=3"]
    assert loose("flask==3.1.3\n") == ["flask==3.1.3"]
    assert loose(f"flask @ file:flask.whl \\\n    {digest}\n") == ["flask"]


def test_a_wish_the_lock_does_not_meet_is_seen() -> None:
    assert unmet([Requirement("flask>=4")], {"flask": Version("3.1.3")}) == ["flask>=4"]
    assert unmet([Requirement("flask")], {}) == ["flask"]


def test_a_package_that_nothing_imports_is_seen() -> None:
    code = example("import flask\ndef f():\n    from jwt import PyJWK")

    assert unused(["flask", "pyjwt", "segno"], code) == ["segno"]
