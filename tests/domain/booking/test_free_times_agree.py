"""The quick answer to what is free is the plain one: every quarter of every person and room, looked at one by one."""

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from shared.domain import calendar
from shared.domain.booking.atoms import instant, quarters
from shared.domain.booking.meeting_kinds import QUARTER, MeetingForm, Offered
from shared.domain.booking.offer import Free, Offer
from shared.domain.booking.quarter_bits import Frame, Taken
from shared.domain.booking.resources import Absence, Away, Hours, Resource, ResourceKind
from tests.meetings import ADVICE, town

FIRST = date(2026, 10, 22)
"""The clocks are put back on the fourth day, and 31 October is a day off."""
DAYS = 10
clocks = st.sampled_from([time(hour, minute) for hour in range(24) for minute in (0, 10, 15, 45)])
hours = st.builds(Hours, st.integers(1, 7), clocks, clocks)
days = st.integers(0, DAYS).map(lambda n: FIRST + timedelta(days=n))
aways = st.builds(Away, st.sampled_from(Absence), days, days, clocks, st.none() | clocks)


def resources(kind: ResourceKind, *names: str) -> st.SearchStrategy[list[Resource]]:
    shared = st.lists(hours, min_size=1, max_size=6).map(tuple)
    one = st.lists(aways, max_size=2).map(tuple)
    return st.tuples(shared, st.lists(hours, max_size=4).map(tuple), *(one for _ in names)).map(
        lambda drawn: [
            Resource(name, kind, name, drawn[n % 2], away)
            for n, (name, away) in enumerate(zip(names, drawn[2:], strict=True))
        ]
    )


@st.composite
def offers(draw: st.DrawFn) -> Offer:
    there = [
        *draw(resources(ResourceKind.STAFF, "vera", "maja", "omar")),
        *draw(resources(ResourceKind.ROOM, "eken", "linden")),
    ]
    return town(
        *there,
        closed=tuple(draw(st.lists(days, max_size=2))),
        length=draw(st.sampled_from([15, 30, 45, 60, 120])),
        buffer=draw(st.sampled_from([0, 15, 30])),
        every=draw(st.sampled_from([15, 30, 45, 60])),
        lead=draw(st.integers(0, 30)),
        ahead=draw(st.integers(1, DAYS)),
    )


@st.composite
def spans(draw: st.DrawFn) -> range:
    whole = quarters(calendar.start_of_day(FIRST), calendar.end_of_day(FIRST + timedelta(days=DAYS)))
    start = draw(st.integers(whole.start - 100, whole.stop + 20))
    return range(start, start + draw(st.integers(0, 40)))


gone = st.dictionaries(st.sampled_from(["vera", "maja", "omar", "eken", "linden"]), st.lists(spans(), max_size=8))
moments = st.integers(0, 10 * 24 * 3600).map(lambda n: datetime(2026, 10, 21, tzinfo=UTC) + timedelta(seconds=n))
between = st.tuples(days, days)


@settings(max_examples=150, deadline=None)
@given(offers(), st.sampled_from(MeetingForm), gone, between, moments)
def test_weeks_at_once_are_answered_as_quarter_by_quarter(
    offer: Offer, form: MeetingForm, taken: dict[str, list[range]], between: tuple[date, date], now: datetime
) -> None:
    meeting = offer.meetings[ADVICE]
    quick = offer.free_times(meeting, form, {id: kept(spans) for id, spans in taken.items()}, between, now)
    assert quick == plain(offer, meeting, form, taken, between, now)


def kept(spans: list[range]) -> Taken:
    """The first half as a diary keeps what is booked, the others as it gives what is held and blocked."""
    booked, besides = spans[: len(spans) // 2], spans[len(spans) // 2 :]
    origin = min((one.start for one in booked), default=0)
    whole = Frame(origin, max((one.stop for one in booked), default=origin) - origin)
    return Taken(origin, whole.bits(booked), besides)


def plain(  # noqa: PLR0917 - asked as `free_times` is
    offer: Offer,
    meeting: Offered,
    form: MeetingForm,
    taken: Mapping[str, Iterable[range]],
    between: tuple[date, date],
    now: datetime,
) -> list[Free]:
    """As one would say it: the starts of each person's grid, in time, where person and room have all quarters."""
    earliest, furthest = offer.bounds(meeting, now)
    lost = {id: {one for span in found for one in span} for id, found in taken.items()}
    length = (meeting.length + meeting.buffer) // QUARTER
    found: dict[datetime, tuple[list[str], list[str]]] = {}
    day = between[0]
    while day <= min(between[1], furthest):
        people = [offer.resources[id] for id in meeting.staff]
        for start, who in [(start, one) for one in people for start in _grid(offer, one, day, meeting, length)]:
            if instant(start) >= earliest and _clear(who, day, range(start, start + length), lost):
                rooms = [
                    id
                    for id in meeting.rooms
                    if _within(offer, offer.resources[id], day, range(start, start + length))
                    and _clear(offer.resources[id], day, range(start, start + length), lost)
                ]
                if form is not MeetingForm.VISIT or rooms:
                    there = found.setdefault(instant(start), ([], rooms if form is MeetingForm.VISIT else []))
                    there[0].append(who.id) if who.id not in there[0] else None
        day += timedelta(days=1)
    order = list(meeting.staff)
    return [
        Free(start, tuple(sorted(people, key=order.index)), tuple(rooms))
        for start, (people, rooms) in sorted(found.items())
    ]


def _grid(offer: Offer, who: Resource, day: date, meeting: Offered, length: int) -> list[int]:
    there = [] if day in offer.closed else [quarters(one.start, one.end) for one in who.open(day)]
    return [start for one in there for start in range(one.start, one.stop - length + 1, meeting.every // QUARTER)]


def _within(offer: Offer, room: Resource, day: date, wanted: range) -> bool:
    there = [] if day in offer.closed else [quarters(one.start, one.end) for one in room.open(day)]
    return any(one.start <= wanted.start and wanted.stop <= one.stop for one in there)


def _clear(who: Resource, day: date, wanted: range, lost: Mapping[str, set[int]]) -> bool:
    away = {one for span in who.absent(day) for one in quarters(span.start, span.end)}
    return not (lost.get(who.id, set()) | away) & set(wanted)
