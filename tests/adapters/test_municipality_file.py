"""The municipality's file: dated versions, and one clear line for every kind of mistake."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from shared.adapters.municipality_file import load_municipality, load_versions
from shared.domain.cases import CaseKind
from shared.domain.ids import UnitId
from shared.domain.municipality import Unit, valid_on
from shared.settings import EXAMPLE, BadSettings

LATER = """
[[changes]]
valid_from = 2027-01-01
name = "Nya Exempelkommun"
[changes.contact]
phone = "031-390 06 50"

[[changes]]
valid_from = 2027-06-01
[changes.opening]
to = 18:00:00
"""


def written(folder: Path, text: str) -> Path:
    path = folder / "kommun.toml"
    path.write_text(text, "utf-8")
    return path


def refusal(folder: Path, text: str) -> str:
    """The one line that the start ends with."""
    with pytest.raises(BadSettings) as refused:
        load_versions(written(folder, text))
    line = str(refused.value)
    assert "\n" not in line
    return line


def test_a_later_version_changes_what_it_names_and_nothing_else(tmp_path: Path) -> None:
    versions = load_versions(written(tmp_path, EXAMPLE.read_text("utf-8") + LATER))
    shown = {day: valid_on(versions, date.fromisoformat(day)) for day in ("2026-12-31", "2027-01-01", "2027-07-01")}
    assert [one.name for one in shown.values()] == ["Exempelkommun", "Nya Exempelkommun", "Nya Exempelkommun"]
    assert [one.contact.phone[-2:] for one in shown.values()] == ["00", "50", "50"]
    assert [one.opening.closes.hour for one in shown.values()] == [16, 16, 18]
    assert {one.contact.visit["sv"] for one in shown.values()} == {"Besök oss: Storgatan 1"}


def test_before_the_first_day_the_first_version_holds() -> None:
    versions = load_versions(EXAMPLE)
    assert valid_on(versions, date(2020, 1, 1)) is versions[0]


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        ('name = "Exempelkommun"\n', "", "name is missing"),
        ('name = "Exempelkommun"\n', 'name = ""\n', "name is empty"),
        ('name = "Exempelkommun"\n', "name = 7\n", "name must be text"),
        ("valid_from = 2026-07-01", 'valid_from = "i går"', "valid_from must be a date"),
        ("valid_from = 2026-07-01", "valid_from = 2026-07-01T10:00:00", "valid_from must be a date"),
        ('phone = "031-390 06 00"', 'fone = "031-390 06 00"', "contact.fone is not known here"),
        ('hours = { sv = "Vardagar', 'hours = { se = "Vardagar', "contact.hours.se is not known here"),
        ("[emergency]", "[urgent]", "urgent is not known here"),
        ("days = [1, 2, 3, 4, 5]", "days = [0]", "opening.days must hold whole numbers from 1 to 7"),
        ("to = 16:00:00", "to = 07:00:00", "opening.to must be later than from"),
        ("to = 16:00:00", 'to = "16"', "opening.to must be a time"),
        ('url = "https://www.smhi.se/"', 'url = "http://example.com/"', "leaving.url must start with https://"),
        ('lamp = "#f3b53f"', "", "theme.lamp is missing"),
        ("intake = true", "intake = false", "units must hold exactly one unit with intake = true"),
        ("intake = true", 'intake = "ja"', "units[1].intake must be true or false"),
        ('unit = "mottagningen"', 'unit = "motagningen"', "staff[1].unit is 'motagningen', which is none of the units"),
        ('roles = ["intake_caseworker"]', 'roles = ["boss"]', "staff[1].roles holds 'boss', which is none of"),
        ('roles = ["intake_caseworker"]', 'roles = "duty"', "staff[1].roles must be a list"),
        ('id = "samir.exempel"', 'id = "anna.exempel"', "staff holds the same id twice"),
        ('id = "samir.exempel"', 'id = "samir/exempel"', "staff[2].id is 'samir/exempel'; an id has"),
        ("socionom = true", "", "staff[1].socionom is missing"),
        ('roles = ["administrator"]', "roles = []", 'staff must hold somebody with the role "administrator"'),
        ('kind = "health"', "", "organisations[3].kind is missing"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_a_mistake_is_told_with_file_and_field(tmp_path: Path, right: str, wrong: str, said: str) -> None:
    text = EXAMPLE.read_text("utf-8")
    assert right in text
    line = refusal(tmp_path, text.replace(right, wrong, 1))
    assert line.startswith("kommun.toml: ")
    assert said in line


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("[[changes]]\nname = 'x'\n", "changes[1].valid_from is missing"),
        ("[[changes]]\nvalid_from = 2026-07-01\n", "must have rising valid_from"),
        ("[[changes]]\nvalid_from = 2027-07-01\nstaff = []\n", "changes[1].staff is not known here"),
        ("[[changes]]\nvalid_from = 2027-07-01\ncontact = 'x'\n", "with changes[1]: contact must be a table"),
        ("changes = 3\n", "not TOML"),
    ],
    ids=lambda one: str(one)[:40],
)
def test_a_mistake_in_a_later_version_is_told_too(tmp_path: Path, change: str, said: str) -> None:
    text = EXAMPLE.read_text("utf-8")
    line = refusal(tmp_path, f"{text}\n{change}" if change.startswith("[[") else text + "\n= 3")
    assert said in line


@pytest.mark.parametrize("content", [b"name = ", b"\xff\xfe"], ids=["not TOML", "not UTF-8"])
def test_what_is_no_such_file_is_told(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "kommun.toml"
    path.write_bytes(content)
    with pytest.raises(BadSettings, match=r"kommun\.toml is not"):
        load_municipality(path)
    with pytest.raises(BadSettings, match="cannot be read"):
        load_municipality(tmp_path / "nowhere.toml")


def test_what_people_apply_for_lands_where_the_file_says_and_with_the_intake_until_that_unit_is_there(
    tmp_path: Path,
) -> None:
    money = CaseKind.EKONOMISKT_BISTAND
    named = '\n[case_units]\nekonomiskt_bistand = "ekonomi"\n'
    town = load_municipality(written(tmp_path, EXAMPLE.read_text("utf-8") + named))
    unit = Unit(UnitId("ekonomi"), "Ekonomi", "031-390 06 02")

    assert load_municipality(EXAMPLE).receives(money).intake
    assert town.receives(money).intake, "the unit is not in the directory yet"
    assert replace(town, units={**town.units, unit.id: unit}).receives(money) == unit
    assert replace(town, units={**town.units, unit.id: replace(unit, active=False)}).receives(money).intake
    assert "case_units.orosanmalan is not known here" in refusal(
        tmp_path, EXAMPLE.read_text("utf-8") + named.replace("ekonomiskt_bistand", "orosanmalan")
    )
