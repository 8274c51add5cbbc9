"""The file that says which meetings a municipality offers, with whom, where and when."""

from collections.abc import Mapping
from datetime import date, time
from pathlib import Path
from typing import Final

from shared.adapters.toml_fields import Table, read_toml
from shared.domain.booking.meeting_kinds import BadOffer, MeetingForm, Offered
from shared.domain.booking.offer import Offer
from shared.domain.booking.resources import Absence, Away, Hours, Resource, ResourceKind
from shared.domain.ids import UnitId
from shared.settings import BadSettings, Settings

SUFFIX = ".booking.toml"
_DAYS: Final = {
    "monday": 1, "tuesday": 2, "wednesday": 3, "thursday": 4, "friday": 5, "saturday": 6, "sunday": 7
}  # fmt: skip
_MINUTES: Final = 8 * 60
_NUMBERS: Final = {
    "length": (1, _MINUTES), "buffer": (0, _MINUTES), "every": (1, _MINUTES), "lead": (0, 24 * 60), "ahead": (1, 366)
}  # fmt: skip
"""The least and the most of each: minutes, hours for `lead`, days for `ahead`."""


def booking_path(settings: Settings) -> Path:
    """Where the settings say, else beside the municipality's own file (`town.toml` → `town.booking.toml`)."""
    beside = settings.municipality.with_name(settings.municipality.name.removesuffix(".toml") + SUFFIX)
    return settings.booking or beside


def load_offer(path: Path) -> Offer:
    """What the file offers; nothing at all when there is none.

    Raises `BadSettings` with one line that names file, field and what is wrong: a misspelt absence is never passed by.
    """
    if not path.is_file():
        return Offer()
    whole = read_toml(path, "The file of meetings").only({"closed", "patterns", "meetings", *ResourceKind})
    patterns = {name: _hours(week) for name, week in whole.named("patterns").items()}
    resources = {
        id: _resource(id, kind, one, patterns) for kind in ResourceKind for id, one in whole.named(kind).items()
    }
    try:
        meetings = {id: _meeting(id, one) for id, one in whole.named("meetings").items()}
        return Offer(meetings, resources, whole.days("closed"))
    except BadOffer as error:
        raise BadSettings(f"{path.name}: {error}.") from error


def _hours(week: Table) -> tuple[Hours, ...]:
    week.only(_DAYS)
    spans = ((day, span) for day in week.found for span in week.list_of_text(day))
    return tuple(Hours(_DAYS[day], *_clocks(week, day, span)) for day, span in spans)


def _clocks(table: Table, field: str, span: str) -> tuple[time, time]:
    begins, dash, ends = span.partition("-")
    try:
        found = time.fromisoformat(begins), time.fromisoformat(ends)
    except ValueError as error:
        raise table.refuse(field, f"holds '{span}'; write a span such as 09:00-12:00") from error
    if not dash or found[0] >= found[1]:
        raise table.refuse(field, f"holds '{span}', which ends before it begins")
    return found


def _resource(id: str, kind: ResourceKind, one: Table, patterns: Mapping[str, tuple[Hours, ...]]) -> Resource:
    one.only({"name", "pattern", "away"})
    pattern = one.text("pattern")
    if pattern not in patterns:
        raise one.refuse("pattern", f"is '{pattern}', which is none of the patterns")
    return Resource(id, kind, one.text("name"), patterns[pattern], tuple(map(_away, one.tables("away"))))


def _away(one: Table) -> Away:
    one.only({"why", "first", "last", "hours"})
    why = one.text("why")
    if why not in {*Absence}:
        raise one.refuse("why", f"is '{why}', which is none of {', '.join(Absence)}")
    hours = _clocks(one, "hours", one.text("hours")) if one.has("hours") else ()
    return Away(Absence(why), one.day("first"), _last(one), *hours)


def _last(one: Table) -> date:
    last = one.day("last") if one.has("last") else one.day("first")
    if last < one.day("first"):
        raise one.refuse("last", "is before first")
    return last


def _meeting(id: str, one: Table) -> Offered:
    one.only({"unit", "name", "about", "forms", "staff", "rooms", "place", *_NUMBERS})
    forms = one.choices("forms", MeetingForm, [*MeetingForm])
    return Offered(
        id=id,
        unit=UnitId(one.text("unit")),
        name=one.texts("name"),
        about=one.texts("about"),
        forms=tuple(form for form in MeetingForm if form in forms),
        staff=tuple(one.list_of_text("staff")),
        rooms=tuple(one.list_of_text("rooms")),
        place=one.texts("place") if one.has("place") else None,
        length=one.number("length", *_NUMBERS["length"]),
        **{name: one.number(name, *limits) for name, limits in _NUMBERS.items() if name != "length" and one.has(name)},
    )
