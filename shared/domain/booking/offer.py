"""Everything that a municipality offers: meetings, people and rooms, and the days when it is closed besides."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Final

from shared.domain import calendar
from shared.domain.booking.atoms import instant, quarters
from shared.domain.booking.meeting_kinds import QUARTER, BadOffer, MeetingForm, Offered
from shared.domain.booking.quarter_bits import Frame, Taken, any_of, reaching, set_bits, who
from shared.domain.booking.resources import Hours, Resource, ResourceKind
from shared.domain.municipality import Municipality

_NOTHING: Final = Taken()


@dataclass(frozen=True, slots=True)
class Free:
    """A time that can be had: when it starts, and who and which rooms are free then (no rooms: it takes none)."""

    start: datetime
    staff: tuple[str, ...]
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sought:
    """What is asked of every resource: the open days of the frame, and how many quarters on end."""

    frame: Frame
    days: list[date]
    length: int


@dataclass(frozen=True, slots=True)
class Offer:
    """Meetings by id, resources by id, and extra closed days; whatever a meeting names is there, or `BadOffer`."""

    meetings: Mapping[str, Offered] = field(default_factory=dict)
    resources: Mapping[str, Resource] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()

    def __post_init__(self) -> None:
        for one in self.meetings.values():
            named = {**dict.fromkeys(one.staff, ResourceKind.STAFF), **dict.fromkeys(one.rooms, ResourceKind.ROOM)}
            for id, kind in named.items():
                if id not in self.resources or self.resources[id].kind is not kind:
                    raise BadOffer(f"{one.id}: no {kind.value} {id}")

    def unknown(self, municipality: Municipality) -> str | None:
        """The first unit or staff member of a meeting that the directory does not know, for who wrote the file.

        A staff member is named by the id in the directory. None when all are known.
        """
        known = {**municipality.former, **municipality.staff}
        for meeting in self.meetings.values():
            if meeting.unit not in municipality.units:
                return f"{meeting.id}: no unit {meeting.unit} in the directory"
            for id in meeting.staff:
                if id not in known:
                    return f"{meeting.id}: nobody in the directory has the id {id}"
        return None

    def without(self, form: MeetingForm) -> "Offer":
        """The same with nobody met in this form; a kind of meeting that has no other is not offered."""
        left = {id: tuple(one for one in meeting.forms if one is not form) for id, meeting in self.meetings.items()}
        return replace(
            self, meetings={id: replace(one, forms=left[id]) for id, one in self.meetings.items() if left[id]}
        )

    def needed(self, meeting: Offered, form: MeetingForm) -> tuple[str, ...]:
        """The ids of all people and rooms that such a meeting could take: whose diaries are asked for."""
        return (*meeting.staff, *(meeting.rooms if form is MeetingForm.VISIT else ()))

    def bounds(self, meeting: Offered, now: datetime) -> tuple[datetime, date]:
        """The first instant and the last Swedish day that can be booked."""
        return now + timedelta(hours=meeting.lead), calendar.local_date(now) + timedelta(days=meeting.ahead)

    def free_times(
        self,
        meeting: Offered,
        form: MeetingForm,
        taken: Mapping[str, Taken],
        days: tuple[date, date],
        now: datetime,
    ) -> list[Free]:
        """What can be booked from the first to the last of `days` (Swedish, both included), in order of time.

        `taken` are the quarters that each resource has given away. Computed, and never stored.
        """
        earliest, furthest = self.bounds(meeting, now)
        first, last = max(days[0], calendar.local_date(earliest)), min(days[1], furthest)
        if form not in meeting.forms or last < first:
            return []
        sought = _Sought(
            Frame.of(first, last), [day for day in _days(first, last) if day not in self.closed], _quarters_of(meeting)
        )
        people = self._fitting(meeting.staff, meeting.every // QUARTER, sought, taken)
        starts = sought.frame.since(any_of(people), earliest)
        rooms = {}
        if form is MeetingForm.VISIT:
            rooms = self._fitting(meeting.rooms, 1, sought, taken)
            starts &= any_of(rooms)
        origin = sought.frame.origin
        return [Free(instant(origin + one), who(people, one), who(rooms, one)) for one in set_bits(starts)]

    def _fitting(self, ids: tuple[str, ...], every: int, sought: _Sought, taken: Mapping[str, Taken]) -> dict[str, int]:
        """By resource, the quarters of its grid at which so long a meeting could begin; those that have none left out.

        A room has no grid: any quarter of its hours will do.
        """
        grids: dict[tuple[Hours, ...], int] = {}
        found = {}
        for id in ids:
            resource = self.resources[id]
            pattern = resource.hours  # most people work by the same one
            if pattern not in grids:
                there = (quarters(one.start, one.end) for day in sought.days for one in resource.open(day))
                grids[pattern] = sought.frame.grid(there, sought.length, every)
            gone = taken.get(id, _NOTHING).within(sought.frame)
            if resource.away:
                away = (quarters(one.start, one.end) for day in sought.days for one in resource.absent(day))
                gone |= sought.frame.bits(away)
            if fits := grids[pattern] & ~reaching(gone, sought.length):
                found[id] = fits
        return found


def _quarters_of(meeting: Offered) -> int:
    """How many quarters such a meeting takes, its buffer counted."""
    return (meeting.length + meeting.buffer) // QUARTER


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def nearest(times: list[Free], wished: datetime, most: int = 6) -> list[Free]:
    """Those closest to the wished instant, in order of time."""
    close = sorted(times, key=lambda one: (abs(one.start - wished), one.start))[:most]
    return sorted(close, key=lambda one: one.start)
