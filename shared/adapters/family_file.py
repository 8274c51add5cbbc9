"""A population register of invented families, read from a TOML file: for practice, at stage demo."""

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from shared.domain.household import Household
from shared.domain.register import Address, CivilStatus, Family, Protection, RegisteredPerson, Registration
from shared.settings import ROOT

FAMILIES: Final = ROOT / "shared" / "demo" / "families.toml"


class FamilyFile:
    """The register in a file: whoever has custody of whom is written with the child, once."""

    def __init__(self, path: Path = FAMILIES) -> None:
        found = tomllib.loads(path.read_text("utf-8"))
        self.source: Mapping[str, str] = found["source"]
        self._people = _with_wards([_person(one) for one in found["people"]])

    def family(self, number: str) -> Family | None:
        """As the port promises."""
        if number not in self._people:
            return None
        guardians = [one for one in self._people[number].guardians if one in self._people]
        wards = [ward for one in guardians for ward in self._people[one].wards]
        return Family(number, {one: self._people[one] for one in (number, *guardians, *wards)})

    def household(self, number: str) -> Household | None:
        """As the port promises."""
        if number not in self._people:
            return None
        return Household(number, {one: self._people[one] for one in (number, *self._people[number].wards)})


def _person(one: dict[str, Any]) -> RegisteredPerson:
    return RegisteredPerson(
        number=one["number"],
        name=one["name"],
        registration=Registration(one.get("registration", Registration.REGISTERED)),
        protection=Protection(one.get("protection", Protection.NONE)),
        since=one.get("since"),
        address=Address(**one["address"]) if "address" in one else None,
        guardians=tuple(one.get("guardians", ())),
        civil_status=CivilStatus(one["civil_status"]) if "civil_status" in one else None,
    )


def _with_wards(people: list[RegisteredPerson]) -> dict[str, RegisteredPerson]:
    return {
        one.number: replace(one, wards=tuple(ward.number for ward in people if one.number in ward.guardians))
        for one in people
    }
