"""The built files are what the manifest says, small enough for a poor line, and can be built again."""

import gzip
import hashlib
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from shared.web.static_files import FOLDER
from tests.web.fake_house import ORIGIN
from tests.web.pages_for_tests import Visitor

ASSETS = FOLDER.parent / "assets"
MANIFEST = json.loads((FOLDER / "MANIFEST.json").read_text())


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_built_files_are_those_of_the_manifest() -> None:
    assert {name: digest(FOLDER / name) for name in MANIFEST["outputs"]} == MANIFEST["outputs"]


def test_nothing_lies_beside_the_built_files() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*MANIFEST["outputs"], "MANIFEST.json"}


def test_they_were_built_from_the_sources_that_lie_here() -> None:
    found = {
        path.relative_to(ASSETS).as_posix(): digest(path)
        for path in ASSETS.rglob("*")
        if path.is_file() and "node_modules" not in path.parts and path.name != ".npmrc"
    }
    assert found == MANIFEST["sources"]


def test_versions_are_exact_and_the_lock_names_no_registry() -> None:
    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in MANIFEST["versions"].values())
    assert MANIFEST["versions"]["govuk-frontend"] == "6.3.0"
    assert "://registry" not in (ASSETS / "package-lock.json").read_text()
    assert '"resolved"' not in (ASSETS / "package-lock.json").read_text()


def test_the_licence_of_what_they_hold_is_served_with_them() -> None:
    assert "Copyright (C) 2017 Crown Copyright" in Visitor().get("/static/NOTICE.txt").text


def test_the_first_page_is_small_and_takes_few_requests() -> None:
    visitor = Visitor()
    page = visitor.get("/", **{"Accept-Encoding": "gzip"})
    html = gzip.decompress(page.data).decode()
    links = re.findall(r'(?:href|src)="(/(?:static|theme)[^"]*)"', html)
    sizes = [len(visitor.get(link.replace("&amp;", "&"), **{"Accept-Encoding": "gzip"}).data) for link in links]
    assert len(links) + 1 <= 5
    assert len(page.data) + sum(sizes) <= 30 * 1024


def test_a_file_is_kept_for_a_year_under_its_own_hash_only() -> None:
    visitor = Visitor()
    link = re.findall(r'"(/static/main.css[^"]*)"', visitor.get("/").text)[0]
    assert "immutable" in visitor.get(link).headers["Cache-Control"]
    assert visitor.get("/static/main.css?v=old").headers["Cache-Control"] == "no-cache"


def test_a_file_the_browser_has_is_not_sent_again() -> None:
    visitor = Visitor()
    tag = visitor.get("/static/main.css").headers["ETag"]
    assert visitor.get("/static/main.css", **{"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("name", ["../settings.py", "MANIFEST.json", "main.scss", "%2e%2e%2fsettings.py"])
def test_nothing_but_the_built_files_is_served(name: str) -> None:
    assert Visitor().client.get(f"/static/{name}", base_url=ORIGIN).status_code in {400, 404}


def test_the_stylesheet_for_other_directions_is_mirrored() -> None:
    left, right = ((FOLDER / name).read_text() for name in ("main.css", "main.rtl.css"))
    assert left != right
    assert left.count("margin-left") == right.count("margin-right")


@pytest.mark.slow
@pytest.mark.npm
def test_building_again_gives_the_same_bytes(tmp_path: Path) -> None:
    sources, target = tmp_path / "assets", tmp_path / "static"
    shutil.copytree(ASSETS, sources, ignore=shutil.ignore_patterns("node_modules"))
    target.mkdir()
    for command in (["npm", "ci", "--no-audit", "--no-fund"], ["node", "build.mjs", str(target)]):
        subprocess.run(command, cwd=sources, check=True, capture_output=True, timeout=110)
    assert {path.name: digest(path) for path in target.iterdir()} == {
        path.name: digest(path) for path in FOLDER.iterdir()
    }
