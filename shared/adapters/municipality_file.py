"""Reads the municipality's own dated file; anything missing or unknown stops the start with one clear line."""

import tomllib
from pathlib import Path
from typing import Any

from shared.domain.ids import OrganisationId, StaffId, UnitId
from shared.domain.municipality import (
    Contact,
    Emergency,
    Municipality,
    OpeningHours,
    Organisation,
    Staff,
    Unit,
)
from shared.domain.principals import Role
from shared.settings import BadSettings


def load_municipality(path: Path) -> Municipality:
    """The municipality from its TOML file; raises `BadSettings` when the file is missing or does not fit."""
    try:
        return _municipality(tomllib.loads(path.read_text("utf-8")))
    except OSError as error:
        raise BadSettings(f"The municipality file cannot be read: {path.name}.") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSettings(f"The municipality file {path.name} is not TOML: {error}.") from error
    except (KeyError, TypeError, ValueError) as error:
        raise BadSettings(f"The municipality file {path.name} lacks or misspells {error}.") from error


def _municipality(found: dict[str, Any]) -> Municipality:
    units = {UnitId(one["id"]): Unit(**one) for one in found["units"]}
    if sum(unit.intake for unit in units.values()) != 1:
        raise ValueError("exactly one unit with intake = true")
    staff = {StaffId(one["id"]): _staff(one, units) for one in found["staff"]}
    organisations = {OrganisationId(one["id"]): Organisation(**one) for one in found["organisations"]}
    return Municipality(
        valid_from=found["valid_from"],
        name=found["name"],
        short_name=found["short_name"],
        contact=Contact(**found["contact"]),
        emergency=Emergency(**found["emergency"]),
        opening=_opening(found["opening"]),
        leave_to=found["leaving"]["url"],
        theme=found["theme"],
        units=units,
        staff=staff,
        organisations=organisations,
    )


def _staff(one: dict[str, Any], units: dict[UnitId, Unit]) -> Staff:
    if one["unit"] not in units:
        raise ValueError(f"unit '{one['unit']}'")
    return Staff(**{**one, "roles": frozenset(Role(role) for role in one["roles"])})


def _opening(one: dict[str, Any]) -> OpeningHours:
    return OpeningHours(frozenset(one["days"]), one["from"], one["to"])
