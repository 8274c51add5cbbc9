"""The README's map names everything there is: each function, form, setting and command."""

from dataclasses import fields

from shared.dev import commands
from shared.settings import Settings
from tests.house.tree import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def unnamed(names: list[str], readme: str) -> list[str]:
    return [name for name in names if f"`{name}`" not in readme]


def test_every_function_is_on_the_map() -> None:
    folders = [path.parent.name for path in (ROOT / "functions").glob("*/function.toml")]

    assert unnamed([f"functions/{name}" for name in folders], README) == []


def test_every_form_is_on_the_map() -> None:
    forms = [path.name for path in (ROOT / "forms").glob("*.toml") if path.name.count(".") == 1]

    assert unnamed([f"forms/{name}" for name in forms], README) == []


def test_every_setting_is_on_the_map() -> None:
    names = {field.name: f"TROSKELFRI_{field.name.upper()}" for field in fields(Settings)}
    names["emulator"] = "FIRESTORE_EMULATOR_HOST"  # Google's own tools know it by this name
    assert unnamed(list(names.values()), README) == []


def test_every_command_is_on_the_map() -> None:
    assert unnamed([f"python3 dev.py {name}" for name in commands.COMMANDS], README) == []


def test_a_name_that_is_not_on_the_map_is_seen() -> None:
    assert unnamed(["functions/start", "functions/gone"], "see `functions/start`") == ["functions/gone"]
