"""The directory as it is stored: ids, units, roles and days lie clear, names, titles and addresses lie sealed."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from shared.domain.directory import Entity
from shared.domain.ids import KeyId, OrganisationId, StaffId, UnitId
from shared.domain.municipality import Absence, Organisation, Staff, Unit
from shared.domain.principals import Role
from shared.ports.store import Document, Value
from shared.records.rows import Row
from shared.records.sealing import Sealing

COLLECTION: Final = "directory"
_PART: Final = "core"
_UNIT, _STAFF, _ORGANISATION = "unit", "staff", "organisation"


def row_id(entity: Entity) -> str:
    """Where the entity lies: its kind and its id."""
    return f"{kind_of(entity)}-{entity.id}"


def kind_of(entity: Entity) -> str:
    """`unit`, `staff` or `organisation`."""
    if isinstance(entity, Unit):
        return _UNIT
    return _STAFF if isinstance(entity, Staff) else _ORGANISATION


def entity_row(entity: Entity, rev: int, number: int, key: KeyId) -> Row:
    """The entity as change `number` leaves it; `rev` is the revision it was read at (0: new)."""
    clear, core = _parts(entity)
    clear = {"kind": kind_of(entity), "entity": entity.id, "number": number, **clear}
    return Row(COLLECTION, row_id(entity), rev, clear, key, {_PART: core})


def read_entity(document: Document, sealing: Sealing) -> Entity:
    """The entity from its document; its key must be loaded."""
    fields: Any = document.fields
    core = sealing.open(document, KeyId(fields["key"]), (_PART,))[_PART]
    match fields["kind"]:
        case "unit":
            return Unit(
                UnitId(fields["entity"]), core["name"], core["phone"], fields["intake"], fields.get("active", True)
            )
        case "organisation":
            return Organisation(OrganisationId(fields["entity"]), core["name"], fields["category"], fields["active"])
    return _read_staff(fields, core)


def _parts(entity: Entity) -> tuple[dict[str, Value], dict[str, object]]:
    if isinstance(entity, Unit):
        return {"intake": entity.intake, "active": entity.active}, {"name": entity.name, "phone": entity.phone}
    if isinstance(entity, Organisation):
        return {"category": entity.kind, "active": entity.active}, {"name": entity.name}
    return _staff_parts(entity)


def _staff_parts(staff: Staff) -> tuple[dict[str, Value], dict[str, object]]:
    away = staff.away
    clear: dict[str, Value] = {
        "unit": staff.unit,
        "roles": [*sorted(role.value for role in staff.roles)],
        "socionom": staff.socionom,
        "first_day": _iso(staff.first_day),
        "last_day": _iso(staff.last_day),
        "case_units": list(staff.case_units),
    }
    absence = None
    if away is not None:
        absence = {"first_day": _iso(away.first_day), "last_day": _iso(away.last_day), "substitute": away.substitute}
    core: dict[str, object] = {
        "name": staff.name, "title": staff.title, "email": staff.email, "phone": staff.phone, "away": absence
    }  # fmt: skip
    return clear, core


def _read_staff(fields: Any, core: Mapping[str, Any]) -> Staff:
    away = core["away"]
    return Staff(
        StaffId(fields["entity"]),
        core["name"],
        core["title"],
        UnitId(fields["unit"]),
        frozenset(Role(one) for one in fields["roles"]),
        fields["socionom"],
        core["email"],
        core["phone"],
        first_day=_day(fields["first_day"]),
        last_day=_day(fields["last_day"]),
        away=away and _absence(away),
        case_units=tuple(UnitId(one) for one in fields["case_units"]),
    )


def _absence(away: Mapping[str, Any]) -> Absence:
    substitute = StaffId(away["substitute"]) if away["substitute"] else None
    return Absence(date.fromisoformat(away["first_day"]), date.fromisoformat(away["last_day"]), substitute)


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
