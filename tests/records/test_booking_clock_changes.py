"""Meetings in the hour that autumn repeats and around the one that spring skips, and on days that are closed later."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from shared.adapters.memory_store import MemoryStore
from shared.domain import calendar
from shared.domain.booking.bookings import SlotTaken, State
from shared.domain.booking.meeting_kinds import MeetingForm
from shared.domain.booking.resources import Hours
from shared.domain.ids import ItemId
from tests.houses import HandClock
from tests.meetings import book, hold, meeting_house, owners_of, room, sent, somebody, staff, town
from tests.records.test_booking import state

AUTUMN, SPRING = date(2026, 10, 25), date(2026, 3, 29)
ME, YOU, THEY = somebody(0), somebody(1), somebody(2)
NIGHT = town(staff("vera", Hours(7, time(1), time(5))), room(), buffer=0, ahead=60)
CALL = MeetingForm.PHONE
FIRST, AGAIN = (datetime(2026, 10, 25, hour, tzinfo=UTC) for hour in (0, 1))
"""Both are two o'clock on the wall."""


def clock_before(day: date) -> HandClock:
    return HandClock(calendar.at(day - timedelta(days=5), time(9)))


def test_the_two_hours_called_two_are_two_meetings_and_neither_is_the_others() -> None:
    house = meeting_house(MemoryStore(), NIGHT, clock_before(AUTUMN))
    assert [calendar.local(one).hour for one in (FIRST, AGAIN)] == [2, 2]
    mine, yours = book(house, ME, FIRST, CALL), book(house, YOU, AGAIN, CALL)

    assert [state(house, one) for one in (mine, yours)] == [State.CONFIRMED] * 2
    assert (owners_of(house, FIRST, 60), owners_of(house, AGAIN, 60)) == ({mine}, {yours})
    for taken in (FIRST, AGAIN):
        with pytest.raises(SlotTaken):
            hold(house, THEY, taken, CALL)
    house.meetings.cancel(YOU, yours, "", sent(YOU))
    house.meetings.move(ME, mine, AGAIN, sent(ME))
    assert (owners_of(house, FIRST, 60), owners_of(house, AGAIN, 60)) == (set(), {mine})


def test_a_meeting_before_the_hour_that_spring_skips_ends_when_the_next_begins() -> None:
    house = meeting_house(MemoryStore(), NIGHT, clock_before(SPRING))
    one, three = (calendar.at(SPRING, time(hour)) for hour in (1, 3))
    assert three - one == timedelta(hours=1)
    mine, yours = book(house, ME, one, CALL), book(house, YOU, three, CALL)

    assert (owners_of(house, one, 60), owners_of(house, three, 60)) == ({mine}, {yours})
    for skipped in (time(2), time(2, 30)):  # there is no such time: what a wall would call so has been taken
        with pytest.raises(SlotTaken):
            hold(house, THEY, calendar.at(SPRING, skipped), CALL)


def test_a_meeting_on_a_day_that_is_closed_later_stands_and_can_be_moved_away_and_nobody_comes_after() -> None:
    wednesday, thursday = date(2026, 11, 4), date(2026, 11, 5)
    nine, ten, next_day = (
        calendar.at(wednesday, time(9)),
        calendar.at(wednesday, time(10, 30)),
        calendar.at(thursday, time(9)),
    )
    house = meeting_house()
    mine, yours = book(house, ME, nine), book(house, YOU, next_day)
    house.meetings.places.offer = town(closed=(wednesday,))

    assert state(house, mine) is State.CONFIRMED
    with pytest.raises(SlotTaken):
        hold(house, THEY, ten)
    with pytest.raises(SlotTaken):
        house.meetings.move(YOU, yours, ten, sent(YOU))
    house.meetings.move(ME, mine, next_day + timedelta(minutes=90), sent(ME))
    assert owners_of(house, nine) == set()
    assert ItemId(mine) in owners_of(house, next_day + timedelta(minutes=90))
