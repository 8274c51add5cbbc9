"""Everything that a municipality offers: meetings, people and rooms, and the days when it is closed besides."""

import builtins
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from shared.domain import calendar
from shared.domain.booking.atoms import instant, quarters
from shared.domain.booking.meeting_kinds import QUARTER, BadOffer, MeetingForm, Offered
from shared.domain.booking.resources import Resource, ResourceKind
from shared.domain.municipality import Municipality

_NEVER: Final = frozenset[int]()


@dataclass(frozen=True, slots=True)
class Free:
    """A time that can be had: when it starts, and who and which rooms are free then (no rooms: it takes none)."""

    start: datetime
    staff: tuple[str, ...]
    rooms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gaps:
    id: str
    open: list[range]
    busy: frozenset[int]
    away: frozenset[int]

    def clear(self, start: int, length: int) -> bool:
        """Whether nothing else is there from this quarter on, so long."""
        if start in self.busy or start in self.away:
            return False
        meeting = range(start, start + length)
        return self.busy.isdisjoint(meeting) and (not self.away or self.away.isdisjoint(meeting))

    def fits(self, start: int, length: int) -> bool:
        """The same, and it is open the whole time."""
        return any(one.start <= start <= one.stop - length for one in self.open) and self.clear(start, length)


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
        taken: Mapping[str, frozenset[int]],
        days: tuple[date, date],
        now: datetime,
    ) -> list[Free]:
        """What can be booked from the first to the last of `days` (Swedish, both included), in order of time.

        `taken` are the quarters that each resource has given away. Computed, and never stored.
        """
        earliest, furthest = self.bounds(meeting, now)
        day, last = max(days[0], calendar.local_date(earliest)), min(days[1], furthest)
        found: list[Free] = []
        while form in meeting.forms and day <= last:
            found += [one for one in self._of_day(meeting, form, taken, day) if one.start >= earliest]
            day += timedelta(days=1)
        return found

    def _of_day(
        self, meeting: Offered, form: MeetingForm, taken: Mapping[str, frozenset[int]], day: date
    ) -> list[Free]:
        if day in self.closed:
            return []
        length = quarters(instant(0), instant(0) + timedelta(minutes=meeting.length + meeting.buffer)).stop
        people = _starts(self._gaps(meeting.staff, taken, day), length, meeting.every // QUARTER)
        if form is not MeetingForm.VISIT or not people:
            return [Free(instant(one), tuple(people[one]), ()) for one in sorted(people)]
        rooms = self._gaps(meeting.rooms, taken, day)
        fitting = ((start, tuple(one.id for one in rooms if one.fits(start, length))) for start in sorted(people))
        return [Free(instant(start), tuple(people[start]), free) for start, free in fitting if free]

    def _gaps(self, ids: tuple[str, ...], taken: Mapping[str, frozenset[int]], day: date) -> list[_Gaps]:
        """When each of them is there on the day, and which of its quarters are gone."""
        found = []
        hours: dict[int, list[range]] = {}
        for id in ids:
            resource = self.resources[id]
            spans = [quarters(one.start, one.end) for one in resource.absent(day)] if resource.away else []
            pattern = builtins.id(resource.hours)  # most people work by the same one
            if pattern not in hours:
                hours[pattern] = [quarters(one.start, one.end) for one in resource.open(day)]
            if hours[pattern]:
                away = _NEVER.union(*spans) if spans else _NEVER
                found.append(_Gaps(id, hours[pattern], taken.get(id, _NEVER), away))
        return found


def _starts(gaps: list[_Gaps], length: int, every: int) -> dict[int, list[str]]:
    """The quarters at which so long a meeting could begin, and who is free for the whole of it."""
    found: dict[int, list[str]] = {}
    for one in gaps:
        for there in one.open:
            for start in range(there.start, there.stop - length + 1, every):
                if one.clear(start, length):
                    found.setdefault(start, []).append(one.id)
    return found


def nearest(times: list[Free], wished: datetime, most: int = 6) -> list[Free]:
    """Those closest to the wished instant, in order of time."""
    close = sorted(times, key=lambda one: (abs(one.start - wished), one.start))[:most]
    return sorted(close, key=lambda one: one.start)
