"""The file that says which meetings a municipality offers, with whom, where and when."""

import tomllib
from collections.abc import Mapping
from datetime import time
from pathlib import Path
from typing import Any

from shared.domain.booking.meeting_kinds import MeetingForm, Offered
from shared.domain.booking.offer import Offer
from shared.domain.booking.resources import Absence, Away, Hours, Resource, ResourceKind
from shared.domain.ids import UnitId
from shared.settings import BadSettings

SUFFIX = ".booking.toml"
_DAYS = {"monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7}


def booking_path(municipality: Path) -> Path:
    """Where the file lies: beside the municipality's own (`town.toml` → `town.booking.toml`)."""
    return municipality.with_name(municipality.name.removesuffix(".toml") + SUFFIX)


def load_offer(path: Path) -> Offer:
    """What the file offers; nothing at all when there is none. Raises `BadSettings` with one clear line."""
    if not path.is_file():
        return Offer()
    try:
        return read_offer(tomllib.loads(path.read_text("utf-8")))
    except KeyError as error:
        raise BadSettings(f"The file of meetings {path.name} lacks {error}.") from error
    except (AttributeError, OSError, TypeError, ValueError) as error:
        raise BadSettings(f"The file of meetings {path.name} cannot be read: {error}.") from error


def read_offer(table: Mapping[str, Any]) -> Offer:
    """The same from what the file holds."""
    patterns = {name: _hours(week) for name, week in table.get("patterns", {}).items()}
    resources = {
        id: _resource(id, kind, one, patterns) for kind in ResourceKind for id, one in table.get(kind.value, {}).items()
    }
    meetings = {id: _meeting(id, one) for id, one in table.get("meetings", {}).items()}
    return Offer(meetings, resources, frozenset(table.get("closed", ())))


def _hours(week: Mapping[str, Any]) -> tuple[Hours, ...]:
    return tuple(Hours(_DAYS[day], *_clocks(span)) for day, spans in week.items() for span in spans)


def _clocks(span: str) -> tuple[time, time]:
    begins, dash, ends = span.partition("-")
    if not dash:
        raise ValueError(f"no span of time: {span}")
    return time.fromisoformat(begins), time.fromisoformat(ends)


def _resource(id: str, kind: ResourceKind, one: Mapping[str, Any], patterns: Mapping[str, Any]) -> Resource:
    away = tuple(_away(each) for each in one.get("away", ()))
    return Resource(id, kind, one["name"], patterns[one["pattern"]], away)


def _away(one: Mapping[str, Any]) -> Away:
    why, first, last = Absence(one["why"]), one["first"], one.get("last", one["first"])
    if "hours" not in one:
        return Away(why, first, last)
    return Away(why, first, last, *_clocks(one["hours"]))


def _meeting(id: str, one: Mapping[str, Any]) -> Offered:
    kept = {**one, "unit": UnitId(one["unit"]), "forms": tuple(MeetingForm(form) for form in one["forms"])}
    return Offered(id=id, **{**kept, "staff": tuple(one["staff"]), "rooms": tuple(one.get("rooms", ()))})
