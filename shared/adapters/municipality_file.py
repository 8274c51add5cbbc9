"""Reads the municipality's own dated file; anything missing or unknown stops the start with one clear line."""

from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from shared.adapters.toml_fields import Table, read_toml
from shared.domain.cases import CaseKind
from shared.domain.ids import OrganisationId, StaffId, UnitId
from shared.domain.municipality import Contact, Emergency, Municipality, OpeningHours, Organisation, Staff, Unit
from shared.domain.principals import Role
from shared.domain.quiet import QuietHours
from shared.settings import LOOPBACK

if TYPE_CHECKING:
    from shared.domain.own_law import OwnLaw

_DATED: Final = frozenset(
    {
        "valid_from",
        "name",
        "short_name",
        "contact",
        "emergency",
        "opening",
        "quiet",
        "leaving",
        "theme",
        "law",
        "court",
        "case_units",
    }
)
"""What a later version may change; people and organisations are the directory's once it is there."""
_ALL: Final = _DATED | {"units", "staff", "organisations", "brokers", "changes"}
_APPLIED_FOR: Final = (CaseKind.EKONOMISKT_BISTAND,)
"""The kinds of case whose unit may be named: reports of concern are received by the intake, and nowhere else."""
_COLOURS: Final = ("brand", "brand_deep", "brand_soft", "page", "line", "lamp")
_MOST: Final = 150
"""Units, staff and organisations that a new installation may begin with: they are written in one batch."""


def load_municipality(path: Path) -> Municipality:
    """The first version of the municipality; raises `BadSettings` when the file is missing or does not fit."""
    return load_versions(path)[0]


def load_versions(path: Path) -> tuple[Municipality, ...]:
    """Every dated version, oldest first: the file as it begins, then each `[[changes]]` on top of the one before.

    Raises `BadSettings` with one line that names the file and the field.
    """
    whole = read_toml(path, "The municipality file").only(_ALL)
    found = whole.found
    versions = [_municipality(whole)]
    for at, change in enumerate(whole.tables("changes"), start=1):
        change.only(_DATED).day("valid_from")
        found = _laid_over(found, found["changes"][at - 1])
        versions.append(_municipality(Table(f"{path.name}, with changes[{at}]", "", found)))
    if any(later.valid_from <= earlier.valid_from for earlier, later in pairwise(versions)):
        raise whole.refuse("changes", "must have rising valid_from, all later than the file's own")
    return tuple(versions)


def _laid_over(before: Mapping[str, Any], change: Mapping[str, Any]) -> dict[str, Any]:
    after = dict(before)
    for name, value in change.items():
        both_tables = isinstance(value, dict) and isinstance(before.get(name), dict)
        after[name] = {**before[name], **value} if both_tables else value
    return after


def _municipality(whole: Table) -> Municipality:
    units = {one.id: one for one in map(_unit, whole.tables("units"))}
    if sum(unit.intake for unit in units.values()) != 1:
        raise whole.refuse("units", "must hold exactly one unit with intake = true")
    staff = {one.id: one for one in (_staff(table, units) for table in whole.tables("staff"))}
    organisations = {one.id: one for one in map(_organisation, whole.tables("organisations"))}
    for name, kept in (("units", units), ("staff", staff), ("organisations", organisations)):
        if len(kept) != len(whole.tables(name)):
            raise whole.refuse(name, "holds the same id twice")
    if len(units) + len(staff) + len(organisations) > _MOST:
        raise whole.refuse("staff", f"and the other lists hold more than {_MOST}; begin with few and add the rest")
    if not any(Role.ADMINISTRATOR in one.roles for one in staff.values()):
        raise whole.refuse("staff", 'must hold somebody with the role "administrator", who lets the others in')
    return Municipality(
        valid_from=whole.day("valid_from"),
        name=whole.text("name"),
        short_name=whole.text("short_name"),
        contact=_contact(whole.table("contact")),
        emergency=_emergency(whole.table("emergency")),
        opening=_opening(whole.table("opening")),
        leave_to=_leave_to(whole.table("leaving").only({"url"})),
        theme=_theme(whole.table("theme")),
        units=units,
        staff=staff,
        organisations=organisations,
        quiet=_quiet(whole),
        law=_law(whole),
        court=whole.text("court", ""),
        case_units=_case_units(whole),
    )


def _unit(table: Table) -> Unit:
    table.only({"id", "name", "phone", "intake"})
    return Unit(UnitId(table.id()), table.text("name"), table.text("phone"), table.yes("intake", default=False))


def _staff(table: Table, units: Mapping[UnitId, Unit]) -> Staff:
    table.only({"id", "name", "title", "unit", "roles", "socionom", "email", "phone"})
    unit = UnitId(table.text("unit"))
    if unit not in units:
        raise table.refuse("unit", f"is '{unit}', which is none of the units")
    return Staff(
        StaffId(table.id()),
        table.text("name"),
        table.text("title"),
        unit,
        table.choices("roles", Role, [*Role]),
        table.yes("socionom"),
        table.text("email", ""),
        table.text("phone", ""),
    )


def _organisation(table: Table) -> Organisation:
    table.only({"id", "name", "kind"})
    return Organisation(OrganisationId(table.id()), table.text("name"), table.text("kind"))


def _contact(table: Table) -> Contact:
    table.only({"phone", "hours", "visit", "visit_hours"})
    return Contact(table.text("phone"), table.texts("hours"), table.texts("visit"), table.texts("visit_hours"))


def _emergency(table: Table) -> Emergency:
    table.only({"acute", "out_of_hours_phone", "out_of_hours", "duty_phone"})
    return Emergency(
        table.text("acute"), table.text("out_of_hours_phone"), table.texts("out_of_hours"), table.text("duty_phone")
    )


def _opening(table: Table) -> OpeningHours:
    table.only({"days", "from", "to"})
    hours = OpeningHours(table.numbers("days", 1, 7), table.clock("from"), table.clock("to"))
    if hours.closes <= hours.opens:
        raise table.refuse("to", "must be later than from")
    return hours


def _quiet(whole: Table) -> QuietHours:
    if not whole.has("quiet"):
        return QuietHours()
    table = whole.table("quiet").only({"from", "to"})
    return QuietHours(table.clock("from"), table.clock("to"))


def _law(whole: Table) -> "OwnLaw":
    if not whole.has("law"):
        return {}
    from shared.adapters.own_law_table import read_own_law

    return read_own_law(whole.table("law"))


def _case_units(whole: Table) -> dict[CaseKind, UnitId]:
    """Whether the unit is there is seen when something comes in: units are the directory's, the intake stands in."""
    if not whole.has("case_units"):
        return {}
    table = whole.table("case_units").only({kind.value for kind in _APPLIED_FOR})
    return {kind: UnitId(table.text(kind.value)) for kind in _APPLIED_FOR if table.has(kind.value)}


def _leave_to(table: Table) -> str:
    url = table.text("url")
    if not url.startswith("https://") and urlsplit(url).hostname not in LOOPBACK:
        raise table.refuse("url", "must start with https://")
    return url


def _theme(table: Table) -> dict[str, str]:
    table.only(_COLOURS)
    return {name: table.text(name) for name in _COLOURS}
