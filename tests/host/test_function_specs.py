"""What a function's folder says about it is read strictly."""

from pathlib import Path

import pytest

from shared.host.function_specs import read_function, read_functions
from shared.settings import BadSettings

TOML = """
prefix = "/prov"
audience = "anyone"
internal = false
memory_mb = 512
concurrency = 80
timeout_s = 30
needs = ["data"]
secrets = ["one"]
request_log = true
"""


def declare(root: Path, name: str, toml: str = TOML) -> Path:
    """A function's folder that says this about itself."""
    folder = root / name
    folder.mkdir()
    (folder / "function.toml").write_text(toml, "utf-8")
    return folder


def test_a_function_is_known_by_its_folder(tmp_path: Path) -> None:
    spec = read_function(declare(tmp_path, "trial"))

    assert (spec.name, spec.module, spec.prefix) == ("trial", "functions.trial.main", "/prov")
    assert (spec.needs, spec.secrets) == (("data",), ("one",))


def test_the_longest_prefix_comes_first(tmp_path: Path) -> None:
    declare(tmp_path, "start", TOML.replace("/prov", "/"))
    declare(tmp_path, "inner", TOML.replace("/prov", "/prov/inre"))
    declare(tmp_path, "outer")

    assert [spec.prefix for spec in read_functions(tmp_path)] == ["/prov/inre", "/prov", "/"]


def test_a_folder_that_declares_nothing_is_no_function(tmp_path: Path) -> None:
    (tmp_path / "__pycache__").mkdir()

    assert read_functions(tmp_path) == []


def test_two_functions_never_claim_the_same_prefix(tmp_path: Path) -> None:
    declare(tmp_path, "one")
    declare(tmp_path, "other")

    with pytest.raises(BadSettings, match="The functions one and other both claim the prefix /prov"):
        read_functions(tmp_path)


@pytest.mark.parametrize(
    "toml",
    [
        "prefix = ",
        TOML.replace("concurrency = 80", ""),
        TOML + "memory = 512",
        TOML.replace("512", '"512"'),
        TOML.replace("= 80", "= true"),
        TOML.replace("/prov", "prov"),
        TOML.replace("/prov", "/prov/"),
        TOML.replace("/prov", "/Prov"),
        TOML.replace("internal = false", "internal = 0"),
        TOML.replace('"data"', '"date"'),
        TOML.replace('needs = ["data"]', ""),
    ],
    ids=["no toml", "lacks a line", "unknown line", "text for a number", "yes for a number",
         "no path", "ends with a slash", "capital", "number for a yes",
         "needs what is not there", "does not say what it needs"],
)  # fmt: skip
def test_what_is_lacking_or_misspelt_is_told_with_its_file(tmp_path: Path, toml: str) -> None:
    with pytest.raises(BadSettings, match="functions/trial/"):
        read_function(declare(tmp_path, "trial", toml))
