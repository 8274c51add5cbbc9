"""What was held and never booked goes after a day, with all that was written; what was booked stays."""

from datetime import date, time, timedelta

import pytest

from shared.domain import calendar
from shared.domain.booking.atoms import atoms
from shared.domain.booking.bookings import HoldExpired
from shared.ports.keys import KeyGone
from shared.ports.store import NotFound
from shared.records.booking_rows import booking_key, read_booking
from tests.houses import HandClock
from tests.meetings import book, hold, meeting_house, sent, somebody

THURSDAY = date(2026, 11, 5)
NINE, LATE = (calendar.at(THURSDAY, clock) for clock in (time(9), time(10, 30)))


def test_a_hold_goes_after_a_day_with_its_key_its_quarters_and_its_row() -> None:
    clock = HandClock()
    house = meeting_house(clock=clock)
    id = hold(house, somebody(), NINE, prepare="Hemligt")
    row = house.kept.store.get("bookings", id)
    clock.advance(timedelta(hours=23))
    house.sweep.run()
    with pytest.raises(HoldExpired):
        house.meetings.confirm(somebody(), id, sent(somebody()))
    clock.advance(timedelta(hours=2))
    assert house.sweep.run().dropped >= 1
    with pytest.raises(NotFound):
        house.meetings.confirm(somebody(), id, sent(somebody()))
    assert house.kept.store.get_many("booking_atoms", atoms("vera", NINE, LATE)) == {}
    assert row is not None
    house.kept.ring.load([booking_key(row)])
    with pytest.raises(KeyGone):
        read_booking(row, house._vault.sealing)


def test_what_is_booked_stays_and_keeps_its_key() -> None:
    clock = HandClock()
    house = meeting_house(clock=clock)
    id = book(house, somebody(), NINE)
    for _ in range(60):
        clock.advance(timedelta(hours=1))
        house.sweep.run()
    assert house.meetings.open(somebody(), id) is not None


def test_a_key_whose_meeting_was_never_written_goes() -> None:
    clock = HandClock()
    house = meeting_house(clock=clock)
    key = house.kept.ring.create("meeting:" + "0" * 32, "MEETINGS")
    clock.advance(timedelta(hours=25))
    house.sweep.run()
    house.kept.ring.load([key])
    with pytest.raises(KeyGone):
        house.kept.cipher.seal(key, b"x", ())
